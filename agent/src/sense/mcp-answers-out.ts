/** What an application answers to a server's own questions: a form that was filled in, what its model wrote. It leaves like any message. */
import type { Json, JsonObject, ToolCall } from '@assize/kernel'
import type { Scan } from '../platform/json-scan.ts'
import type { Caller } from '../platform/caller.ts'
import type { Answer, GateHost } from './gate.ts'
import { segmentsOf, splice } from './json-splice.ts'
import { errorReply, objectOf, REFUSED_BY_PERSON, textOf } from './mcp-protocol.ts'
import { heldProblem } from './mcp-refusal.ts'
import { allStrings } from './mcp-texts.ts'

const MOST_QUESTIONS = 1000
const MOST_ANSWERS = 50
const ELICITATION = 'elicitation/create'
const SAMPLING = 'sampling/createMessage'

/** What of one answer goes to the server. */
export interface Leaving {
  /** Why nothing of it does. */
  readonly blocked?: string
  /** Strings to be replaced, from the answer's own root. */
  readonly edits: readonly { readonly path: readonly string[]; readonly value: string }[]
}

/** Who answers whom. */
export interface Sender {
  readonly gate: string
  readonly server: string
  readonly caller: Caller
  /** A name for a call, never the same twice in a session. */
  readonly callId: () => string
}

const UNCHANGED: Leaving = { edits: [] }

export class AnswersOut {
  private readonly sender: Sender
  private readonly host: GateHost
  /** Methods of the server's questions that are not answered yet, by their ids as written. Oldest first. */
  private readonly questions = new Map<string, string>()

  constructor(sender: Sender, host: GateHost) {
    this.sender = sender
    this.host = host
  }

  /** The server asked something. */
  asked(id: string, method: string): void {
    this.questions.set(id, method)
    const oldest = this.questions.keys().next()
    if (this.questions.size > MOST_QUESTIONS && !oldest.done) this.questions.delete(oldest.value)
  }

  /** The server is told in any case: it would wait for ever for an answer that was kept back. */
  async judge(message: Buffer, scanned: Scan): Promise<Answer> {
    const { id } = scanned
    const method = id === undefined ? undefined : this.questions.get(id)
    if (id !== undefined) this.questions.delete(id)
    const problem = heldProblem(scanned)
    if (problem !== undefined) return { action: 'replace', payload: keptBack(id, method) }
    const answer = objectOf(objectOf(JSON.parse(message.toString('utf8')) as Json)['result'])
    const { blocked, edits } = await this.leaving(answer, method)
    if (blocked === undefined && edits.length === 0) return { action: 'pass' }
    const changed =
      blocked === undefined
        ? splice(
            message,
            edits.map(({ path, value }) => ({ path: ['result', ...path], value })),
          )
        : undefined
    return { action: 'replace', payload: changed ?? keptBack(id, methodOf(answer, method)) }
  }

  /** Answers that come along with the request they were wanted for, by the names the server gave its questions. */
  async judgeAll(answers: JsonObject): Promise<Leaving> {
    const edits: { path: readonly string[]; value: string }[] = []
    const all = Object.entries(answers)
    if (all.length > MOST_ANSWERS)
      return { blocked: `More than ${MOST_ANSWERS} answers came with one request, so it did not go on.`, edits }
    for (const [name, answer] of all) {
      const leaving = await this.leaving(objectOf(answer), undefined)
      if (leaving.blocked !== undefined) return leaving
      edits.push(...leaving.edits.map(({ path, value }) => ({ path: [name, ...path], value })))
    }
    return { edits }
  }

  private async leaving(answer: JsonObject, asked: string | undefined): Promise<Leaving> {
    const method = methodOf(answer, asked)
    if (method === 'roots/list') return UNCHANGED
    const known = method === ELICITATION || method === SAMPLING
    const content = known ? (answer['content'] ?? null) : answer
    const shown = method === SAMPLING ? withoutMedia(content) : content
    if (allStrings(shown) === '') return UNCHANGED
    const { gate, caller } = this.sender
    // What was read is not held against it: most of it repeats what the server itself has asked.
    const call = this.callOf(method === SAMPLING ? SAMPLING : ELICITATION, shown)
    const { action, edits, text } = await this.host.consider({ gate, caller, call, apart: true })
    if (action !== 'release') return { blocked: text, edits: [] }
    // What was judged stands under `content`, in the answer as in the call.
    return { edits: edits.map(({ pointer, value }) => ({ path: segmentsOf(pointer).slice(known ? 0 : 1), value })) }
  }

  private callOf(tool: string, content: Json): ToolCall {
    const { server, caller, callId } = this.sender
    return { type: 'tool.call', callId: callId(), tool, server, cwd: caller.cwd, args: { to: server, content } }
  }
}

/** What a model drew or spoke is no text. A form has no such thing: what its fields are called is the server's choice. */
function withoutMedia(content: Json): Json {
  if (Array.isArray(content)) return content.map((block: Json) => withoutMedia(block))
  const block = objectOf(content)
  return (block['type'] === 'image' || block['type'] === 'audio') && block['data'] !== undefined ? { ...block, data: '' } : content
}

/** What kind of question it answers, by what was asked or else by its shape. */
function methodOf(answer: JsonObject, asked: string | undefined): string | undefined {
  if (asked === SAMPLING || (textOf(answer['role']) !== undefined && answer['content'] !== undefined)) return SAMPLING
  if (asked === ELICITATION || textOf(answer['action']) !== undefined) return ELICITATION
  return asked ?? (Array.isArray(answer['roots']) ? 'roots/list' : undefined)
}

/** What servers are told where a person closes the question or says no. The reason is not theirs to know. */
function keptBack(id: string | undefined, method: string | undefined): Buffer {
  if (method === ELICITATION) return Buffer.from(`{"jsonrpc":"2.0","id":${id ?? 'null'},"result":{"action":"cancel"}}\n`)
  return errorReply(id, REFUSED_BY_PERSON, 'The answer was not let go.')
}
