/** Commands that code in a language which is not read here plainly starts. */
import { COMMANDS, SHELLS } from '../shell/command-table.ts'
import type { Invocation } from '../shell/invocation.ts'
import type { Reading } from '../shell/reading.ts'

/** Words by which languages start another program. */
const STARTS = /(?:exec|system|spawn|popen|shell|process|subprocess|command|\brun|\bcmd|\bsh\b|backtick|%x)/i
/** Most code looked at, most commands told of it, and most words of one that is given as a list. */
const [LENGTH, MOST, WORDS] = [16_384, 16, 64]
const TEXTS = /"((?:[^"\\\n]|\\.){1,2000})"|'((?:[^'\\\n]|\\.){1,2000})'|`((?:[^`\\]|\\.){1,2000})`/g
/** Tcl and its like need no quotes. */
const BARE = /\bexec[ \t]{1,8}(?:-\w{1,20}[ \t]{1,8}){0,4}([^\s"'`(){}[\];][^\n;\]}"'`]{1,2000})/g

/** Texts that are command lines, and lists of texts that are one: what code nobody reads here would run with them. */
export function takeStarted(code: string, { invocation, reading }: { readonly invocation: Invocation; readonly reading: Reading }): void {
  const text = code.slice(0, LENGTH)
  if (!STARTS.test(text)) return
  const found = [...text.matchAll(BARE)].map(([, command = '']) => command)
  let list: string[] = []
  let end = -1
  for (const match of text.matchAll(TEXTS)) {
    const one = (match[1] ?? match[2] ?? match[3] ?? '').replace(/\\(.)/gs, '$1')
    const listed = end >= 0 && /^\s{0,40}(?:,|\s)\s{0,40}\[?\s{0,40}$/.test(text.slice(end, match.index))
    if (!listed) {
      found.push(...commandsIn(list))
      list = []
    }
    if (list.length < WORDS) list.push(one)
    end = match.index + match[0].length
  }
  found.push(...commandsIn(list))
  for (const command of found.filter(isCommandLine).slice(0, MOST)) reading.nested(command, { ...invocation, input: undefined })
}

/** What the first text of a list is alone, and what all of them are together. */
function commandsIn(list: readonly string[]): readonly string[] {
  const whole = list.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
  return list.length > 1 ? [...list.slice(0, 1), whole] : list
}

function isCommandLine(text: string): boolean {
  const name = /^\s{0,20}'?(?:\/(?:usr\/)?(?:local\/)?s?bin\/)?([a-z][\w.-]{0,40})'?\s+\S/.exec(text)?.[1] ?? ''
  return SHELLS.has(name) || OTHERS.has(name) || COMMANDS.has(name)
}

const OTHERS: ReadonlySet<string> = new Set(
  'curl wget ssh scp rsync git find tar dd sed awk docker kubectl sudo env nohup xargs python python3 perl ruby node'.split(' '),
)
