import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currentPlatform } from '../../platform/platform.ts'
import { SAMPLES, SHAPES, UNEDITABLE } from './corpus.fixture.ts'
import { changed, type Editor, edited, Unsafe } from './edit/change.ts'
import { jsonEditor } from './edit/json.ts'
import { tomlEditor } from './edit/toml.ts'
import { yamlEditor } from './edit/yaml.ts'
import { Ledger } from './ledger.ts'
import { MCP_HOSTS } from './mcp-hosts.ts'
import { type FileTarget, isProtected, protectFile, unprotectFile } from './protect.ts'

const GATE = ['/opt/assize/assize-client', '--state', '/var/lib/as size']
const HOOK = { matcher: '*', hooks: [{ type: 'command', command: '/opt/assize/assize-client hook x', timeout: 10 }] }

function place() {
  const home = mkdtempSync(join(tmpdir(), 'assize-protect-'))
  const ledger = () => new Ledger(join(home, 'state'), currentPlatform())
  const write = (path: string, bytes: string | Buffer): string => {
    const full = join(home, path)
    mkdirSync(dirname(full), { recursive: true })
    writeFileSync(full, bytes)
    return full
  }
  /** Servers by what is known of the application, hooks where the file is one for hooks. */
  const target = (full: string): FileTarget => {
    const host = MCP_HOSTS.find((one) => one.paths({ os: 'linux', home, environment: {} }).includes(full))
    const hooks = /hooks\.json$|settings\.json$/.test(full) && !full.includes('.config')
    return {
      path: full,
      apps: ['app'],
      format: host?.format ?? 'json',
      entries: hooks ? [{ at: ['hooks', 'PreToolUse'], as: 'item', value: HOOK }] : [],
      ...(host === undefined ? {} : { servers: { servers: host.servers, command: host.command ?? 'command', gate: GATE } }),
    }
  }
  return { home, ledger, write, target }
}

describe.each(Object.entries(SHAPES))('a configuration %s', (_shape, shape) => {
  it.each(SAMPLES.map((sample) => [`${sample.app} ${sample.path}`, sample] as const))(
    'of %s is protected and put back byte for byte',
    (_name, sample) => {
      const { ledger, write, target } = place()
      const before = Buffer.from(shape(sample.text))
      const full = write(sample.path, before)
      const report = protectFile(target(full), ledger(), false)
      expect(report, report.detail).toMatchObject({ done: 'changed', behind: sample.local })
      expect(isProtected(target(full))).toBe(true)
      const after = readFileSync(full)
      expect(after.equals(before)).toBe(false)
      // Whatever a person wrote beside the values is still there.
      for (const [comment] of before.toString().matchAll(/(?:#|\/\/ |\/\*).*$/gm)) expect(after.toString()).toContain(comment.trim())
      expect(protectFile(target(full), ledger(), false).done).toBe('unchanged')
      expect(unprotectFile(target(full), ledger(), false)?.done).toBe('restored')
      expect(readFileSync(full).equals(before)).toBe(true)
      expect(ledger().all()).toEqual([])
    },
  )
})

describe('a file that cannot be edited safely', () => {
  it.each(UNEDITABLE)('because of %s is left alone, and it is said why', (_why, path, bytes) => {
    const { ledger, write, target } = place()
    const full = write(path, bytes)
    const report = protectFile(target(full), ledger(), false)
    expect(report.done === 'left-alone' || report.behind.length === 0, JSON.stringify(report)).toBe(true)
    if (report.done === 'left-alone') expect(report.detail).toMatch(/^It was not changed: .+\.$/)
    expect(readFileSync(full).equals(Buffer.from(bytes))).toBe(true)
    expect(ledger().all()).toEqual([])
  })

  it('because it is read-only, has two names, or is no file, is left alone', () => {
    const { home, ledger, write, target } = place()
    const full = write('.cursor/mcp.json', '{"mcpServers":{"a":{"command":"x"}}}')
    chmodSync(full, 0o444)
    expect(protectFile(target(full), ledger(), false).detail).toMatch(/read-only/)
    chmodSync(full, 0o644)
    linkSync(full, join(home, 'another'))
    expect(protectFile(target(full), ledger(), false).detail).toMatch(/more than one name/)
    mkdirSync(join(home, '.kimi', 'mcp.json'), { recursive: true })
    expect(protectFile(target(join(home, '.kimi', 'mcp.json')), ledger(), false).detail).toMatch(/no plain file/)
    mkdirSync(join(home, '.junie', 'mcp'), { recursive: true })
    symlinkSync(join(home, 'nowhere'), join(home, '.junie', 'mcp', 'mcp.json'))
    expect(protectFile(target(join(home, '.junie', 'mcp', 'mcp.json')), ledger(), false).detail).toMatch(/link/)
  })
})

describe('protecting', () => {
  it('changes the file behind a link and keeps link and rights', () => {
    const { home, ledger, write, target } = place()
    const real = write('dotfiles/cursor.json', '{"mcpServers":{"a":{"command":"x"}}}')
    chmodSync(real, 0o600)
    mkdirSync(join(home, '.cursor'))
    const link = join(home, '.cursor', 'mcp.json')
    symlinkSync(real, link)
    expect(protectFile(target(link), ledger(), false).done).toBe('changed')
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(statSync(real).mode & 0o777).toBe(0o600)
    expect(readFileSync(real, 'utf8')).toContain('assize-client')
    unprotectFile(target(link), ledger(), false)
    expect(readFileSync(real, 'utf8')).toBe('{"mcpServers":{"a":{"command":"x"}}}')
    expect(readdirSync(dirname(real))).toEqual(['cursor.json'])
  })

  it('takes away a file and the folders that it made, and nothing else', () => {
    const { home, ledger, target } = place()
    const full = join(home, '.new', 'deep', 'hooks.json')
    expect(protectFile({ ...target(full), format: 'json' }, ledger(), true).done).toBe('changed')
    expect(existsSync(full)).toBe(false)
    protectFile(target(full), ledger(), false)
    expect(isProtected(target(full))).toBe(true)
    unprotectFile(target(full), ledger(), false)
    expect(existsSync(join(home, '.new'))).toBe(false)
  })

  it('survives that the host writes its file anew: only what is ours goes, and it can be protected again', () => {
    const { ledger, write, target } = place()
    const text = '{"mcpServers":{"a":{"command":"x","args":["y"]},"b":{"command":"z"}},"hooks":{"PreToolUse":[{"hooks":[]}]}}'
    const full = write('.gemini/settings.json', text)
    protectFile(target(full), ledger(), false)
    const rewritten = { ...(JSON.parse(readFileSync(full, 'utf8')) as object), theme: 'dark' }
    writeFileSync(full, JSON.stringify(rewritten, null, 4))
    expect(isProtected(target(full))).toBe(true)
    expect(protectFile(target(full), ledger(), false).done).not.toBe('left-alone')
    expect(unprotectFile(target(full), ledger(), false)?.done).toMatch(/cleaned|restored/)
    expect(JSON.parse(readFileSync(full, 'utf8'))).toEqual({ ...(JSON.parse(text) as object), theme: 'dark' })
  })

  it('never touches a file of its own name that somebody else wrote or changed', () => {
    const { home, ledger, write } = place()
    const whole = (path: string): FileTarget => ({
      path,
      apps: ['a'],
      format: 'whole',
      entries: [],
      text: '#!/bin/sh\nx\n',
      executable: true,
    })
    const theirs = write('Hooks/PreToolUse', '#!/bin/sh\nmine\n')
    expect(protectFile(whole(theirs), ledger(), false).done).toBe('left-alone')
    const ours = join(home, 'Hooks', 'PostToolUse')
    expect(protectFile(whole(ours), ledger(), false).done).toBe('changed')
    expect(statSync(ours).mode & 0o111).toBe(0o111)
    writeFileSync(ours, 'changed')
    expect(unprotectFile(whole(ours), ledger(), false)?.done).toBe('left-alone')
    expect(readFileSync(ours, 'utf8')).toBe('changed')
  })
})

describe('editing', () => {
  const key = fc.string({ minLength: 1, maxLength: 6 }).filter((name) => name !== '__proto__')
  const server = fc.record({
    command: fc.string({ minLength: 1 }),
    args: fc.array(fc.string(), { maxLength: 4 }),
    env: fc.dictionary(key, fc.string()),
  })
  const config = fc.record({ other: fc.jsonValue({ maxDepth: 3 }), mcpServers: fc.dictionary(key, server, { maxKeys: 4 }) })

  it('of any JSON puts back every byte', () => {
    const { home, ledger } = place()
    let count = 0
    fc.assert(
      fc.property(
        config,
        fc.constantFrom(undefined, 1, 2, 4, '\t'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (value, indent, eol, bom) => {
          const full = join(home, `p${(count += 1)}.json`)
          const before = Buffer.from((bom ? '\uFEFF' : '') + JSON.stringify(value, null, indent).replaceAll('\n', eol))
          writeFileSync(full, before)
          const target: FileTarget = {
            path: full,
            apps: ['a'],
            format: 'json',
            entries: [{ at: ['hooks', 'X'], as: 'item', value: HOOK }],
            servers: { servers: [['mcpServers']], command: 'command', gate: GATE },
          }
          const one = ledger()
          const report = protectFile(target, one, false)
          expect(report.done, report.detail).toBe('changed')
          expect(report.behind.length).toBe(Object.keys(value.mcpServers).length)
          unprotectFile(target, one, false)
          expect(readFileSync(full).equals(before)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('of JSON takes any item out of any list, and any member out of any object', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ maxDepth: 1 }), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.constantFrom(undefined, 2, '\t'),
        fc.boolean(),
        (items, pick, indent, trailing) => {
          const text = JSON.stringify({ list: items, last: 1 }, null, indent).replace(/(\s*)\}$/, trailing ? ',$1}' : '$1}')
          const at = ['list', pick % items.length]
          const without = items.filter((_item, index) => index !== pick % items.length)
          expect(jsonEditor.parse(edited(jsonEditor, text, [{ do: 'remove', at }]))).toEqual(
            JSON.parse(JSON.stringify({ list: without, last: 1 })),
          )
          for (const name of ['list', 'last'])
            expect(jsonEditor.parse(edited(jsonEditor, text, [{ do: 'remove', at: [name] }]))).not.toHaveProperty(name)
        },
      ),
      { numRuns: 200 },
    )
  })

  it.each([
    ['JSON', jsonEditor],
    ['TOML', tomlEditor],
    ['YAML', yamlEditor],
  ] as [string, Editor][])('of %s either means what was wanted or does not happen', (_name, editor) => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.array(key, { minLength: 1, maxLength: 3 }), fc.string(), (text, at, value) => {
        const change = { do: 'set', at, value } as const
        try {
          const result = edited(editor, text, [change])
          expect(editor.parse(result)).toEqual(changed(editor.parse(text), change))
        } catch (error) {
          expect(error).toBeInstanceOf(Unsafe)
        }
      }),
      { numRuns: 300 },
    )
  })
})
