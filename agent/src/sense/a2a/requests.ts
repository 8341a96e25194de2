/** What a request of the protocol wants, in both its bindings over HTTP and both its versions. */
import type { Json, JsonObject } from '@assize/kernel'
import { objectOf } from '../mcp-protocol.ts'

/**
 * `send` hands a task on, `cancel` stops one, `notify` has news of one sent to an address: these are judged. `read` and `card` bring
 * something back and change nothing.
 */
export type Want = 'send' | 'cancel' | 'notify' | 'read' | 'card'

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
  ['DeleteTaskPushNotificationConfig', wanted('read', '1.0')],
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
  ['tasks/pushNotificationConfig/delete', wanted('read', '0.3')],
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
  ['DELETE', /^tasks\/[^/:]+\/pushNotificationConfigs\/[^/:]+$/, 'read'],
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

/** Addresses that news of a task would be sent to: whatever in the settings of a request is one. */
export function callbacksIn({ want, request }: { readonly want: Want; readonly request: JsonObject }): readonly string[] {
  const rest: Json[] = [want === 'notify' ? request : objectOf(request['configuration'])]
  const found: string[] = []
  for (let seen = 0; rest.length > 0 && seen < 10_000 && found.length < MOST_CALLBACKS; seen += 1) {
    const next = rest.pop()
    if (typeof next === 'string') {
      if (/^\s*[a-z][a-z0-9+.-]{1,20}:\/\//i.test(next)) found.push(next)
    } else if (typeof next === 'object' && next !== null)
      rest.push(...(Array.isArray(next) ? (next as readonly Json[]) : Object.values(next)).slice(0, 1000))
  }
  return found
}

/** Members that are no words: names, states, times, and the bytes of files. */
const NO_WORDS: ReadonlySet<string> = new Set(
  'id taskId contextId messageId artifactId kind role state timestamp mediaType mimeType raw bytes jsonrpc referenceTaskIds extensions'.split(
    ' ',
  ),
)

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

/** Iterative: nesting is the sender's choice. */
function walk(value: Json | undefined): { readonly words: readonly string[]; readonly unseen: boolean } {
  const words: string[] = []
  const rest: Json[] = value === undefined ? [] : [value]
  let [length, unseen] = [0, false]
  while (rest.length > 0 && length < MOST_WORDS) {
    const next = rest.pop()
    if (typeof next === 'string') {
      words.push(next)
      length += next.length
    } else if (Array.isArray(next)) rest.push(...(next as readonly Json[]).slice(0, 10_000).toReversed())
    else if (typeof next === 'object' && next !== null) {
      for (const [name, inner] of Object.entries(next as JsonObject)
        .slice(0, 10_000)
        .toReversed()) {
        if (!NO_WORDS.has(name)) rest.push(inner)
        else if ((name === 'raw' || name === 'bytes') && typeof inner === 'string' && inner !== '') unseen = true
      }
    }
  }
  return { words, unseen: unseen || rest.length > 0 }
}
