import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Folder of a policy pack that ships with the agent, or `undefined` when there is none of that name. */
export function packFolder(name: string): string | undefined {
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(name)) return undefined
  const folder = join(packsFolder(), name)
  return existsSync(join(folder, 'bundle.yaml')) ? folder : undefined
}

/** Beside the bundle when built, in the kernel when run from source. */
function packsFolder(): string {
  const here = import.meta.url
  if (here.endsWith('.ts')) return fileURLToPath(new URL('../../../kernel/packs', here))
  return fileURLToPath(new URL(here.includes('/chunks/') ? '../packs' : './packs', here))
}
