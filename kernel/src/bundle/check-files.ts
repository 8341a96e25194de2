import { decodeText, type Sha256, toHex } from '../journal/octets.ts'
import type { PolicyFiles } from '../capability/policy.ts'
import type { BundleManifest } from './manifest.ts'
import { type Refusal, refuse } from './refusal.ts'

/** Files of a bundle as they came: path to bytes. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>

export type FilesCheck = { readonly ok: true } | ({ readonly ok: false } & Refusal)
export type PolicyFilesReading = { readonly ok: true; readonly files: PolicyFiles } | ({ readonly ok: false } & Refusal)

/** Whether the files are exactly those the manifest names. Lengths are compared before anything is hashed. */
export function checkFiles(manifest: BundleManifest, files: BundleFiles, sha256: Sha256): FilesCheck {
  const named = new Set(manifest.files.map((file) => file.path))
  const extra = [...files.keys()].find((path) => !named.has(path))
  if (extra !== undefined) return refuse('extra-file', `the bundle came with a file that its manifest does not name: ${extra}`)
  for (const { path, length } of manifest.files) {
    const bytes = files.get(path)
    if (!bytes) return refuse('missing-file', `the bundle came without its file ${path}`)
    if (bytes.length !== length) return refuse('wrong-content', `the bundle's file ${path} has ${bytes.length} bytes instead of ${length}`)
  }
  const changed = manifest.files.find(({ path, sha256: expected }) => toHex(sha256(files.get(path) ?? new Uint8Array())) !== expected)
  return changed ? refuse('wrong-content', `the bundle's file ${changed.path} is not what was signed`) : { ok: true }
}

/** The files as text, for `loadPolicyBundle`. */
export function decodePolicyFiles(files: BundleFiles): PolicyFilesReading {
  const texts = new Map<string, string>()
  for (const [path, bytes] of files) {
    const text = decodeText(bytes)
    if (text === undefined) return refuse('invalid-policy', `the bundle's file ${path} is not UTF-8 text`)
    texts.set(path, text)
  }
  return { ok: true, files: texts }
}
