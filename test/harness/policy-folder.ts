/** Policy folders for tests: the pack that ships, plus what the test wants. */
import { cp, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const BALANCED = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'kernel', 'packs', 'balanced')

/** A folder that holds the balanced pack and one more file of policies. */
export async function policyFolder(folder: string, extra: string): Promise<string> {
  await cp(BALANCED, folder, { recursive: true })
  await writeFile(join(folder, 'extra.cedar'), extra)
  return folder
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
