import type { Json, JsonObject } from '@assize/kernel'
import { errorReply, INVALID_REQUEST, objectOf, textOf } from './mcp-protocol.ts'
import type { Scan } from '../platform/json-scan.ts'

const SENTENCES = {
  'not-json': 'The message is not valid JSON, so it was not passed on and nothing ran.',
  'not-utf8': 'The message is not valid UTF-8, so it was not passed on and nothing ran.',
  'too-deep': 'The message nests too deeply, so it was not passed on and nothing ran.',
  ambiguous:
    'Parsers would read the message differently (a key of the envelope stands twice or in unusual case), so it was not passed on and nothing ran.',
  'huge-id': 'The id or a number of the message is too long, so it was not passed on and nothing ran.',
} as const

/** Why a message from the host may not go on at all, in a sentence; `undefined` when it may. */
export function messageProblem(scanned: Scan): string | undefined {
  if (scanned.problem !== undefined) return SENTENCES[scanned.problem]
  return scanned.shape === 'scalar' ? SENTENCES['not-json'] : undefined
}

/** The same for a message that asks for something to be done: here every object must be unambiguous. */
export function heldProblem(scanned: Scan): string | undefined {
  const problem = messageProblem(scanned)
  if (problem !== undefined || scanned.duplicate === undefined) return problem
  return `The key ${JSON.stringify(scanned.duplicate.slice(0, 100))} stands twice in one object of the request, and parsers disagree about which counts, so it was not passed on and nothing ran. Send each key once.`
}

/** Whether a message answers a question and says something with it: an empty answer only shows that somebody is there. */
export function saysSomething({ shape, method, id }: Scan, message: Buffer): boolean {
  if (shape !== 'object' || method !== undefined || id === undefined) return false
  try {
    return isTelling(objectOf(JSON.parse(message.toString('utf8')) as Json))
  } catch {
    return true
  }
}

function isTelling(message: JsonObject): boolean {
  return Object.keys(objectOf(message['result'])).length > 0
}

const BATCH =
  'Assize does not take batches that call tools, answer a question or are ambiguous, so none of its messages was passed on and nothing ran. Send each message on its own line.'

/** A batch goes on whole or not at all: its parts cannot be held apart. */
export function isHarmlessBatch(bytes: Buffer, scanned: Scan, held: ReadonlySet<string>): boolean {
  if (scanned.duplicate !== undefined) return false
  const messages = elements(bytes).map(objectOf)
  const harmless = (message: JsonObject) => 'jsonrpc' in message && !held.has(textOf(message['method']) ?? '') && !isTelling(message)
  return messages.length > 0 && messages.every(harmless)
}

/** Refuses every message of a batch that wants an answer. */
export function batchRefusal(bytes: Buffer): Buffer {
  const ids = elements(bytes)
    .map(objectOf)
    // An answer wants none; its id is one of the server's.
    .filter((message) => !isTelling(message))
    .map(({ id }) => id)
    .filter((id) => typeof id === 'string' || typeof id === 'number')
  if (ids.length === 0) return errorReply(undefined, INVALID_REQUEST, BATCH)
  return Buffer.from(`${JSON.stringify(ids.map((id) => ({ jsonrpc: '2.0', id, error: { code: INVALID_REQUEST, message: BATCH } })))}\n`)
}

function elements(bytes: Buffer): readonly Json[] {
  try {
    const parsed = JSON.parse(bytes.toString('utf8')) as Json
    return Array.isArray(parsed) ? (parsed as readonly Json[]) : []
  } catch {
    return []
  }
}
