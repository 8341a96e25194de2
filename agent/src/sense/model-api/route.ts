/** Where a request goes, and whether it carries a conversation. */
import type { ModelApiConfig } from './config.ts'
import type { Dialect } from './dialect.ts'
import { DIALECTS } from './dialects/index.ts'

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** The configured upstreams, read once. */
export type Upstreams = Readonly<Record<keyof ModelApiConfig['upstreams'], URL>>

export function readUpstreams({ upstreams, takeOver }: Pick<ModelApiConfig, 'upstreams' | 'takeOver'>): Upstreams {
  const { openai, anthropic, gemini, llama } = upstreams
  // Where the old port is the gateway's own now, going there would lead in a circle.
  const ollama = takeOver.ollama?.server ?? upstreams.ollama
  return {
    openai: new URL(openai),
    anthropic: new URL(anthropic),
    gemini: new URL(gemini),
    ollama: new URL(ollama),
    llama: new URL(llama),
  }
}

export interface Route {
  readonly upstream: keyof ModelApiConfig['upstreams']
  /** Scheme, host and port. */
  readonly origin: URL
  /** Nothing that goes there leaves this machine, unless the model itself runs elsewhere. */
  readonly local: boolean
  /** Path and question at the upstream. */
  readonly target: string
  /** Absent: nothing in it is judged. */
  readonly dialect: Dialect | undefined
  /** The answer that is asked for, when the request itself says nothing. */
  readonly kept: string | undefined
}

/** Undefined for a path that is no upstream's, or that two servers could read differently. */
export function routeOf(method: string, target: string, upstreams: Upstreams): Route | undefined {
  const question = target.indexOf('?')
  const path = question < 0 ? target : target.slice(0, question)
  const [, name = '', rest = ''] = /^\/([a-z]+)(\/.*)?$/s.exec(path) ?? []
  if (!isUpstream(name, upstreams) || !plain(rest)) return undefined
  const origin = upstreams[name]
  const above = origin.pathname.endsWith('/') ? origin.pathname.slice(0, -1) : origin.pathname
  const read = (rest.includes('%') ? decodeURIComponent(rest) : rest).toLowerCase().replace(/\/$/, '')
  return {
    upstream: name,
    origin,
    local: (name === 'ollama' || name === 'llama') && LOOPBACK.has(origin.hostname),
    target: `${above}${rest === '' ? '/' : rest}${question < 0 ? '' : target.slice(question)}`,
    ...spokenAt(method, read, rest.replace(/\/$/, '')),
  }
}

/** `named` is the path as it was written: names of answers are not to be read in lower case. */
function spokenAt(method: string, path: string, named: string): Pick<Route, 'dialect' | 'kept'> {
  const claimed = method === 'POST' ? DIALECTS.find((dialect) => dialect.claims(path)) : undefined
  if (claimed !== undefined || method === 'DELETE') return { dialect: claimed, kept: undefined }
  for (const dialect of DIALECTS) {
    const kept = dialect.kept?.(named)
    if (kept !== undefined) return { dialect, kept }
  }
  return { dialect: undefined, kept: undefined }
}

function isUpstream(name: string, upstreams: Upstreams): name is Route['upstream'] {
  return Object.hasOwn(upstreams, name)
}

/** Printable, without empty or dot segments, backslashes, or characters encoded that need not be: a server might resolve them after us. */
function plain(path: string): boolean {
  if (!/^[\x21-\x7e]*$/.test(path) || /\/\/|\/\.{1,2}(?:\/|$)|[\\#]/.test(path)) return false
  return !/%(?![0-9a-f]{2})|%(?:2[ef]|5c|[46][1-9a-f]|[57][0-9a]|3[0-9]|2d|5f|7e|25|00)/i.test(path)
}
