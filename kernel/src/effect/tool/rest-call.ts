/** Calls that tell a service by method and address what to do: `DELETE https://api.example/v2/orders/7` is to delete orders. */
import type { Json, JsonObject } from '../../event/json.ts'
import type { Leaf } from '../../event/leaves.ts'
import { parsedObject } from '../../event/inner-leaves.ts'

export interface RestCall {
  /** As a tool made for it would be called: `delete_orders`. */
  readonly name: string
  /** The last name of the path, which is a verb of its own where the service has one for the deed: `/orders/7/refund`. */
  readonly action: string
  /** The tool serves the path itself: no host is named. */
  readonly local: boolean
  /** Method and path, for people. */
  readonly target: string
  /** What goes along, when it is an object. */
  readonly body: JsonObject
  /** What the address says of which one: ids in its path, values of its query. */
  readonly named: readonly Leaf[]
}

/** Most values told of one address. */
const NAMED = 16

/** What methods do that change something. */
const METHODS: Readonly<Record<string, string>> = { post: 'create', put: 'update', patch: 'update', delete: 'delete' }
const METHOD_IN = ['method', 'http_method', 'httpMethod', 'verb'] as const
const ADDRESS_IN = ['url', 'uri', 'endpoint', 'href', 'address', 'path', 'route'] as const
const BODY_IN = ['body', 'data', 'json', 'payload', 'params'] as const
/** Segments that say which one, which version or which interface: nothing of what is done. */
const SAYS_NOTHING = /^(?:api|rest|v\d[\d.]*|r\d[\d.]*|rpc|services?|odata|graphql|.*\d.*|[^a-z].*|.{41,})$/i

/** Nothing where nothing is changed: to get, or without a path. */
export function restCallOf(args: JsonObject): RestCall | undefined {
  const method = textIn(args, METHOD_IN)?.toLowerCase() ?? ''
  const verb = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined
  const addressKey = ADDRESS_IN.find((key) => textIn(args, [key]) !== undefined)
  if (verb === undefined || addressKey === undefined) return undefined
  const address = textIn(args, [addressKey]) as string
  const path = pathOf(address)
  const names = path.split('/').filter((part) => part !== '' && !SAYS_NOTHING.test(part))
  const last = names.slice(-2)
  if (last.length === 0) return undefined
  const bodyKey = BODY_IN.find((key) => objectIn(args[key]) !== undefined)
  return {
    name: [verb, ...last].join('_').replaceAll(/[^\p{L}\p{N}]+/gu, '_'),
    action: last.at(-1) as string,
    local: address.startsWith('/'),
    target: `${method.toUpperCase()} ${path}`.slice(0, 200),
    body: bodyKey === undefined ? {} : (objectIn(args[bodyKey]) as JsonObject),
    named: namedIn(address, path).map((text) => ({ pointer: `/${addressKey}`, key: addressKey, text, kind: 'string' })),
  }
}

function textIn(args: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = args[key]
    if (typeof value === 'string' && value.length <= 4096) return value.trim()
  }
  return undefined
}

function pathOf(address: string): string {
  const rest = address.replace(/^[a-z][a-z0-9+.-]{0,20}:\/\/[^/?#]{0,300}/i, '')
  return rest.split(/[?#]/, 1)[0] ?? ''
}

function objectIn(value: Json | undefined): JsonObject | undefined {
  if (typeof value === 'string') return parsedObject(value)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
}

function namedIn(address: string, path: string): readonly string[] {
  const ids = path.split('/').filter((part) => /\d/.test(part) && part.length >= 3)
  const query = /\?([^#]{1,2000})/.exec(address)?.[1] ?? ''
  const values = query.split('&').map((pair) => pair.slice(pair.indexOf('=') + 1))
  return [...ids, ...values].filter((text) => text.length > 1 && text.length <= 200).slice(0, NAMED)
}
