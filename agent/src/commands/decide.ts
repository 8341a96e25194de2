import { homedir } from 'node:os'
import {
  type Advice,
  type Context,
  createSession,
  decide,
  type JsonObject,
  observe,
  type Open,
  type Policy,
  type Principal,
  type Session,
  type ToolCall,
  type ToolDefinition,
} from '@assize/kernel'
import { z } from 'zod'
import { EXIT, messageOf } from '../platform/errors.ts'
import type { CommandContext } from './context.ts'
import { type Line, linesOf, parseLine } from './json-lines.ts'
import { loadPolicy } from './policy-folder.ts'

const MOST_CONTEXT = 10_000

const definitionSchema = z.looseObject({
  name: z.string().optional(),
  description: z.string().optional(),
  inputSchema: z.json().optional(),
  annotations: z.json().optional(),
})

const callSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  tool: z.string().min(1),
  server: z.string().optional(),
  args: z.record(z.string(), z.json()).default({}),
  cwd: z.string().optional(),
  app: z.string().default('unknown'),
  user: z.string().optional(),
  task: z.string().optional(),
  context: z
    .array(z.looseObject({ role: z.enum(['tool', 'retrieval', 'memory', 'user']), tool: z.string().optional(), text: z.string() }))
    .max(MOST_CONTEXT)
    .default([]),
  toolDefinition: definitionSchema.optional(),
})
type Question = z.infer<typeof callSchema>

/** `assize decide`: one tool call per line in, one decision per line out. No agent takes part. */
export async function runDecide(context: CommandContext, pack: string, advised = false): Promise<number> {
  const policy = await loadPolicy(pack)
  const models = advised ? await import('./ask-alignment.ts').then(({ openAlignment }) => openAlignment(context)) : undefined
  let bad = false
  try {
    for await (const line of linesOf(process.stdin)) {
      const { answer, ok } = await answerLine(line, { policy, context, ask: models?.ask })
      bad ||= !ok
      await context.say(JSON.stringify(answer))
    }
  } finally {
    await models?.close()
  }
  return bad ? EXIT.usage : EXIT.done
}

interface Judging {
  readonly policy: Policy
  readonly context: CommandContext
  /** Asks models about a call that rules leave open. */
  readonly ask: ((open: Open) => Promise<readonly Advice[]>) | undefined
}

/** A line that cannot be judged gets an answer too, so that input and output keep step. */
async function answerLine(line: Line, judging: Judging): Promise<{ readonly answer: object; readonly ok: boolean }> {
  try {
    const question = callSchema.safeParse(parseLine(line, 'the input'))
    if (question.success) return { answer: await judge(question.data, judging), ok: true }
    const issue = question.error.issues[0]
    return {
      answer: {
        error: `Line ${line.number} is no tool call (${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}), so it was not judged.`,
      },
      ok: false,
    }
  } catch (error) {
    return { answer: { error: messageOf(error) }, ok: false }
  }
}

async function judge(question: Question, { policy, context, ask }: Judging): Promise<object> {
  const { platform } = context
  const definition = question.toolDefinition === undefined ? undefined : definitionOf(question)
  const call: ToolCall = {
    type: 'tool.call',
    callId: String(question.id ?? ''),
    tool: question.tool,
    args: question.args as JsonObject,
    cwd: question.cwd ?? process.cwd(),
    home: homedir(),
    platform: platform.os === 'win32' ? 'windows' : 'posix',
    ...(question.server === undefined ? {} : { server: question.server }),
    ...(definition === undefined ? {} : { definition }),
  }
  const principal: Principal = {
    tenant: 'local',
    host: platform.hostname,
    user: question.user ?? platform.user,
    app: { name: question.app },
    session: 'decide',
    chain: [],
  }
  const session = sessionOf(question, definition)
  const started = performance.now()
  const input = { session, principal, call, gate: 'decide', policy, now: Date.now(), stopwatch: () => performance.now() * 1000 }
  const ruled = decide(input)
  const said = ruled.open === undefined ? undefined : await ask?.(ruled.open)
  const { decision, timing } = said === undefined || said.length === 0 ? ruled : decide({ ...input, advice: said })
  return {
    id: question.id,
    verdict: decision.verdict,
    reasons: decision.reasons.map(({ policy: id, title, verdict }) => ({ policy: id, title, verdict })),
    effects: decision.effects.map(({ class: kind, target, certainty }) => ({ class: kind, target, certainty })),
    derivations: decision.derivations.map(({ arg, sources, integrity }) => ({ arg, sources, integrity })),
    findings: decision.findings.map(({ detector, kind, score, span }) => ({ detector, kind, score, span })),
    ...(decision.advice === undefined
      ? {}
      : { advice: decision.advice, setAside: (decision.setAside ?? []).map((reason) => reason.policy) }),
    ...(decision.counterfactual === undefined ? {} : { counterfactual: decision.counterfactual.text }),
    summary: decision.summary,
    micros: Math.round(timing.total || (performance.now() - started) * 1000),
  }
}

function definitionOf({ tool, toolDefinition }: Question): ToolDefinition {
  const { name = tool, description, inputSchema, annotations } = toolDefinition ?? {}
  return {
    name,
    ...(description === undefined ? {} : { description }),
    ...(inputSchema === undefined ? {} : { inputSchema }),
    ...(annotations === undefined ? {} : { annotations }),
  }
}

const CHANNEL: Readonly<Record<'tool' | 'retrieval' | 'memory', Context['channel']>> = {
  tool: 'tool_result',
  retrieval: 'retrieval',
  memory: 'memory',
}

/** A conversation of its own for each line: what the user asked, then what came in. */
function sessionOf(question: Question, definition: ToolDefinition | undefined): Session {
  let session = createSession()
  if (question.task !== undefined) session = observe(session, { type: 'prompt', text: question.task })
  if (definition !== undefined) session = observe(session, { type: 'tools.offered', server: question.server ?? '', tools: [definition] })
  for (const { role, tool, text } of question.context) {
    session = observe(
      session,
      role === 'user'
        ? { type: 'prompt', text }
        : { type: 'context', channel: CHANNEL[role], text, ...(tool === undefined ? {} : { tool }) },
    )
  }
  return session
}
