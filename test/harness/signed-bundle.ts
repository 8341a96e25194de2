/** Bundles signed by hand with the hub's own key, so that what is wrong with them can be chosen. */
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleSigningInput, canonicalJson } from '@assize/kernel'

export interface SignedWish {
  readonly version: number
  readonly created?: string
  readonly expires?: string
  /** Bytes signed instead of the manifest's. */
  readonly signedOver?: string
  readonly unsigned?: boolean
  /** Content of one file that differs from what the manifest says. */
  readonly spoil?: string
}

/** The body that the hub's REST interface takes for a bundle signed elsewhere. */
export async function signedBundle(hubState: string, folder: string, wish: SignedWish): Promise<string> {
  const key = createPrivateKey(await readFile(join(hubState, 'keys', 'bundle-key.pem')))
  const keyId = hash(createPublicKey(key).export({ format: 'der', type: 'spki' }))
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const files = await Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      return { path: path.slice(folder.length + 1), bytes: await readFile(path) }
    }),
  )
  files.sort((left, right) => (left.path < right.path ? -1 : 1))
  const manifest = Buffer.from(
    canonicalJson({
      kind: 'policy',
      name: 'balanced',
      version: wish.version,
      created: wish.created ?? new Date().toISOString(),
      expires: wish.expires ?? new Date(Date.now() + 86_400_000).toISOString(),
      minAgentVersion: '0.1.0',
      files: files.map(({ path, bytes }) => ({ path, sha256: hash(bytes), length: bytes.length })),
    }),
  )
  const signature = sign(null, wish.signedOver === undefined ? bundleSigningInput(manifest) : Buffer.from(wish.signedOver), key)
  return JSON.stringify({
    manifest: manifest.toString('base64'),
    signatures: wish.unsigned ? [] : [{ keyId, signature: signature.toString('base64') }],
    files: Object.fromEntries(
      files.map(({ path, bytes }) => [path, (path === wish.spoil ? Buffer.concat([bytes, Buffer.from(' ')]) : bytes).toString('base64')]),
    ),
  })
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
