/** What a robot says: sentences in it are text from outside, numbers and pictures are not. */
import type { Json, JsonObject } from '@assize/kernel'
import type { Caller } from '../../platform/caller.ts'
import type { GateHost } from '../gate.ts'
import { objectOf, textOf } from '../mcp-protocol.ts'

const OPS: ReadonlySet<string> = new Set(['publish', 'service_response', 'action_feedback', 'action_result', 'status'])
const PACKED: ReadonlySet<string> = new Set(['png', 'fragment', 'cbor'])
/** Texts that were taken in already; sensors say the same over and over. */
const MOST_HEARD = 1000
const [MOST_VALUES, MOST_TEXT] = [10_000, 1_000_000]

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
    const text = sentencesOf(value, op)
    if (text === '' || this.heard.has(text)) return undefined
    this.heard.add(text)
    if (this.heard.size > MOST_HEARD) this.heard.delete(this.heard.values().next().value ?? '')
    const { host, caller, name } = this.options
    const origin = `${name}${textOf(value['topic'] ?? value['service'] ?? value['action']) ?? ''}`.slice(0, 300)
    host.observe({ gate: 'robot', caller, event: { type: 'context', channel: 'tool_result', server: `robot:${name}`, origin, text } })
    return undefined
  }

  /** Whether this was said before; a client is not told the same over and over. */
  isNews(problem: string): boolean {
    const news = !this.told.has(problem) && this.told.size < 20
    this.told.add(problem)
    return news
  }
}

/** Of topics only what is several words: names of frames, encodings and the bytes of pictures come many times a second. */
function sentencesOf(value: JsonObject, op: string): string {
  const rest: Json[] = [op === 'publish' ? (value['msg'] ?? null) : (value['values'] ?? value['msg'] ?? null)]
  const found: string[] = []
  let length = 0
  for (let seen = 0; rest.length > 0 && seen < MOST_VALUES && length < MOST_TEXT; seen += 1) {
    const next = rest.pop()
    if (typeof next === 'string' && next !== '' && (op !== 'publish' || /\s/.test(next))) {
      found.push(next)
      length += next.length
    } else if (typeof next === 'object' && next !== null)
      rest.push(...(Array.isArray(next) ? (next as readonly Json[]) : Object.values(next)).slice(0, MOST_VALUES).toReversed())
  }
  return found.join('\n')
}
