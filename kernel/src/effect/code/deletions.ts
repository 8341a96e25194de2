/** Files that code in a language which is not read here plainly takes away. */
import type { Invocation } from '../shell/invocation.ts'
import { type Reading, useFile } from '../shell/reading.ts'

/** Most code looked at, and most files told of it. */
const [LENGTH, MOST] = [65_536, 16]
/** A path of this machine in quotes: from the root, from home, from a drive. */
const PATHS = /(["'`])((?:~|\$HOME)?\/[^"'`\n]{1,400}|[A-Za-z]:\\[^"'`\n]{1,400})\1/g
/** The call that it is an argument of: `os.RemoveAll(`, `remove_dir_all(`, `File.rm_rf!(`, `removeItem(atPath: `, `delete-tree `. */
const BEFORE =
  /(?:^|[\s.:(!&|{}[\],;>/])(?:\w{0,40}(?:[dD]elete|[rR]emove|[uU]nlink|[eE]rase)[\w-]{0,40}|rm(?:dir|tree|_rf|_r|_f|Sync|-rf)?(?:_all)?|rimraf)[!?]?["']?\s{0,4},?\s{0,4}\(?[^"'`;\n]{0,80}$/
/** Or what is done with what is made of it: `File("…").deleteRecursively()`. */
const BEHIND = /^\s{0,8}\)?(?:\s{0,8}\.\s{0,4}\w{1,40}\(\s{0,4}\)){0,2}\s{0,8}\.\s{0,4}(?:delete|remove|unlink)\w{0,40}[!?]?\s{0,4}\(/
/** Tcl needs no quotes. */
const BARE = /\bfile\s{1,8}delete(?:\s{1,8}-\w{1,20}){0,4}\s{1,8}([~/][^\s\]}"';]{1,400})/g

export function takeDeletions(code: string, { invocation, reading }: { readonly invocation: Invocation; readonly reading: Reading }): void {
  const text = code.slice(0, LENGTH)
  const found = [...text.matchAll(BARE)].map(([, path = '']) => path)
  for (const match of text.matchAll(PATHS)) {
    const end = match.index + match[0].length
    const line = text.lastIndexOf('\n', match.index) + 1
    if (BEFORE.test(text.slice(Math.max(line, match.index - 160), match.index)) || BEHIND.test(text.slice(end, end + 200)))
      found.push((match[2] ?? '').replaceAll('\\\\', '\\'))
  }
  for (const path of found.slice(0, MOST))
    useFile({ text: path.replace(/^\$HOME(?=\/)/, '~'), known: true, glob: false }, 'delete', {
      reading,
      cwd: invocation.cwd,
      detail: 'taken away by code',
    })
}
