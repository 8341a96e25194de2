/** Model bundles on this machine: read, tried in a process of their own, kept, and watched while they are used. */
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MODEL_BUNDLE_BYTES, type ModelFiles } from '@assize/inference'
import { AgentError, messageOf } from '../../platform/errors.ts'

const MOST_FILES = 20

/** Reads a bundle's folder within its limits. Links and folders are not followed. Throws an `AgentError`. */
export function readModelFolder(directory: string): ModelFiles {
  try {
    const entries = readdirSync(directory, { withFileTypes: true }).filter((entry) => !entry.name.startsWith('.'))
    const odd = entries.find((entry) => !entry.isFile())
    if (odd !== undefined) throw new Error(`${odd.name} is not a plain file`)
    if (entries.length > MOST_FILES) throw new Error(`it holds more than ${MOST_FILES} files`)
    const bytes = entries.reduce((sum, { name }) => sum + lstatSync(join(directory, name)).size, 0)
    if (bytes > MODEL_BUNDLE_BYTES) throw new Error(`it holds ${bytes} bytes, more than ${MODEL_BUNDLE_BYTES}`)
    return new Map(entries.map(({ name }) => [name, new Uint8Array(readFileSync(join(directory, name)))]))
  } catch (error) {
    throw new AgentError(
      'usage',
      `The model bundle \`${directory}\` cannot be read (${messageOf(error)}), so the model in use stays. Check the path.`,
      error,
    )
  }
}

/** Folder of a model that ships with the agent; nothing where it was left out. */
export function builtInModel(name = 'injection'): string | undefined {
  const places = ['../models', './models', '../../../../models/bundles'].map((place) =>
    fileURLToPath(new URL(`${place}/${name}/`, import.meta.url)),
  )
  return places.find((place) => existsSync(join(place, 'card.yaml')))
}
