/** What the policy engine said of the packs that ship, written down when the product is built: compiling these starts no engine. */
import { type CedarEngine, loadPolicyBundle, type PolicyFiles } from '@assize/kernel'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { transcribed, type Transcript } from './engine-transcript.ts'
import { builtInPack, readPolicyFolder } from './policy-folder.ts'

/** Beside the packs, one for each. */
const ENDING = '.engine.json'

interface Kept {
  /** SHA-256 of the files that the engine was asked about. */
  readonly digest: string
  readonly transcript: Transcript
}

/**
 * What was kept of a pack, if it is one of those that ship. Beside any other folder such a file would be rules that stand in no policy
 * and in no hash of one: whoever can write there could replace what is forbidden, and nobody who reads the policy would see it.
 */
export function keptOf(folder: string, files: PolicyFiles): Transcript | undefined {
  return ships(folder) ? new KeptTranscript(folder).of(files) : undefined
}

function ships(folder: string): boolean {
  try {
    return resolve(builtInPack(basename(resolve(folder)))) === resolve(folder)
  } catch {
    return false
  }
}

/** Of the pack in one folder. */
export class KeptTranscript {
  readonly #folder: string
  readonly #file: string

  constructor(folder: string) {
    this.#folder = folder
    this.#file = resolve(folder) + ENDING
  }

  /** Compiles the pack and keeps what the engine says. Throws when the pack does not compile or fails its own tests. */
  keep(engine: CedarEngine): void {
    const files = readPolicyFolder(this.#folder)
    const asked = transcribed(engine)
    const loaded = loadPolicyBundle(files, asked.engine)
    if (!loaded.ok) throw new Error(`the pack in ${this.#folder} cannot be used: ${loaded.detail}`)
    const kept: Kept = { digest: digestOf(files), transcript: asked.transcript }
    writeFileSync(this.#file, JSON.stringify(kept))
  }

  /** What the engine said of exactly these files, where it was kept; a pack that was changed since is for the engine again. */
  of(files: PolicyFiles): Transcript | undefined {
    try {
      const kept = JSON.parse(readFileSync(this.#file, 'utf8')) as Kept
      return kept.digest === digestOf(files) ? kept.transcript : undefined
    } catch {
      // Without it, the engine is asked.
      return undefined
    }
  }
}

function digestOf(files: PolicyFiles): string {
  return createHash('sha256')
    .update(JSON.stringify([...files].sort(([left], [right]) => (left < right ? -1 : 1))))
    .digest('hex')
}
