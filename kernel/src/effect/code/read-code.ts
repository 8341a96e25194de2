/** What code in another language would do, as far as its calls tell. What they do not tell stays unknown. */
import type { Invocation } from '../shell/invocation.ts'
import { setEnvironment } from '../shell/environment.ts'
import { act, type Reading } from '../shell/reading.ts'
import { awkEffects } from './awk.ts'
import { deedOf } from './call-table.ts'
import { type Doing, doCall, runShellText } from './do-call.ts'
import { evaluate } from './evaluate.ts'
import type { Evaluation } from './reader.ts'
import { languageNamed } from './language.ts'
import { isSecretName, reachesOut, takeMentions } from './mentions.ts'
import { UNKNOWN } from './value.ts'

export { languageOf } from './language.ts'

export interface Code {
  readonly language: string
  readonly text: string
}

interface From {
  readonly invocation: Invocation
  readonly reading: Reading
}

/** Deepest that code runs code. */
const NESTING = 4

export function isCodeLanguage(language: string): boolean {
  return languageNamed(language) !== undefined
}

export function readCode(code: Code, from: From, depth = 0): void {
  const language = languageNamed(code.language)
  if (language === undefined || depth > NESTING) return takeMentions(code.text, from)
  if (language.name === 'awk') return awkEffects(code.text, from)
  let reaches: boolean | undefined
  const doing: Doing = {
    language: language.name,
    ...from,
    fetched: [],
    reaches: () => (reaches ??= reachesOut(code.text)),
    code: (text) => readCode({ language: language.name, text }, from, depth + 1),
  }
  const evaluation: Evaluation = {
    language,
    variables: new Map(),
    aliases: new Map(IMPLIED[language.name] ?? []),
    functions: new Map(),
    inserted: 0,
    listener: {
      call: (call) => doCall(call, doing),
      isKnown: (name) => deedOf(language.name, name) !== undefined || PURE_BARE.has(name),
      run: (text) => doing.fetched.push(...runShellText(text, from).addresses.slice(0, 4)),
      environment: (name) => (isSecretName(name) ? { known: false, secret: `environment:${name}` } : UNKNOWN),
      set: (name, value) =>
        setEnvironment(
          name,
          { text: value.text ?? '', known: value.known, glob: false },
          { reading: from.reading, cwd: from.invocation.cwd },
        ),
    },
  }
  if (!evaluate(code.text, evaluation)) takeMentions(code.text, from)
  if (language.name === 'javascript' && KEPT_BY_PAGE.test(code.text) && SENT_FROM_PAGE.test(code.text)) keptByPage(from.reading)
}

/** What a browser keeps for a page: cookies and tokens that log in as whoever looks at it. */
const KEPT_BY_PAGE = /\b(?:document\.cookie|localStorage|sessionStorage|cookieStore|indexedDB)\b/
const SENT_FROM_PAGE =
  /(?:\bfetch|\bsendBeacon|\bopen|\bWebSocket|\bEventSource|\.src\s{0,4}=|\blocation(?:\.href)?\s{0,4}=|\baxios(?:\.\w{1,10})?)\s{0,4}\(?[^;\n]{0,200}["'`](?:https?:|wss?:)?\/\//

function keptByPage(reading: Reading): void {
  const target = 'what the browser keeps for the page'
  act({ class: 'secret.read', target, certainty: 'likely', kind: 'name', words: [], detail: 'cookies and tokens of the page' }, reading)
}

const PURE_BARE: ReadonlySet<string> = new Set([
  'glob',
  'join',
  'reverse',
  'scalar',
  'lc',
  'uc',
  'decode_base64',
  'base64_decode',
  'strrev',
])

/** Names that mean something without being imported. */
const IMPLIED: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  python: [['Path', 'pathlib.Path']],
  javascript: [
    ['fs', 'fs'],
    ['fsp', 'fs'],
    ['cp', 'child_process'],
  ],
}
