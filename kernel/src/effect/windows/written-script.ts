import { type Expanded, type Flow, NO_FLOW } from '../shell/expanded.ts'
import type { Invocation } from '../shell/invocation.ts'
import { keepContent, type Reading, recalled, runFlow } from '../shell/reading.ts'
import { localSpelling } from './use-place.ts'

/** What follows a script of each language. */
export interface Followers {
  readonly powershell: (text: string) => void
  readonly cmd: (text: string) => void
}

const ENDINGS = ['', '.ps1', '.cmd', '.bat', '.exe']

/** A file that the session wrote or fetched is read when it runs. Answers whether it was one. */
export function runWritten(
  file: Expanded,
  from: { readonly invocation: Invocation; readonly reading: Reading; readonly follow: Followers },
): boolean {
  const { invocation, reading, follow } = from
  for (const ending of ENDINGS) {
    const word = { ...file, text: localSpelling(file.text + ending, reading), glob: false }
    const content = recalled(word, { reading, cwd: invocation.cwd })
    if (content === undefined) continue
    if (content.addresses.length > 0 || content.decodes || content.text === undefined) runFlow(content, invocation, reading)
    if (content.text === undefined) return true
    if (/\.(?:bat|cmd)$/i.test(word.text)) follow.cmd(content.text)
    else if (/\.ps[md]?1$/i.test(word.text)) follow.powershell(content.text)
    else reading.nested(content.text, invocation)
    return true
  }
  return false
}

/** Remembers what a command puts into a file. */
export function keepWritten(
  file: Expanded,
  content: Flow | undefined,
  from: { readonly reading: Reading; readonly cwd: string | undefined; readonly append?: boolean },
): void {
  keepContent({ ...file, text: localSpelling(file.text, from.reading) }, content ?? NO_FLOW, from)
}
