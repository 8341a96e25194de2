// Every source folder explains itself once, in the doc comment that opens its main file.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { root } from '../../bootstrap/runtime.mjs'

const PACKAGES = ['proto', 'kernel', 'inference', 'agent', 'hub', 'console']
const SOURCE = /\.tsx?$/
const BESIDE = /\.(test|contract|bench|d)\.tsx?$/
const OPENING = /^(?:#![^\n]*\n)?\s*\/\*\*[\s\S]*?\*\//

export const folderSentences = {
  name: 'folder-sentences',
  async run() {
    const folders = PACKAGES.flatMap((name) => sourceFolders(join(root, name, 'src')))
    const problems = folders.flatMap(judge)
    return { note: `${folders.length} folders`, problems }
  },
}

function sourceFolders(folder) {
  if (basename(folder) === 'gen') return []
  const entries = readdirSync(folder, { withFileTypes: true })
  const below = entries.filter((entry) => entry.isDirectory()).flatMap((entry) => sourceFolders(join(folder, entry.name)))
  const files = entries.filter((entry) => entry.isFile() && SOURCE.test(entry.name) && !BESIDE.test(entry.name)).map((entry) => entry.name)
  return files.length === 0 ? below : [{ folder, files }, ...below]
}

/** A folder without a main file is explained by whichever of its files opens with the sentence. */
function judge({ folder, files }) {
  const stems = ['index', 'main', basename(folder)]
  const main = stems.flatMap((stem) => [`${stem}.ts`, `${stem}.tsx`]).find((name) => files.includes(name))
  const opens = (name) => OPENING.test(readFileSync(join(folder, name), 'utf8'))
  const where = relative(root, folder)
  if (main) return opens(main) ? [] : [`${where}/${main} does not open with a doc comment that says what the folder is for`]
  return files.some(opens) ? [] : [`no file of ${where} opens with a doc comment that says what the folder is for`]
}
