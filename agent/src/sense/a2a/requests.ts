/** What a request of the protocol wants, in both its bindings over HTTP and both its versions. */
import type { Json, JsonObject } from '@assize/kernel'
import { objectOf } from '../mcp-protocol.ts'

/**
 * `send` hands a task on, `cancel` stops one, `notify` has news of one sent to an address, `quiet` has no more of it sent, `read` brings
 * tasks back or listens to them: these are judged. A `card` is what the agent says of itself.
 */
export type Want = 'send' | 'cancel' | 'notify' | 'quiet' | 'read' | 'card'

export type Version = '1.0' | '0.3'

export interface Wanted {
  readonly want: Want
  readonly version: Version
  /** The answer is a stream of events. */
  readonly streams: boolean
}

const wanted = (want: Want, version: Version, streams = false): Wanted => ({ want, version, streams })

const METHODS: ReadonlyMap<string, Wanted> = new Map([
  ['SendMessage', wanted('send', '1.0')],
  ['SendStreamingMessage', wanted('send', '1.0', true)],
  ['GetTask', wanted('read', '1.0')],
  ['ListTasks', wanted('read', '1.0')],
  ['CancelTask', wanted('cancel', '1.0')],
  ['SubscribeToTask', wanted('read', '1.0', true)],
  ['CreateTaskPushNotificationConfig', wanted('notify', '1.0')],
  ['GetTaskPushNotificationConfig', wanted('read', '1.0')],
  ['ListTaskPushNotificationConfigs', wanted('read', '1.0')],
  ['DeleteTaskPushNotificationConfig', wanted('quiet', '1.0')],
  ['GetExtendedAgentCard', wanted('card', '1.0')],
  ['message/send', wanted('send', '0.3')],
  ['message/stream', wanted('send', '0.3', true)],
  ['tasks/get', wanted('read', '0.3')],
  ['tasks/list', wanted('read', '0.3')],
  ['tasks/cancel', wanted('cancel', '0.3')],
  ['tasks/resubscribe', wanted('read', '0.3', true)],
  ['tasks/pushNotificationConfig/set', wanted('notify', '0.3')],
  ['tasks/pushNotificationConfig/get', wanted('read', '0.3')],
  ['tasks/pushNotificationConfig/list', wanted('read', '0.3')],
  ['tasks/pushNotificationConfig/delete', wanted('quiet', '0.3')],
  ['agent/getAuthenticatedExtendedCard', wanted('card', '0.3')],
])

/** `undefined` for a method that nobody here knows: what it does cannot be told. */
export function wantedByMethod(method: string): Wanted | undefined {
  return METHODS.get(method)
}

type Pattern = readonly [verb: string, path: RegExp, want: Want, streams?: true]

/** Behind an optional tenant, below the address of the interface. */
const PATHS: readonly Pattern[] = [
  ['POST', /^message:send$/, 'send'],
  ['POST', /^message:stream$/, 'send', true],
  ['GET', /^tasks$/, 'read'],
  ['GET', /^tasks\/[^/:]+$/, 'read'],
  ['POST', /^tasks\/[^/:]+:cancel$/, 'cancel'],
  ['GET', /^tasks\/[^/:]+:subscribe$/, 'read', true],
  ['POST', /^tasks\/[^/:]+:subscribe$/, 'read', true],
  ['POST', /^tasks\/[^/:]+\/pushNotificationConfigs$/, 'notify'],
  ['GET', /^tasks\/[^/:]+\/pushNotificationConfigs$/, 'read'],
  ['GET', /^tasks\/[^/:]+\/pushNotificationConfigs\/[^/:]+$/, 'read'],
  ['DELETE', /^tasks\/[^/:]+\/pushNotificationConfigs\/[^/:]+$/, 'quiet'],
  ['GET', /^(?:extendedAgentCard|card)$/, 'card'],
]

/** `path` is what follows the address of a REST interface, without the question. */
export function wantedByPath(verb: string, path: string): Wanted | undefined {
  const rest = path.replace(/^\//, '')
  for (const [version, plain] of [
    ['0.3', rest.startsWith('v1/') ? rest.slice(3) : undefined],
    ['1.0', rest],
    ['1.0', /^[^/:]{1,200}\//.test(rest) ? rest.slice(rest.indexOf('/') + 1) : undefined],
  ] as const) {
    const found = plain === undefined ? undefined : PATHS.find(([name, pattern]) => name === verb && pattern.test(plain))
    if (found !== undefined) return wanted(found[2], version, found[3] === true)
  }
  return undefined
}

const MOST_CALLBACKS = 16

/** Addresses that news of a task would be sent to: whatever in the settings of a request is one. `undefined` when there is too much to look at. */
export function callbacksIn({ want, request }: { readonly want: Want; readonly request: JsonObject }): readonly string[] | undefined {
  const rest: Json[] = [want === 'notify' ? request : objectOf(request['configuration'])]
  const found = new Set<string>()
  for (let seen = 0; rest.length > 0; seen += 1) {
    const next = rest.pop()
    if (typeof next === 'string') {
      const address = addressIn(next)
      if (address !== undefined) found.add(address)
    } else if (typeof next === 'object' && next !== null) for (const inner of Object.values(next)) rest.push(inner)
    if (seen > 10_000 || found.size > MOST_CALLBACKS) return undefined
  }
  return [...found]
}

/** As the one who sends there would read it: `https:host` and a line end within are an address to most. */
function addressIn(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && /^(?:https?|wss?):$/.test(url.protocol)) return url.href
  return /^\s*[a-z][a-z0-9+.-]{1,20}:\/\//i.test(text) ? text : undefined
}

/** Members that are no words as long as they look like none: names, states, times, and the bytes of files. */
const NO_WORDS: ReadonlySet<string> = new Set(
  'id taskId contextId messageId artifactId kind role state timestamp mediaType mimeType raw bytes jsonrpc referenceTaskIds extensions'.split(
    ' ',
  ),
)

/** Members below which everything is the sender's own. */
const ANYTHING: ReadonlySet<string> = new Set(['data', 'metadata'])

/** A model would read nothing out of it. */
function isName(value: Json): boolean {
  return typeof value === 'string' && value.length <= 128 && /^[\w.:+/-]*$/.test(value) && !value.includes('//')
}

/** What a message, a task or an event says; `unseen` when it holds bytes that nobody reads here. */
export function wordsIn(
  value: Json | undefined,
  isEcho: (text: string) => boolean = () => false,
): { readonly text: string; readonly unseen: boolean } {
  const found = walk(value)
  return { text: found.words.filter((word) => !isEcho(word)).join('\n'), unseen: found.unseen }
}

/** The same words, each by itself. */
export function stringsIn(value: Json | undefined): readonly string[] {
  return walk(value).words
}

/** UTF-16 code units; what is longer was not seen to its end. */
const MOST_WORDS = 4 * 1024 * 1024
const MOST_INNER = 10_000

type Branch = readonly [value: Json, own: boolean]

/** Iterative: nesting is the sender's choice. */
function walk(value: Json | undefined): { readonly words: readonly string[]; readonly unseen: boolean } {
  const words: string[] = []
  const rest: Branch[] = value === undefined ? [] : [[value, false]]
  let [length, unseen] = [0, false]
  const say = (word: string): void => {
    words.push(word)
    length += word.length
  }
  while (rest.length > 0 && length < MOST_WORDS) {
    const [next, own] = rest.pop() as Branch
    if (typeof next === 'string') say(next)
    if (typeof next !== 'object' || next === null) continue
    const inner = Array.isArray(next) ? (next as readonly Json[]).map((item) => ['', item] as const) : Object.entries(next)
    unseen ||= inner.length > MOST_INNER
    for (const [name] of inner.slice(0, MOST_INNER)) if (!isName(name)) say(name)
    for (const [name, item] of inner.slice(0, MOST_INNER).toReversed()) {
      if (own || !NO_WORDS.has(name)) rest.push([item, own || ANYTHING.has(name)])
      else if ((name === 'raw' || name === 'bytes') && typeof item === 'string') unseen ||= item !== ''
      else if (Array.isArray(item)) rest.push([(item as readonly Json[]).filter((one) => !isName(one)), own])
      else if (!isName(item)) rest.push([item, own])
    }
  }
  return { words, unseen: unseen || rest.length > 0 }
}
