/** What a robot says: sentences in it are text from outside, numbers and pictures are not. */
import { hash } from 'node:crypto'
import type { Json, JsonObject } from '@assize/kernel'
import type { Caller } from '../../platform/caller.ts'
import type { GateHost } from '../gate.ts'
import { objectOf, textOf } from '../mcp-protocol.ts'

const OPS: ReadonlySet<string> = new Set(['publish', 'service_response', 'action_feedback', 'action_result', 'status'])
const PACKED: ReadonlySet<string> = new Set(['png', 'fragment', 'cbor'])
/** Texts that were taken in already; sensors say the same over and over. */
const MOST_HEARD = 1000
const [MOST_VALUES, MOST_TEXT] = [200_000, 1_000_000]
/** Texts up to so long are remembered as they are. */
const SHORT = 64
/** Several words, or words as they are written without spaces, or somebody's address. */
const SENTENCE = /[\s@\x80-\uffff]|:\/\//

export interface HearingOptions {
  readonly host: GateHost
  readonly caller: Caller
  readonly name: string
}

export class Hearing {
  private readonly options: HearingOptions
  private readonly heard = new Set<string>()
  private readonly told = new Set<string>()

  constructor(options: HearingOptions) {
    this.options = options
  }

  /** Takes a message in; why it may not go on where it cannot be read, as the middle of a sentence. */
  take(bytes: Buffer): string | undefined {
    let value: JsonObject
    try {
      value = objectOf(JSON.parse(bytes.toString('utf8')) as Json)
    } catch {
      return 'it is no JSON'
    }
    const op = textOf(value['op']) ?? ''
    if (!OPS.has(op)) return PACKED.has(op) ? 'it is packed or in pieces' : `it is \`${op.slice(0, 60)}\``
    const { text, whole } = sentencesOf(value, op)
    const { host, caller, name } = this.options
    const origin = `${name}${textOf(value['topic'] ?? value['service'] ?? value['action']) ?? ''}`.slice(0, 300)
    const about = { type: 'context', channel: 'tool_result', server: `robot:${name}`, origin } as const
    if (text !== '' && this.isFirst(text)) host.observe({ gate: 'robot', caller, event: { ...about, text } })
    if (!whole && this.isFirst(`${origin} was not heard in full`))
      host.observe({ gate: 'robot', caller, event: { ...about, text: '', integrity: 'untrusted' } })
    return undefined
  }

  private isFirst(text: string): boolean {
    const key = text.length <= SHORT ? text : hash('sha256', text)
    if (this.heard.has(key)) return false
    this.heard.add(key)
    if (this.heard.size > MOST_HEARD) this.heard.delete(this.heard.values().next().value ?? '')
    return true
  }

  /** Whether this was said before; a client is not told the same over and over. */
  isNews(problem: string): boolean {
    const news = !this.told.has(problem) && this.told.size < 20
    this.told.add(problem)
    return news
  }
}

/** Of topics only what is several words: names of frames, encodings and the bytes of pictures come many times a second. */
function sentencesOf(value: JsonObject, op: string): { readonly text: string; readonly whole: boolean } {
  const { op: _op, msg, values, ...beside } = value
  const body: Json[] = [msg ?? null, values ?? null]
  const answers = op !== 'publish'
  const [loose, strict] = answers ? [body, [beside]] : [[], [...body, beside]]
  const said = stringsIn(loose, () => true)
  const more = stringsIn(strict, (text) => SENTENCE.test(text))
  const text = [...said.found, ...more.found].join('\n')
  return { text: text.slice(0, MOST_TEXT), whole: said.whole && more.whole && text.length <= MOST_TEXT }
}

function stringsIn(
  values: readonly Json[],
  counts: (text: string) => boolean,
): { readonly found: readonly string[]; readonly whole: boolean } {
  const rest: Json[] = [...values]
  const found: string[] = []
  let length = 0
  for (let seen = 0; rest.length > 0; seen += 1) {
    if (seen > MOST_VALUES || length > MOST_TEXT) return { found, whole: false }
    const next = rest.pop()
    if (typeof next === 'string' && next !== '' && counts(next)) {
      found.push(next)
      length += next.length
    }
    if (typeof next !== 'object' || next === null) continue
    const names = Array.isArray(next) ? [] : Object.keys(next).filter((name) => SENTENCE.test(name))
    // Numbers say nothing, and there are many of them.
    const inner = (Object.values(next) as readonly Json[]).filter((item) => typeof item === 'string' || typeof item === 'object')
    for (const item of [...inner, ...names].toReversed()) rest.push(item)
  }
  return { found, whole: true }
}
