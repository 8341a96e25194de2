import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Json } from '@assize/kernel'
import { describe, expect, it } from 'vitest'
import { currentPlatform } from '../platform/platform.ts'
import { gateContract } from './gate.contract.ts'
import type { Answer, Ruling } from './gate.ts'
import { denial } from './hook-facts.ts'
import { runHook } from './hook-front-end.ts'
import { type HookHost, hookGate } from './hook-gate.ts'
import { HOOK_FACTS } from './hook-hosts.ts'
import { GATES, HOOK_HOSTS } from './index.ts'
import { ScriptedHost } from './scripted-host.fixture.ts'

/** A call to a tool as each host tells it; those whose events name only their own tools use their event for MCP. */
type Call = (tool: string, args: unknown) => object
const CALLS: Readonly<Record<string, Call>> = {
  'claude-code': (tool_name, tool_input) => ({ session_id: 's', cwd: '/w', hook_event_name: 'PreToolUse', tool_name, tool_input }),
  codex: (tool_name, tool_input) => ({ session_id: 's', cwd: '/w', hook_event_name: 'PreToolUse', tool_name, tool_input, turn_id: '1' }),
  gemini: (tool_name, tool_input) => ({ session_id: 's', cwd: '/w', hook_event_name: 'BeforeTool', tool_name, tool_input }),
  cursor: (tool_name, tool_input) => ({
    conversation_id: 's',
    workspace_roots: ['/w'],
    hook_event_name: 'preToolUse',
    tool_name,
    tool_input,
  }),
  copilot: (toolName, toolArgs) => ({ sessionId: 's', timestamp: 1, cwd: '/w', toolName, toolArgs }),
  windsurf: (mcp_tool_name, mcp_tool_arguments) => ({
    agent_action_name: 'pre_mcp_tool_use',
    trajectory_id: 's',
    tool_info: { mcp_server_name: 'files', mcp_tool_name, mcp_tool_arguments },
  }),
  cline: (toolName, parameters) => ({
    hookName: 'PreToolUse',
    taskId: 's',
    workspaceRoots: ['/w'],
    preToolUse: { toolName, parameters },
  }),
  goose: (tool_name, tool_input) => ({ event: 'PreToolUse', session_id: 's', working_dir: '/w', tool_name, tool_input }),
  opencode: (tool_name, tool_input) => ({ session_id: 's', cwd: '/w', hook_event_name: 'tool.execute.before', tool_name, tool_input }),
  droid: (tool_name, tool_input) => ({ session_id: 's', cwd: '/w', hook_event_name: 'PreToolUse', tool_name, tool_input }),
  openclaw: (tool_name, tool_input) => ({ session_id: 's', cwd: '/w', hook_event_name: 'before_tool_call', tool_name, tool_input }),
  kiro: (tool_name, tool_input) => ({ session_id: 's', cwd: '/w', hook_event_name: 'preToolUse', tool_name, tool_input }),
}
/** A result of a tool as each host tells it, where it lets its results be changed. */
type Came = (text: string) => object
const RESULTS: Readonly<Record<string, Came>> = {
  'claude-code': (stdout) => ({
    session_id: 's',
    hook_event_name: 'PostToolUse',
    tool_name: 'Bash',
    tool_input: { command: 'x' },
    tool_response: { stdout, stderr: '', interrupted: false },
  }),
  codex: (tool_response) => ({ session_id: 's', hook_event_name: 'PostToolUse', tool_name: 'Bash', tool_input: {}, tool_response }),
  gemini: (llmContent) => ({
    session_id: 's',
    hook_event_name: 'AfterTool',
    tool_name: 'run_shell_command',
    tool_input: {},
    tool_response: { llmContent, returnDisplay: 'shown' },
  }),
  cursor: (text) => ({
    conversation_id: 's',
    hook_event_name: 'postToolUse',
    tool_name: 'MCP:fetch',
    tool_input: '{}',
    tool_output: JSON.stringify({ content: [{ type: 'text', text }] }),
  }),
  opencode: (tool_response) => ({
    session_id: 's',
    hook_event_name: 'tool.execute.after',
    tool_name: 'bash',
    tool_input: {},
    tool_response,
  }),
  openclaw: (text) => ({
    session_id: 's',
    hook_event_name: 'tool_result',
    tool_name: 'exec',
    tool_input: {},
    tool_response: [{ type: 'text', text }],
  }),
  copilot: (textResultForLlm) => ({
    sessionId: 's',
    toolName: 'bash',
    toolArgs: {},
    toolResult: { resultType: 'success', textResultForLlm },
  }),
}
/** `a key` masked wherever it stands. */
function maskedIn(value: Json, pointer: string): readonly { readonly pointer: string; readonly value: string }[] {
  if (typeof value === 'string') return value.includes('a key') ? [{ pointer, value: value.replace('a key', '***') }] : []
  return Object.entries(value ?? {}).flatMap(([key, item]) => maskedIn(item as Json, `${pointer}/${key}`))
}
const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
const textOf = (answer: Answer): string => Buffer.from(answer.payload ?? []).toString()
const callFor = (host: HookHost) => CALLS[host.facts.client] ?? (() => ({}))

/** What the makers say refuses a call: a decision in so many words with a reason, or the exit code. */
function refuses({ stdout, exit }: { readonly stdout: string; readonly exit: number }, reason: string): boolean {
  if (exit === 2) return true
  const said = JSON.parse(stdout) as Record<string, Record<string, unknown>>
  const output = said['hookSpecificOutput'] ?? said
  const no =
    ['deny', 'block'].includes(String(output['permissionDecision'] ?? output['decision'] ?? output['permission'])) ||
    output['cancel'] === true
  return no && stdout.includes(JSON.stringify(reason))
}

it('has a gate for every host, with the facts that its front-ends know', () => {
  expect(HOOK_HOSTS.map((host) => host.facts.client).toSorted()).toEqual(Object.keys(CALLS).toSorted())
  expect(HOOK_FACTS.map((facts) => facts.client).toSorted()).toEqual(Object.keys(CALLS).toSorted())
  const names = new Set(GATES.map((gate) => gate.name))
  expect(HOOK_HOSTS.every((host) => names.has(host.facts.client))).toBe(true)
})

it('holds a call of the Cline command line, which calls its events by other names than the extension', async () => {
  const cline = HOOK_HOSTS.find((host) => host.facts.client === 'cline')
  if (cline === undefined) throw new Error('there is no Cline')
  const agent = new ScriptedHost()
  agent.rule = () => ({ decision: 'D', action: 'block', edits: [], text: 'No.', followed: true })
  const caller = { gate: 'cline', ancestry: [], cwd: '/c', user: 'ann', home: '/h', claims: {} }
  const told = {
    taskId: 'conv',
    sessionContext: { rootSessionId: 'root' },
    workspaceRoots: ['/w'],
    agent_id: 'a2',
    parent_agent_id: 'a1',
    hookName: 'tool_call',
    tool_call: { id: 'call_1', name: 'run_commands', input: { commands: ['cd x', 'rm -r y'] } },
    preToolUse: { toolName: 'run_commands', parameters: { commands: '["cd x","rm -r y"]' } },
  }
  const none = { asking: () => undefined, notice: () => undefined }
  const answer = await hookGate(cline).start(agent)(caller).intercept(bytes(told), none, new AbortController().signal)
  expect(JSON.parse(textOf(answer))).toEqual({ cancel: true, errorMessage: 'No.' })
  expect(agent.judged[0]).toMatchObject({
    hostSession: 'root',
    chain: ['a2'],
    call: { callId: 'call_1', tool: 'execute_command', args: { command: 'cd x\nrm -r y' } },
  })
})

describe.each(HOOK_HOSTS.map((host) => [host.facts.client, host] as const))('the gate at the hooks of %s', (client, host) => {
  const { facts } = host
  gateContract({
    gate: hookGate(host),
    call: (tool, args) => bytes(callFor(host)(tool, JSON.parse(JSON.stringify(args)))),
    untouched: (answer) => textOf(answer) === facts.quiet && answer.extra?.['exit'] === 0,
    stops: (answer, reason) =>
      refuses({ stdout: textOf(answer), exit: Number(answer.extra?.['exit']) }, reason) && answer.extra?.['stderr'] === reason,
  })

  async function asked(ruling: Ruling) {
    const agent = new ScriptedHost()
    agent.rule = () => ruling
    const caller = { gate: client, ancestry: [], cwd: '/c', user: 'ann', home: '/h', claims: {} }
    const conversation = hookGate(host).start(agent)(caller)
    const message = bytes(callFor(host)('do_it', { a: 'secret', b: 1 }))
    const answer = await conversation.intercept(message, { asking: () => undefined, notice: () => undefined }, new AbortController().signal)
    return { agent, answer, stdout: textOf(answer), exit: Number(answer.extra?.['exit']) }
  }

  it('tells where a call comes from', async () => {
    const { agent } = await asked({ decision: 'D', action: 'release', edits: [], text: '', followed: true })
    expect(agent.judged[0]).toMatchObject({ gate: client, hostSession: 's' })
    expect(agent.judged[0]?.call.cwd).toBe(client === 'windsurf' ? '/c' : '/w')
  })

  it('never lets a call go on as it came when the ruling is a question or another text', async () => {
    const question = await asked({ decision: 'D', action: 'ask-host', edits: [], text: 'Really?', followed: true })
    const wants = question.agent.judged[0]?.asks
    if (wants === 'host') expect(question.stdout).toMatch(/"(permissionDecision|permission)":"ask".*Really\?/)
    else expect(refuses(question, 'Really?')).toBe(true)
    const masked = await asked({
      decision: 'D',
      action: 'release',
      edits: [{ pointer: '/a', value: '***' }],
      text: 'Masked.',
      followed: true,
    })
    if (host.edited === undefined)
      expect(refuses(masked, `Masked. ${facts.product} lets no hook change a call, so this one did not run.`)).toBe(true)
    else expect(JSON.stringify(JSON.parse(masked.stdout))).toContain('{"a":"***","b":1}')
  })

  const came = RESULTS[client]
  it.skipIf(came === undefined)('gives the model what a ruling leaves of a result, and takes in the same', async () => {
    expect(host.results).toBeDefined()
    const result = async (rule: ScriptedHost['resultRule'], text: string) => {
      const agent = new ScriptedHost()
      agent.resultRule = rule
      const caller = { gate: client, ancestry: [], cwd: '/c', user: 'ann', home: '/h', claims: {} }
      const none = { asking: () => undefined, notice: () => undefined }
      const answer = await hookGate(host)
        .start(agent)(caller)
        .intercept(bytes(came?.(text)), none, new AbortController().signal)
      const texts = agent.observed.map(({ event }) => (event.type === 'context' ? event.text : ''))
      return {
        stdout: textOf(answer),
        exit: answer.extra?.['exit'],
        texts,
        came: agent.log.flatMap((one) => ('came' in one ? [one.came] : [])),
      }
    }
    const plain = await result(() => undefined, 'a key')
    expect([plain.stdout, plain.came.length]).toEqual([facts.quiet, 1])
    // Cursor tells the text by another event.
    if (client !== 'cursor') expect(plain.texts).toEqual([expect.stringContaining('a key')])
    const masked = await result(({ result: whole }) => {
      return { action: 'release', edits: maskedIn(whole, ''), text: 'Masked.' }
    }, 'a key')
    expect(masked.exit).toBe(0)
    expect(masked.stdout).toContain('***')
    expect(masked.stdout).not.toContain('a key')
    if (client !== 'cursor') expect(masked.texts).toEqual([expect.stringContaining('***')])
    const kept = await result(() => ({ action: 'withhold', edits: [], text: 'Kept back.' }), 'a key')
    expect(kept.stdout).toContain('Kept back.')
    expect(kept.stdout + kept.texts.join()).not.toContain('a key')
    expect(() => JSON.parse(kept.stdout) as unknown).not.toThrow()
  })

  it('never refuses without a reason', () => {
    for (const event of [...facts.guards, '', 'another'])
      for (const reason of ['', ' ', '$reason "quoted" $event $& \n']) {
        const answer = denial(facts, event, reason)
        expect(answer.stderr.trim()).not.toBe('')
        if (answer.stdout !== '') expect(() => JSON.parse(answer.stdout) as unknown).not.toThrow()
      }
  })

  describe('in its front-end without an agent', () => {
    const state = mkdtempSync(join(tmpdir(), 'assize-'))
    const run = (input: Buffer | string) =>
      runHook({ facts, state, platform: currentPlatform(), deadline: 300 }, Readable.from([Buffer.from(input)]))

    it('refuses what could do something, saying how to mend it', async () => {
      const result = await run(bytes(callFor(host)('do_it', { command: 'touch x' })))
      expect(result.stderr).toMatch(/^Blocked by Assize: .* did not run .*assize agent/)
      expect(refuses(result, result.stderr.trimEnd())).toBe(true)
    })

    it.each([
      ['nothing', ''],
      ['no JSON', '{'],
      ['no event', '{}'],
      ['no object', '[]'],
      ['bytes', '\u0000\ufffd'],
    ])('exits 2 with a reason on %s', async (_name, input) => {
      const result = await run(input)
      expect(result.exit).toBe(2)
      expect(result.stderr).toMatch(/^Blocked by Assize: .+\n$/)
    })

    it('lets only its own looking tools go on, and writes them down', async () => {
      const [tool = ''] = facts.looks
      const own =
        client === 'windsurf'
          ? { agent_action_name: 'pre_read_code', trajectory_id: 's', tool_info: {} }
          : callFor(host)(tool, { path: '/secret/place' })
      expect(await run(bytes(own))).toEqual({ stdout: facts.quiet, stderr: '', exit: 0 })
      const spool = readFileSync(join(state, 'unjudged.jsonl'), 'utf8')
      expect(JSON.parse(spool)).toMatchObject({ gate: client, tool, session: 's' })
      expect(spool).not.toContain('/secret/place')
      for (const place of facts.foreign ?? []) {
        const foreign = { ...callFor(host)(tool, {}), [place]: 'x' }
        expect((await run(bytes(foreign))).stderr).toMatch(/did not run/)
      }
    })
  })
})
