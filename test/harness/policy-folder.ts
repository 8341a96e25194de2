/** Policy folders for tests: the pack that ships, plus what the test wants. */
import { cp, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const BALANCED = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'kernel', 'packs', 'balanced')

/** A folder that holds the balanced pack and one more file of policies. */
export async function policyFolder(folder: string, extra: string): Promise<string> {
  await cp(BALANCED, folder, { recursive: true })
  await writeFile(join(folder, 'extra.cedar'), extra)
  return folder
}

/** Files of a policy folder as the hub's REST interface takes them. */
export async function filesOf(folder: string, paths: readonly string[]): Promise<Record<string, string>> {
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path), 'utf8')] as const)))
}

export function forbidWriting(name: string): string {
  return `
@id("test.no-${name}")
@title("The file ${name} is not written")
@verdict("deny")
@severity("high")
forbid (principal, action == Assize::Action::"fs.write", resource is Assize::Path)
when { resource.name == "${name}" };
`
}
