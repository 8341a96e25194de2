import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { HubError } from '../platform/errors.ts'
import { sha256Hex } from '../platform/secrets.ts'
import { readIfThere, type StateDirectory, writePrivateFile } from '../platform/state-directory.ts'

/** A key whose signature makes a bundle acceptable to agents. */
export interface BundleKey {
  /** SHA-256 of the SPKI DER, lower-case hex. */
  readonly keyId: string
  /** SPKI, DER. */
  readonly publicKey: Uint8Array
  /** The private key lies on this hub: convenient, and weaker. */
  readonly onHub: boolean
}

export interface BundleKeys {
  readonly all: readonly BundleKey[]
  /** Signs with the hub's own key. */
  sign(input: Uint8Array): { readonly keyId: string; readonly signature: Uint8Array; readonly onHub: boolean }
  /** The key, when it is a known one and the signature is its own. */
  verify(input: Uint8Array, signature: { readonly keyId: string; readonly signature: Uint8Array }): BundleKey | undefined
}

/** Opens the hub's signing key, making it on the first start, and the public keys of offline signers in `keys/*.pub.pem`. */
export function openBundleKeys(state: StateDirectory): BundleKeys {
  const own = openOwnKey(state)
  const offline = readdirSync(state.file('keys'))
    .filter((name) => name.endsWith('.pub.pem'))
    .map((name) => readKey(state.file('keys', name), (pem) => createPublicKey(pem)))
  const keys = new Map(
    [describe(createPublicKey(own), true), ...offline.map((key) => describe(key, false))].map((entry) => [entry.key.keyId, entry]),
  )
  const ownKeyId = describe(createPublicKey(own), true).key.keyId
  return {
    all: [...keys.values()].map((entry) => entry.key),
    sign: (input) => ({ keyId: ownKeyId, signature: new Uint8Array(sign(null, input, own)), onHub: true }),
    verify: (input, { keyId, signature }) => {
      const entry = keys.get(keyId)
      return entry !== undefined && signature.length === 64 && verify(null, input, entry.object, signature) ? entry.key : undefined
    },
  }
}

function openOwnKey(state: StateDirectory): KeyObject {
  const path = state.file('keys', 'bundle-key.pem')
  if (readIfThere(path) === undefined)
    writePrivateFile(path, generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }))
  return readKey(path, (pem) => createPrivateKey(pem))
}

function readKey(path: string, read: (pem: string) => KeyObject): KeyObject {
  try {
    const key = read(readFileSync(path, 'utf8'))
    if (key.asymmetricKeyType === 'ed25519') return key
    throw new Error(`the key is of type ${key.asymmetricKeyType}`)
  } catch (cause) {
    throw new HubError(
      {
        code: 'signing-key-unreadable',
        status: 500,
        detail: `The bundle signing key \`${path}\` is not a readable Ed25519 key.`,
        protection: 'Agents keep the policies they have; the hub does not start.',
        remedy:
          'Restore the file from a backup, or move it away to have a new key made; agents accept bundles of a new key only after enrolling again.',
      },
      cause,
    )
  }
}

function describe(object: KeyObject, onHub: boolean): { readonly key: BundleKey; readonly object: KeyObject } {
  const publicKey = new Uint8Array(object.export({ format: 'der', type: 'spki' }))
  return { key: { keyId: sha256Hex(publicKey), publicKey, onHub }, object }
}
