import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currentPlatform } from '../../platform/platform.ts'
import { watcherContract } from '../watcher.contract.ts'
import { type HeaderLimits } from './header-reader.ts'
import { type ModelFacts, inspectBytes, inspectFile, worthALook } from './inspect.ts'
import { modelDirectories } from './model-directories.ts'
import { ModelWatch } from './model-watch.ts'
import { deeperThan } from './safetensors.ts'

const limits: HeaderLimits = { bytes: 1024 * 1024, millis: 2_000, clock: () => performance.now() }

describe('models', () => {
  watcherContract(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'assize-models-'))
    return {
      watcher: {
        name: 'models',
        start: (report) => new ModelWatch({ directories: [directory], restMs: 50, lookMs: 100, clock: () => performance.now() }, report),
      },
      appear: async (name) => writeFileSync(join(directory, `${name}.gguf`), gguf([text('general.name', name)])),
      vanish: async (name) => rmSync(join(directory, `${name}.gguf`)),
    }
  })

  it('finds directories that appear later, and follows links only inside them', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'assize-outside-'))
    writeFileSync(join(outside, 'secret.gguf'), gguf([]))
    const parent = mkdtempSync(join(tmpdir(), 'assize-models-'))
    const directory = join(parent, 'late')
    const paths = new Set<string>()
    const watch = new ModelWatch({ directories: [directory], restMs: 30, lookMs: 50, clock: () => performance.now() }, (sightings) => {
      for (const { key } of sightings) paths.add(key)
    })
    const blobs = join(directory, 'models--a--b', 'blobs')
    mkdirSync(blobs, { recursive: true })
    writeFileSync(join(blobs, 'a'.repeat(64)), gguf([]))
    symlinkSync(join(blobs, 'a'.repeat(64)), join(directory, 'inside.gguf'))
    symlinkSync(join(outside, 'secret.gguf'), join(directory, 'leak.gguf'))
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await watch.stop()
    expect([...paths]).toEqual([join(directory, 'inside.gguf')])
  })

  it('knows where runtimes keep models on every platform', () => {
    const platform = currentPlatform()
    expect(modelDirectories({ ...platform, os: 'win32', home: 'C:\\Users\\me', environment: {} }, [])).toContain(
      'C:\\Users\\me\\.ollama\\models',
    )
    expect(modelDirectories({ ...platform, os: 'linux', home: '/home/me', environment: { HF_HOME: '/data/hf' } }, ['/srv/models'])).toEqual(
      expect.arrayContaining(['/data/hf/hub', '/srv/models', '/home/me/models']),
    )
  })
})

describe('a model header', () => {
  it('gives name and architecture of a GGUF, beyond lists of any kind', async () => {
    const list = entry('tokens', 9, Buffer.concat([u32(8), u64(3), string('a'), string('b'), string('c')]))
    const nested = entry('nested', 9, Buffer.concat([u32(9), u64(1), u32(4), u64(2), u32(1), u32(2)]))
    const facts = await inspect(
      'm.gguf',
      gguf([list, nested, entry('n', 10, u64(7)), text('general.architecture', 'llama'), text('general.name', 'Tiny\u202e One')]),
    )
    expect(facts).toEqual({ format: 'gguf', name: 'Tiny One', architecture: 'llama', problems: [] })
  })

  it.each([
    ['too many entries', Buffer.concat([Buffer.from('GGUF'), u32(3), u64(0), u64(2n ** 63n)])],
    ['a list that cannot be there', gguf([entry('x', 9, Buffer.concat([u32(8), u64(2n ** 61n)]))])],
    ['a list whose bytes overflow', gguf([entry('x', 9, Buffer.concat([u32(10), u64(2n ** 63n)]))])],
    ['a name without end', gguf([entry('general.name', 8, u64(2n ** 40n))])],
    ['a value of unknown type', gguf([entry('x', 99, Buffer.alloc(8))])],
    ['an unknown version', Buffer.concat([Buffer.from('GGUF'), u32(77), u64(0), u64(0)])],
    ['an end in the middle', gguf([text('general.name', 'abc')]).subarray(0, 30)],
    ['lists nested without end', gguf([entry('x', 9, Buffer.concat(Array.from({ length: 50 }, () => Buffer.concat([u32(9), u64(1)]))))])],
  ])('says what is wrong with a GGUF of %s', async (_, bytes) => {
    const facts = await inspect('m.gguf', bytes)
    expect(facts?.problems).toHaveLength(1)
  })

  it('keeps what came before the broken part', async () => {
    const facts = await inspect('m.gguf', gguf([text('general.name', 'Kept'), entry('x', 99, Buffer.alloc(4))]))
    expect(facts?.name).toBe('Kept')
    expect(facts?.problems).toHaveLength(1)
  })

  it('reads safetensors and refuses offsets outside the file', async () => {
    const good = safetensors({ __metadata__: { 'modelspec.title': 'T' }, a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } })
    expect(await inspect('m.safetensors', good)).toEqual({ format: 'safetensors', name: 'T', architecture: '', problems: [] })
    expect((await inspect('m.safetensors', safetensors({ a: { data_offsets: [0, 99] } })))?.problems).toHaveLength(1)
    expect((await inspect('m.safetensors', Buffer.concat([u64(2n ** 62n), Buffer.from('{}')])))?.problems).toHaveLength(1)
    const deep = Buffer.from(`{"a":${'['.repeat(100_000)}`)
    expect((await inspect('m.safetensors', Buffer.concat([u64(deep.length), deep])))?.problems).toEqual(['its header nests too deeply'])
    expect((await inspect('m.safetensors', safetensors(JSON.parse('{"__proto__":{"data_offsets":[0,1]}}') as object)))?.problems).toEqual(
      [],
    )
  })

  it('reads ONNX: names, foreign operators, data outside the folder', async () => {
    const external = field(13, Buffer.concat([field(1, Buffer.from('location')), field(2, Buffer.from('../../etc/passwd'))]))
    const graph = Buffer.concat([
      field(1, field(7, Buffer.from('evil.ops'))),
      field(2, Buffer.from('net')),
      field(5, Buffer.concat([field(9, Buffer.alloc(1000)), external])),
    ])
    const facts = await inspect('m.onnx', Buffer.concat([Buffer.from([8, 7]), field(2, Buffer.from('pytorch')), field(7, graph)]))
    expect(facts).toEqual({
      format: 'onnx',
      name: 'net',
      architecture: 'pytorch',
      problems: ['it needs operators that come from outside the ONNX standard', 'it loads data from outside its own folder'],
    })
    expect((await inspect('m.onnx', Buffer.from([0x0f, 0xff])))?.problems).toHaveLength(1)
    expect((await inspect('m.onnx', Buffer.alloc(0)))?.problems).toHaveLength(1)
  })

  it('flags pickles by magic alone', async () => {
    expect((await inspect('m.bin', Buffer.from([0x80, 4, 0x95])))?.format).toBe('pickle')
    const zip = Buffer.alloc(60)
    zip.write('PK\u0003\u0004', 'latin1')
    zip.writeUInt16LE(13, 26)
    zip.write('model/data.pkl', 30, 'latin1')
    zip.writeUInt16LE('model/data.pkl'.length, 26)
    expect((await inspect('m.pt', zip))?.format).toBe('pickle')
    expect(await inspect('m.bin', Buffer.from('just text'))).toBeUndefined()
    expect(worthALook('/x/notes.txt')).toBe(false)
    expect(worthALook(`/x/blobs/sha256-${'0'.repeat(64)}`)).toBe(true)
  })

  it('reads a real file the same way', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'assize-model-')), 'm.gguf')
    writeFileSync(path, Buffer.concat([gguf([text('general.name', 'File')]), Buffer.alloc(2_000_000)]))
    expect((await inspectFile(path, () => performance.now()))?.name).toBe('File')
  })

  it('never throws, never reads beyond its caps and never believes a length, whatever the bytes are', async () => {
    const names = fc.constantFrom('m.gguf', 'm.safetensors', 'm.onnx', 'm.pt', 'blob')
    const start = fc.constantFrom(
      Buffer.alloc(0),
      Buffer.from('GGUF\u0003\0\0\0', 'latin1'),
      Buffer.from('GGUF\u0002\0\0\0\u0001\0\0\0\0\0\0\0\u0005\0\0\0\0\0\0\0', 'latin1'),
      Buffer.from([8, 7, 0x3a]),
      Buffer.concat([u64(20), Buffer.from('{"a":')]),
    )
    await fc.assert(
      fc.asyncProperty(
        names,
        start,
        fc.uint8Array({ maxLength: 600 }),
        fc.nat({ max: 2 ** 50 }),
        async (name, prefix, rest, claimedSize) => {
          const bytes = Buffer.concat([prefix, rest])
          let read = 0
          // The file claims to be larger than it is: reads come back short.
          const source = {
            size: Math.max(bytes.length, claimedSize),
            read: (offset: number, length: number) => {
              expect(length).toBeLessThanOrEqual(limits.bytes)
              read += length
              return Promise.resolve(bytes.subarray(offset, offset + length))
            },
          }
          const facts = await inspectBytes(name, source, limits)
          expect(read).toBeLessThanOrEqual(limits.bytes + 512)
          expect(facts?.problems.length ?? 0).toBeLessThan(4)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('ends at its byte cap however long the list is', async () => {
    const long = gguf([
      entry('t', 9, Buffer.concat([u32(8), u64(200_000), Buffer.concat(Array.from({ length: 200_000 }, () => string('abcdef')))])),
    ])
    const facts = await inspect('m.gguf', long)
    expect(facts?.problems).toEqual(['its header is larger than this agent reads'])
  })

  it('counts brackets outside strings only', () => {
    expect(deeperThan(Buffer.from('{"[[[[\\"[[[":[1]}'), 2)).toBe(false)
    expect(deeperThan(Buffer.from('[[[]]]'), 2)).toBe(true)
  })
})

function inspect(name: string, bytes: Buffer): Promise<ModelFacts | undefined> {
  return inspectBytes(
    name,
    { size: bytes.length, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) },
    limits,
  )
}

function gguf(entries: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from('GGUF'), u32(3), u64(0), u64(entries.length), ...entries])
}

function entry(key: string, type: number, value: Buffer): Buffer {
  return Buffer.concat([string(key), u32(type), value])
}

function text(key: string, value: string): Buffer {
  return entry(key, 8, string(value))
}

function string(value: string): Buffer {
  return Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)])
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function u64(value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

function safetensors(header: object): Buffer {
  const bytes = Buffer.from(JSON.stringify(header))
  return Buffer.concat([u64(bytes.length), bytes, Buffer.alloc(4)])
}

function field(number: number, content: Buffer): Buffer {
  const length: number[] = []
  for (let rest = content.length; ; rest >>>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest)
    if (rest <= 127) break
  }
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), content])
}
