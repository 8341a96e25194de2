import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { homedir } from 'node:os'
import { createGunzip } from 'node:zlib'
import {
  createSession,
  decide,
  type JsonObject,
  observe,
  type Policy,
  type Principal,
  type Session,
  type ToolCall,
  type ToolDefinition,
} from '@assize/kernel'
import { z } from 'zod'
import { AgentError, EXIT, messageOf } from '../platform/errors.ts'
import type { CommandContext } from './context.ts'
import { linesOf, parseLine } from './json-lines.ts'
import { loadPolicy } from './policy-folder.ts'

const toolSchema = z.looseObject({
  name: z.string(),
  description: z.string().nullish(),
  inputSchema: z.json().optional(),
  input_schema: z.json().optional(),
})
const eventSchema = z.looseObject({
  type: z.enum(['user', 'assistant', 'tool_call', 'tool_result']),
  text: z.string().nullish(),
  call_id: z.union([z.string(), z.number()]).nullish(),
  tool: z.string().nullish(),
  args: z.record(z.string(), z.json()).nullish(),
})
const sessionSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  session_id: z.union([z.string(), z.number()]).optional(),
  system: z.string().nullish(),
  tools: z.array(toolSchema).default([]),
  events: z.array(eventSchema),
})
type Recorded = z.infer<typeof sessionSchema>

export interface ReplayOptions {
  readonly files: readonly string[]
  readonly pack: string
  readonly out?: string
  readonly summary?: boolean
}

interface Counts {
  sessions: number
  calls: number
  readonly verdicts: Record<string, number>
  readonly policies: Record<string, number>
}

/** `assize replay FILE…`: recorded sessions through the same kernel. A call is judged on what came before it only. */
export async function runReplay(context: CommandContext, options: ReplayOptions): Promise<number> {
  const policy = await loadPolicy(options.pack)
  const counts: Counts = {
    sessions: 0,
    calls: 0,
    verdicts: Object.create(null) as Record<string, number>,
    policies: Object.create(null) as Record<string, number>,
  }
  const out = options.out === undefined ? undefined : createWriteStream(options.out)
  const opened = out === undefined ? undefined : new Promise<void>((_resolve, reject) => out.once('error', reject))
  const emit = async (line: object) => {
    const text = JSON.stringify(line)
    if (out !== undefined) await writeLine(out, text)
    else if (options.summary !== true) await context.say(text)
  }
  const work = (async () => {
    for (const file of options.files) await replayFile(file, { policy, context, counts, emit })
    if (out !== undefined) await new Promise<void>((resolve) => out.end(resolve))
  })()
  await (opened === undefined
    ? work
    : Promise.race([
        work,
        opened.catch((error: unknown) =>
          Promise.reject(
            new AgentError('usage', `\`${options.out}\` could not be written (${messageOf(error)}), so the decisions were not kept.`),
          ),
        ),
      ]))
  if (options.summary === true) await context.say(context.json ? JSON.stringify(counts) : summaryText(counts))
  return EXIT.done
}

interface Replaying {
  readonly policy: Policy
  readonly context: CommandContext
  readonly counts: Counts
  readonly emit: (line: object) => Promise<void>
}

async function replayFile(file: string, replaying: Replaying): Promise<void> {
  try {
    for await (const line of linesOf(opened(file))) {
      const recorded = sessionSchema.safeParse(parseLine(line, file))
      if (!recorded.success)
        throw new AgentError(
          'usage',
          `Line ${line.number} of ${file} is no recorded session (${recorded.error.issues[0]?.path.join('.') ?? ''}: ${recorded.error.issues[0]?.message ?? ''}), so replay stopped there.`,
        )
      await replaySession(recorded.data, replaying, `${line.number}`)
    }
  } catch (error) {
    throw error instanceof AgentError
      ? error
      : new AgentError('usage', `\`${file}\` could not be read (${messageOf(error)}), so replay stopped there.`, error)
  }
}

/** Recordings may be compressed; they are read as a stream, so their size does not matter. */
function opened(file: string): AsyncIterable<Uint8Array> {
  const input = createReadStream(file)
  if (!file.endsWith('.gz')) return input
  const unpacked = createGunzip()
  input.on('error', (error) => unpacked.destroy(error))
  return input.pipe(unpacked)
}

async function replaySession(recorded: Recorded, { policy, context, counts, emit }: Replaying, line: string): Promise<void> {
  counts.sessions += 1
  const id = String(recorded.id ?? recorded.session_id ?? line)
  const definitions = new Map(recorded.tools.map((tool) => [tool.name, definitionOf(tool)]))
  const principal: Principal = {
    tenant: 'local',
    host: context.platform.hostname,
    user: context.platform.user,
    app: { name: 'replay' },
    session: id,
    chain: [],
  }
  let session = createSession()
  if (recorded.system) session = observe(session, { type: 'system', text: recorded.system })
  if (definitions.size > 0) session = observe(session, { type: 'tools.offered', server: '', tools: [...definitions.values()] })
  const toolOfCall = new Map<string, string>()
  for (const [index, event] of recorded.events.entries()) {
    const callId = String(event.call_id ?? index)
    if (event.type !== 'tool_call') {
      session = enter(session, event, toolOfCall.get(callId))
      continue
    }
    const tool = event.tool ?? ''
    toolOfCall.set(callId, tool)
    const definition = definitions.get(tool)
    const call: ToolCall = {
      type: 'tool.call',
      callId,
      tool,
      args: (event.args ?? {}) as JsonObject,
      cwd: '/workspace',
      home: homedir(),
      platform: 'posix',
      ...(definition === undefined ? {} : { definition }),
    }
    const started = performance.now()
    const { decision, timing } = decide({
      session,
      principal,
      call,
      gate: 'replay',
      policy,
      now: 0,
      stopwatch: () => performance.now() * 1000,
    })
    const decisive = decision.reasons[0]
    count(counts, decision.verdict, decisive?.policy)
    await emit({
      session_id: id,
      call_id: callId,
      verdict: decision.verdict,
      policy: decisive?.policy ?? '',
      reason: decisive?.title ?? decision.summary,
      micros: Math.round(timing.total || (performance.now() - started) * 1000),
    })
    session = observe(session, call)
  }
}

function enter(session: Session, event: Recorded['events'][number], calledTool: string | undefined): Session {
  const text = event.text ?? ''
  const tool = event.tool ?? calledTool
  switch (event.type) {
    case 'user':
      return observe(session, { type: 'prompt', text })
    case 'assistant':
      return observe(session, { type: 'reasoning', text })
    case 'tool_result':
      return observe(session, {
        type: 'context',
        channel: 'tool_result',
        text,
        ...(tool === undefined ? {} : { tool }),
        ...(event.call_id === undefined || event.call_id === null ? {} : { callId: String(event.call_id) }),
      })
    case 'tool_call':
      return session
  }
}

function definitionOf(tool: Recorded['tools'][number]): ToolDefinition {
  const inputSchema = tool.inputSchema ?? tool.input_schema
  return {
    name: tool.name,
    ...(typeof tool.description === 'string' ? { description: tool.description } : {}),
    ...(inputSchema === undefined ? {} : { inputSchema }),
  }
}

function count(counts: Counts, verdict: string, policy: string | undefined): void {
  counts.calls += 1
  counts.verdicts[verdict] = (counts.verdicts[verdict] ?? 0) + 1
  if (policy !== undefined) counts.policies[policy] = (counts.policies[policy] ?? 0) + 1
}

function summaryText(counts: Counts): string {
  const part = (record: Readonly<Record<string, number>>) =>
    Object.entries(record)
      .sort((left, right) => right[1] - left[1])
      .map(([name, number]) => `  ${String(number).padStart(7)}  ${name}`)
  return [`${counts.sessions} sessions, ${counts.calls} calls`, ...part(counts.verdicts), 'by policy', ...part(counts.policies)].join('\n')
}

function writeLine(stream: WriteStream, text: string): Promise<void> {
  if (stream.write(`${text}\n`)) return Promise.resolve()
  return new Promise((resolve) => stream.once('drain', () => resolve()))
}
