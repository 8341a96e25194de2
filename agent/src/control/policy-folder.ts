import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { basePackOf, composePack, POLICY_BUNDLE_BYTES, type PolicyFiles } from '@assize/kernel'
import { AgentError, messageOf } from '../platform/errors.ts'

const MOST_FILES = 500
const DEEPEST = 4

/** Packs that a folder may build on, one upon the other. */
const MOST_BASES = 4

/** A whole policy folder: with what it takes over from the pack that its `bundle.yaml` extends. Throws an `AgentError`. */
export function readPolicyFolder(directory: string): PolicyFiles {
  return readWhole(directory, 0)
}

function readWhole(directory: string, bases: number): PolicyFiles {
  const own = readOwnFiles(directory)
  const base = basePackOf(own)
  // Deeper than that nothing is taken over, and what still names a base is refused when it is compiled.
  return base === undefined || bases >= MOST_BASES ? own : composePack(own, readWhole(builtInPack(base), bases + 1))
}

/** Reads a folder file by file, within the limits of a bundle. Links are not followed. Throws an `AgentError`. */
function readOwnFiles(directory: string): PolicyFiles {
  const files = new Map<string, string>()
  let bytes = 0
  const visit = (relative: string, depth: number) => {
    for (const entry of readdirSync(join(directory, relative), { withFileTypes: true }).sort((left, right) =>
      left.name < right.name ? -1 : 1,
    )) {
      const path = posix.join(relative, entry.name)
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory() && depth < DEEPEST) visit(path, depth + 1)
      if (!entry.isFile()) continue
      bytes += lstatSync(join(directory, path)).size
      if (files.size >= MOST_FILES || bytes > POLICY_BUNDLE_BYTES)
        throw new Error(`it holds more than ${MOST_FILES} files or ${POLICY_BUNDLE_BYTES} bytes`)
      files.set(path, readFileSync(join(directory, path), 'utf8'))
    }
  }
  try {
    visit('', 0)
  } catch (error) {
    throw new AgentError(
      'usage',
      `The policy folder \`${directory}\` cannot be read (${messageOf(error)}), so the policy in force stays. Check the path.`,
      error,
    )
  }
  return files
}

/** Folder of a pack that ships with the agent. Throws an `AgentError` when there is none of that name. */
export function builtInPack(name: string): string {
  const places = ['../packs', './packs', '../../../kernel/packs', '../../kernel/packs'].map((place) =>
    fileURLToPath(new URL(`${place}/`, import.meta.url)),
  )
  const found = /^[a-z0-9][a-z0-9-]*$/.test(name)
    ? places.map((place) => join(place, name)).find((place) => existsSync(join(place, 'bundle.yaml')))
    : undefined
  if (!found)
    throw new AgentError(
      'usage',
      `There is no policy pack named \`${name}\`, so nothing was started. Packs: observe, balanced, strict, lockdown.`,
    )
  return found
}
