import { createHash } from 'node:crypto'
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packFiles } from '../../pack-files.ts'
import { encodeText } from '../journal/octets.ts'
import { type BundleFiles, checkFiles, decodePolicyFiles } from './check-files.ts'
import { bundleSigningInput, checkManifest, manifestBytes, MANIFEST_BYTES, parseManifest } from './check-manifest.ts'
import { loadPolicyBundle } from './load-policy-bundle.ts'
import type { BundleManifest } from './manifest.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}

function manifestOf(files: BundleFiles, over: Partial<BundleManifest> = {}): BundleManifest {
  const listed = [...files].map(([path, bytes]) => ({ path, sha256: Buffer.from(sha256(bytes)).toString('hex'), length: bytes.length }))
  return {
    kind: 'policy',
    name: 'balanced',
    version: 3,
    created: '2026-11-20T00:00:00Z',
    expires: '2027-02-20T00:00:00Z',
    minAgentVersion: '0.1.0',
    files: listed,
    ...over,
  }
}

const files: BundleFiles = new Map([...packFiles('balanced')].map(([path, text]) => [path, encodeText(text)]))
const manifest = manifestOf(files)
const circumstances = { manifest, now: NOW, activeVersion: 2, agentVersion: '0.1.0' }

describe('a manifest', () => {
  test('is read back from its bytes, and signed under its own domain', () => {
    expect(parseManifest(manifestBytes(manifest))).toEqual({ ok: true, manifest })
    const input = Buffer.from(bundleSigningInput(encodeText('{}')))
    expect(input.toString()).toBe('assize/bundle/v1{}')
  })

  test('is taken only in canonical form', () => {
    const text = new TextDecoder().decode(manifestBytes(manifest))
    const spelled = [
      ` ${text}`,
      `${text}\n`,
      JSON.stringify(manifest),
      text.replace('"kind":"policy"', '"kind":"policy","kind":"policy"'),
      `\ufeff${text}`,
    ]
    for (const other of spelled) expect(parseManifest(encodeText(other))).toMatchObject({ ok: false, code: 'malformed' })
  })

  test('that is anything else is refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.json().map(encodeText)), (bytes) => {
        expect(parseManifest(bytes)).toMatchObject({ ok: false, code: 'malformed' })
      }),
    )
    expect(parseManifest(new Uint8Array(MANIFEST_BYTES + 1))).toMatchObject({ ok: false, code: 'too-large' })
    expect(parseManifest(encodeText('['.repeat(100_000)))).toMatchObject({ ok: false, code: 'malformed' })
  })

  test.each(['../bundle.yaml', '/etc/passwd', 'a/../../b', 'a\\b', './a', ''])('that names the file %j is refused', (path) => {
    const [file] = manifest.files
    const hostile = { ...manifest, files: [{ ...file, path }] } as BundleManifest
    expect(parseManifest(manifestBytes(hostile))).toMatchObject({ ok: false, code: 'malformed' })
  })

  test('that names a file twice is refused', () => {
    const doubled = { ...manifest, files: [...manifest.files, ...manifest.files.slice(0, 1)] }
    expect(parseManifest(manifestBytes(doubled))).toMatchObject({ ok: false, code: 'malformed' })
  })

  test.each([
    ['is in order', {}, undefined],
    ['belongs to another kind', { manifest: { ...manifest, kind: 'model' as const } }, 'wrong-kind'],
    ['expired', { now: Date.parse(manifest.expires) }, 'expired'],
    ['expires before it was made', { manifest: { ...manifest, expires: '2026-11-19T00:00:00Z' } }, 'malformed'],
    ['is in force already', { activeVersion: 3 }, 'not-newer'],
    ['is older', { activeVersion: 12 }, 'not-newer'],
    ['needs a newer agent', { manifest: { ...manifest, minAgentVersion: '0.10.0' }, agentVersion: '0.9.9' }, 'agent-too-old'],
    ['needs exactly this agent', { manifest: { ...manifest, minAgentVersion: '0.10.0' }, agentVersion: '0.10.0-rc.1' }, undefined],
    ['is too large', { manifest: { ...manifest, files: manifest.files.map((file) => ({ ...file, length: 5_000_000 })) } }, 'too-large'],
  ])('that %s', (_name, over, code) => {
    const check = checkManifest({ ...circumstances, ...over })
    expect(check.ok ? undefined : check.code).toBe(code)
    expect(check.ok || /Nothing changes on this machine; the rules before stay in force\. \S/.test(check.detail)).toBe(true)
  })
})

describe('the files of a bundle', () => {
  test('must be exactly those of the manifest', () => {
    expect(checkFiles(manifest, files, sha256)).toEqual({ ok: true })
    const without = new Map([...files].slice(1))
    const more = new Map([...files, ['extra.cedar', encodeText('permit(principal, action, resource);')] as const])
    expect(checkFiles(manifest, without, sha256)).toMatchObject({ code: 'missing-file' })
    expect(checkFiles(manifest, more, sha256)).toMatchObject({ code: 'extra-file' })
  })

  test('are refused after any one changed bit, and unhashed when the length is wrong', () => {
    fc.assert(
      fc.property(fc.constantFrom(...files.keys()), fc.nat(), (path, bit) => {
        const bytes = Uint8Array.from(files.get(path) as Uint8Array)
        const position = bit % (bytes.length * 8)
        bytes[position >> 3] = (bytes[position >> 3] ?? 0) ^ (1 << (position & 7))
        expect(checkFiles(manifest, new Map([...files, [path, bytes]]), sha256)).toMatchObject({ code: 'wrong-content' })
      }),
    )
    const longer = new Map([...files, ['bundle.yaml', new Uint8Array(9_999)]])
    const neverHash = (): Uint8Array => {
      throw new Error('hashed before the length was looked at')
    }
    expect(checkFiles(manifest, longer, neverHash)).toMatchObject({ code: 'wrong-content' })
  })

  test('must be text', () => {
    expect(decodePolicyFiles(new Map([['a.cedar', Uint8Array.of(0xff)]]))).toMatchObject({ code: 'invalid-policy' })
    expect(decodePolicyFiles(files)).toEqual({ ok: true, files: packFiles('balanced') })
  })
})

describe('a policy folder', () => {
  test('is put in force when it compiles and passes its tests', () => {
    const loading = loadPolicyBundle(packFiles('balanced'), cedar)
    expect(loading).toMatchObject({ ok: true, policy: { version: { name: 'balanced', version: 1 } } })
    expect(loading.ok && loading.tests).toBeGreaterThan(60)
  })

  test('is refused when a test of its own fails, and says which', () => {
    const broken = new Map(packFiles('balanced')).set(
      'tests/more.yaml',
      '[{ name: all is allowed, effect: { class: money.move, target: x }, expect: { verdict: allow } }]',
    )
    const loading = loadPolicyBundle(broken, cedar)
    expect(loading).toMatchObject({ ok: false, code: 'failed-test', problems: [{ file: 'tests/more.yaml', code: 'failed-test' }] })
    expect(!loading.ok && loading.detail).toMatch(
      /"all is allowed": expected allow, got ask by `irreversible.money`.*rules before stay in force.*assize policy test/,
    )
  })

  test('is refused when it does not compile', () => {
    const broken = new Map(packFiles('balanced')).set('base.cedar', 'permit (principal, action')
    expect(loadPolicyBundle(broken, cedar)).toMatchObject({ ok: false, code: 'invalid-policy' })
    const large = new Map(packFiles('balanced')).set('README.md', 'x'.repeat(300_000))
    expect(loadPolicyBundle(large, cedar)).toMatchObject({ ok: false, code: 'too-large' })
  })
})
