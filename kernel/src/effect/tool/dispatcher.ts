/** Tools that do whatever one of their arguments names: the operation is what counts, and its arguments stand one level down. */
import { rememberedOfLast } from '../place/remembered.ts'
import type { Json, JsonObject } from '../../event/json.ts'
import { parsedObject } from '../../event/inner-leaves.ts'
import { mutationOf } from './graphql-call.ts'
import { restCallOf } from './rest-call.ts'
import { stateVerbOf } from './state-verbs.ts'
import { namesDeed } from './tool-inference.ts'

export interface InnerCall {
  /** Of the operation, as a tool of its own would be called. */
  readonly name: string
  /** The argument that holds its arguments; absent where they stand beside the name of the operation. */
  readonly under: string | undefined
  readonly args: JsonObject
  /** They are JSON written as a text, so that no argument of the call is one of them. */
  readonly written: boolean
}

const DISPATCHES =
  /(?:^|[._/:-])(?:execute|exec|invoke|call|run|perform|dispatch|request|use|do|api|rpc|rest|http)(?:[_-]?(?:tool|action|operation|method|api|request|function|call|service|endpoint|procedure|rpc))?$|^(?:tool|action|operation)$/i
const NAMED_BY = [
  'operation',
  'operationId',
  'action',
  'tool',
  'tool_name',
  'toolName',
  'function',
  'procedure',
  'service',
  'op',
  'method',
  'name',
] as const
const HOLDS = ['parameters', 'params', 'arguments', 'args', 'input', 'inputs', 'payload', 'data', 'body', 'kwargs', 'variables'] as const
/** Keys that say as well how it is written: `params_json`, `argumentsJson`. */
const HOLDS_JSON =
  /^(?:parameters?|params?|arguments?|args|inputs?|payload|data|body|kwargs|variables|request|tool_?input)(?:_?(?:json|str|string|text|raw))?$|^json$/i
/** `service.restart`, `deleteUser`, `iam/grant`; and what HTTP is told to do. */
const OPERATION = /^[A-Za-z]\w{0,60}(?:[._/:-]\w{1,60}){0,6}$/
const METHODS: Readonly<Record<string, string>> = {
  get: 'get',
  head: 'get',
  post: 'create',
  put: 'update',
  patch: 'update',
  delete: 'delete',
}

/** Nothing for tools that are what they are called. */
export function innerCall(tool: string, args: JsonObject): InnerCall | undefined {
  if (tool.length > 200) return undefined
  const mutation = mutationOf(args)
  if (mutation !== undefined) return within(mutation, args, 'variables')
  if (!DISPATCHES.test(tool)) return actionOf(tool, args)
  const by = NAMED_BY.find((key) => typeof args[key] === 'string' && OPERATION.test(args[key]))
  const name = by === undefined ? undefined : operationOf(args[by] as string, args)
  return name === undefined ? undefined : within(name, args, by)
}

function within(name: string, args: JsonObject, by: string | undefined): InnerCall {
  const under = (['variables', ...HOLDS] as const).find((key) => isObject(args[key]))
  if (under !== undefined) return { name, under, args: args[under] as JsonObject, written: false }
  for (const [key, value] of Object.entries(args).slice(0, 32)) {
    const inner = typeof value === 'string' && HOLDS_JSON.test(key) ? parsedObject(value) : undefined
    if (inner !== undefined) return { name, under: key, args: inner, written: true }
  }
  const beside = Object.fromEntries(Object.entries(args).filter(([key]) => key !== by))
  return { name, under: undefined, args: beside, written: false }
}

/** What is done with things the tool is called after is told by an argument: `crm` with `action: "delete"`. */
const ACTED_BY = ['action', 'operation', 'op', 'method', 'verb', 'function', 'operation_type', 'request_type'] as const
/** What hands and eyes do, which says nothing of what comes of it. */
const GESTURE = /click|press|type|scroll|hover|drag|tap|key|mouse|fill|select|screenshot|navigate|wait|zoom|swipe|focus/i

function actionOf(tool: string, args: JsonObject): InnerCall | undefined {
  const by = ACTED_BY.find((key) => typeof args[key] === 'string' && OPERATION.test(args[key]))
  const said = by === undefined ? '' : (args[by] as string)
  if (by === undefined || GESTURE.test(said) || Object.hasOwn(METHODS, said.toLowerCase()) || !namesDeed(said) || namesDeed(tool))
    return undefined
  const last = tool.split(/[./:]|__/).at(-1) as string
  return within(`${said}_${last}`, args, by)
}

/** Whether calls of a tool with such arguments may be what one of these names: anything. */
export function passesOn(tool: string, keys: readonly string[]): boolean {
  if (tool.length > 200) return false
  return DISPATCHES.test(tool) || keys.some((key) => DECIDES.has(key)) || (!namesDeed(tool) && ACTED_BY.some((key) => keys.includes(key)))
}

const DECIDES: ReadonlySet<string> = new Set(['method', 'http_method', 'httpMethod', 'mutation', 'graphql'])

/** A path without a host is served by the tool itself; an address is somewhere to go. */
function operationOf(name: string, args: JsonObject): string | undefined {
  const verb = METHODS[name.toLowerCase()]
  if (verb === undefined) return name
  const path = [args['path'], args['endpoint'], args['route']].find((value) => typeof value === 'string' && value.startsWith('/'))
  return typeof path !== 'string' ? undefined : `${verb}_${path.slice(1, 120).replace(/[^A-Za-z]+/g, '_')}`
}

function isObject(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a call is named by: the operation where the tool only passes it on, and what a method of HTTP does: `POST_comment`. */
export function calledName(tool: string, args: JsonObject): string {
  return nameOf(args, tool)
}

/** Asked for several times while a call is decided. */
const nameOf = rememberedOfLast((args: JsonObject, tool: string): string => {
  const rest = restCallOf(args)
  const inner = innerCall(tool, args)
  const name = inner?.name ?? rest?.name ?? tool
  const method = /^(?:POST|PUT|PATCH)(?=[_ -])/.exec(name)?.[0].toLowerCase()
  const plain = method === undefined ? name : `${METHODS[method]}${name.slice(method.length)}`
  const within = inner?.written === true ? inner.args : rest?.body
  const state = stateVerbOf(args) ?? (within === undefined ? undefined : stateVerbOf(within))
  return state === undefined ? plain : `${plain}_${state}`
})
