import { readdir, readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HubError } from '../../platform/errors.ts'

/** Beside the bundled program, or in the checkout. */
const PLACES = ['../packs', './packs', '../../../../kernel/packs']
const PACK = 'balanced'

/** The pack agents decide by until something is published: relative path to text. The one this hub was built with. */
export async function builtInPack(): Promise<ReadonlyMap<string, string>> {
  const folder = PLACES.map((place) => fileURLToPath(new URL(`${place}/${PACK}`, import.meta.url))).find((place) =>
    existsSync(join(place, 'bundle.yaml')),
  )
  if (folder === undefined)
    throw new HubError({
      code: 'no-pack',
      status: 503,
      detail: 'The pack that agents were built with is not where this hub looks for it.',
      protection: 'Agents decide by their own copy of it, as before.',
      remedy: 'Install the hub again.',
    })
  const names = (await readdir(folder)).filter((name) => /\.(?:cedar|cedarschema|yaml)$/.test(name)).sort()
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)))
}
