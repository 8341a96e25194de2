/** Reads the head of an HTTP/1.1 answer. What two readers could take for different messages is none. */
import type { IncomingHttpHeaders } from 'node:http'

export interface AnswerHead {
  readonly statusCode: number
  readonly statusMessage: string
  /** As Node gives them: names in lower case, cookies in a list, of what may stand once the first, all else joined. */
  readonly headers: IncomingHttpHeaders
}

/** How the end of a body is told: by its length (infinite: by the end of the connection), or by its chunks. */
export interface ReadHead extends AnswerHead {
  readonly framing: 'chunked' | { readonly length: number }
  /** Whether the connection may be used again after the body. */
  readonly keeps: boolean
}

/** An answer that is not read, because it is broken or could be read in two ways. */
export class AnswerError extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'AnswerError'
  }
}

export const MOST_HEAD_BYTES = 16 * 1024

const STATUS = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/
const FIELD = /^([\w!#$%&'*+.^`|~-]+):([\t\x20-\x7e\x80-\xff]*)$/
const ONCE: ReadonlySet<string> = new Set([
  ...['age', 'authorization', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since', 'if-unmodified-since'],
  ...['last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent'],
])
const BLANK = ' \t'
const BEGINNING = 'HTTP/1.'

/** Whether more could make a head of it. Who speaks otherwise may wait for ever to be understood. */
export function mayBecomeHead(text: string): boolean {
  return BEGINNING.startsWith(text.slice(0, BEGINNING.length)) && !/(?:^|[^\r])\n/.test(text)
}

/** `text` is the head without the empty line, a character for every byte. Throws an `AnswerError`. */
export function headOf(text: string, method: string): ReadHead {
  const [first = '', ...lines] = text.split('\r\n')
  const [, version, code, statusMessage = ''] = STATUS.exec(first) ?? []
  if (code === undefined) throw new AnswerError('its answer does not begin as HTTP does')
  const headers: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>
  for (const line of lines) add(headers, line)
  const statusCode = Number(code)
  const framing = framingOf(statusCode, { headers, method, isOld: version === '0' })
  const { connection } = headers
  const closes = typeof connection === 'string' && /(?:^|,)[ \t]*close[ \t]*(?:,|$)/i.test(connection)
  const keeps = version === '1' && !closes && (framing === 'chunked' || framing.length !== Number.POSITIVE_INFINITY)
  return { statusCode, statusMessage, headers, framing, keeps }
}

function add(headers: Record<string, string | string[]>, line: string): void {
  const [, named, rest = ''] = FIELD.exec(line) ?? []
  if (named === undefined) throw new AnswerError('its answer has a header that is none')
  const name = named.toLowerCase()
  const value = trimmed(rest)
  const before = headers[name]
  if (name === 'set-cookie') {
    if (Array.isArray(before)) before.push(value)
    else headers[name] = [value]
  } else if (typeof before !== 'string') headers[name] = value
  else if (name === 'content-length') throw new AnswerError('its answer has two lengths')
  else if (!ONCE.has(name)) headers[name] = `${before}, ${value}`
}

function trimmed(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && BLANK.includes(text.charAt(start))) start += 1
  while (end > start && BLANK.includes(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}

interface Said {
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly method: string
  readonly isOld: boolean
}

function framingOf(statusCode: number, { headers, method, isOld }: Said): ReadHead['framing'] {
  const { 'transfer-encoding': encoding, 'content-length': length } = headers
  if (encoding !== undefined && length !== undefined) throw new AnswerError('its answer tells its end in two ways')
  if (encoding !== undefined && (isOld || String(encoding).toLowerCase() !== 'chunked'))
    throw new AnswerError('its answer comes in an encoding that is not known here')
  if (length !== undefined && !/^\d{1,15}$/.test(String(length))) throw new AnswerError('the length of its answer is no number')
  if (method === 'HEAD' || statusCode < 200 || statusCode === 204 || statusCode === 304) return { length: 0 }
  if (encoding !== undefined) return 'chunked'
  return { length: length === undefined ? Number.POSITIVE_INFINITY : Number(length) }
}
