import { Readable } from 'node:stream'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { currentPlatform } from '../../platform/platform.ts'
import { gateContract } from '../gate.contract.ts'
import type { Answer } from '../gate.ts'
import { runHook } from '../hook-front-end.ts'
import { blocked, ScriptedHost } from '../scripted-host.fixture.ts'
import facts from './host.json' with { type: 'json' }
import { claudeCode } from './index.ts'
import { hookSettings } from './settings.ts'

const caller = { gate: 'claude-code', ancestry: [], cwd: '/w', user: 'ann', home: '/h', claims: {} }
const frontEnd = { asking: () => undefined, notice: () => undefined }
const payload = (event: string, more: object = {}): Buffer =>
  Buffer.from(JSON.stringify({ session_id: 's1', cwd: '/w', hook_event_name: event, ...more }))
const outputOf = (answer: Answer): Record<string, never> =>
  JSON.parse(Buffer.from(answer.payload ?? []).toString()) as Record<string, never>

function open() {
  const host = new ScriptedHost()
  const converse = claudeCode.start(host)
  return { host, send: (message: Buffer) => converse(caller).intercept(message, frontEnd, new AbortController().signal) }
}

describe('the Claude Code gate', () => {
  gateContract({
    gate: claudeCode,
    call: (tool, args) =>
      payload('PreToolUse', { tool_name: tool, tool_input: JSON.parse(JSON.stringify(args)) as object, tool_use_id: 't' }),
    untouched: (answer) => Buffer.from(answer.payload ?? []).toString() === '{}\n',
    stops: (answer, reason) =>
      outputOf(answer)['hookSpecificOutput']?.['permissionDecision'] === 'deny' && answer.extra?.['stderr'] === reason,
  })

  it('takes prompts as the word of the person, and what the host adds as text from outside', async () => {
    const { host, send } = open()
    await send(payload('UserPromptSubmit', { prompt: 'Fix it' }))
    await send(payload('UserPromptSubmit', { prompt: 'Background task said', source: 'system' }))
    expect(host.observed.map(({ event, hostSession }) => [event.type, hostSession])).toEqual([
      ['prompt', 's1'],
      ['context', 's1'],
    ])
  })

  it('takes what servers write as text from outside, and keeps that settings changed', async () => {
    const { host, send } = open()
    await send(payload('UserPromptExpansion', { expansion_type: 'mcp_prompt', command_name: 'mcp__x__plan', prompt: 'Do this' }))
    await send(payload('UserPromptExpansion', { expansion_type: 'slash_command', command_name: 'fix', prompt: '/fix' }))
    await send(payload('Elicitation', { mcp_server_name: 'x', message: 'Your key?', mode: 'form' }))
    await send(payload('ConfigChange', { source: 'project_settings', file_path: '/w/.claude/settings.json' }))
    expect(host.observed.map(({ event }) => event)).toMatchObject([
      { type: 'context', text: 'Do this', origin: 'prompt mcp__x__plan' },
      { type: 'context', text: 'Your key?', origin: 'question of x' },
    ])
    expect(host.log.at(-1)).toEqual({ noted: 'gate.settings-changed' })
  })

  it('takes results in with their origin, across hook processes, and says what became of the call', async () => {
    const { host, send } = open()
    await send(payload('PreToolUse', { tool_name: 'Read', tool_input: { file_path: '/w/a' }, tool_use_id: 'u1' }))
    await send(
      payload('PostToolUse', {
        tool_name: 'Read',
        tool_input: { file_path: '/w/a' },
        tool_use_id: 'u1',
        tool_response: { type: 'text', file: { filePath: '/w/a', content: 'Body' } },
      }),
    )
    expect(host.observed[0]?.event).toMatchObject({ channel: 'tool_result', tool: 'Read', origin: '/w/a', text: 'Body', callId: 'u1' })
    expect(host.log).toContainEqual({ settled: 'D1', outcome: 'released' })
    await send(payload('PostToolUse', { tool_name: 'Write', tool_input: {}, tool_response: { content: 'what the model wrote' } }))
    expect(host.observed).toHaveLength(1)
    await send(payload('PostToolUseFailure', { tool_name: 'Bash', tool_input: {}, error: 'exit 1: no' }))
    expect(host.observed[1]?.event).toMatchObject({ isError: true, text: 'exit 1: no' })
  })

  it('names MCP tools by their server and sub-agents by their type', async () => {
    const { host, send } = open()
    await send(payload('PreToolUse', { tool_name: 'mcp__files__read__all', tool_input: {}, agent_type: 'Explore', agent_id: 'a1' }))
    expect(host.judged[0]).toMatchObject({ call: { server: 'files', tool: 'read__all' }, chain: ['Explore'], asks: 'host' })
    await send(payload('PreToolUse', { tool_name: 'Bash', tool_input: {}, agent_type: 'reviewer' }))
    expect(host.judged[1]?.chain).toEqual([])
    const told = { tool_name: 'mcp__my_own__files__read', tool_input: {}, mcp_server: { name: 'my own__files', source: 'user' } }
    await send(payload('PreToolUse', told))
    expect(host.judged[2]?.call).toMatchObject({ server: 'my own__files', tool: 'read' })
    await send(payload('SubagentStart', { agent_type: 'Explore' }))
    await send(payload('SessionEnd'))
    expect(host.log.slice(-2)).toMatchObject([{ observed: { event: { type: 'delegation', to: 'Explore' } } }, { ended: 's1' }])
  })

  it('lets Claude Code ask, and masks inputs only with a permission beside them', async () => {
    const { host, send } = open()
    host.rule = () => ({ decision: 'D', action: 'ask-host', edits: [], text: 'Really?', followed: true })
    const ask = outputOf(await send(payload('PreToolUse', { tool_name: 'Bash', tool_input: {} })))
    expect(ask['hookSpecificOutput']).toEqual({
      hookEventName: 'PreToolUse',
      permissionDecision: 'ask',
      permissionDecisionReason: 'Really?',
    })
    host.rule = () => ({ decision: 'D', action: 'release', edits: [{ pointer: '/a/0', value: '***' }], text: 'Masked.', followed: true })
    const input = { a: ['secret', 'b'], c: 1 }
    expect(outputOf(await send(payload('PreToolUse', { tool_name: 'X', tool_input: input })))['hookSpecificOutput']).toMatchObject({
      permissionDecision: 'ask',
      updatedInput: { a: ['***', 'b'], c: 1 },
    })
    expect(
      outputOf(await send(payload('PreToolUse', { tool_name: 'X', tool_input: input, permission_mode: 'acceptEdits' })))[
        'hookSpecificOutput'
      ],
    ).toMatchObject({ permissionDecision: 'allow' })
  })

  it("answers a permission dialog only with a no, and only Claude's own keys", async () => {
    const { host, send } = open()
    const message = payload('PermissionRequest', { tool_name: 'Bash', tool_input: {} })
    expect(outputOf(await send(message))).toEqual({})
    host.rule = () => blocked
    expect(outputOf(await send(message))).toEqual({
      hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'deny', message: blocked.text, interrupt: false } },
    })
  })
})

describe('the hook process', () => {
  const state = mkdtempSync(join(tmpdir(), 'assize-'))
  const run = (input: Buffer | string, deadline = 300) =>
    runHook({ facts, state, platform: currentPlatform(), deadline }, Readable.from([Buffer.from(input)]))

  it('blocks what could do something while no agent answers, saying why and how to mend it', async () => {
    const result = await run(payload('PreToolUse', { tool_name: 'Bash', tool_input: { command: 'touch x' } }))
    const reason = (JSON.parse(result.stdout) as { hookSpecificOutput: { permissionDecision: string; permissionDecisionReason: string } })
      .hookSpecificOutput
    expect([result.exit, reason.permissionDecision]).toEqual([0, 'deny'])
    expect(reason.permissionDecisionReason).toMatch(/assize agent/)
    expect(result.stderr).toContain(reason.permissionDecisionReason)
  })

  it('lets looking go on, and writes it down without its arguments', async () => {
    expect(await run(payload('PreToolUse', { tool_name: 'Read', tool_input: { file_path: '/secret/place' } }))).toEqual({
      stdout: '{}\n',
      stderr: '',
      exit: 0,
    })
    const spool = readFileSync(join(state, 'unjudged.jsonl'), 'utf8')
    expect(JSON.parse(spool)).toMatchObject({ tool: 'Read', event: 'PreToolUse', session: 's1' })
    expect(spool).not.toContain('/secret/place')
  })

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['no event', '{}'],
    ['no object', '[]'],
    ['deep nesting', '['.repeat(100_000)],
    ['bytes', '\u0000\ufffd'],
  ])('exits 2 with a reason on %s', async (_name, input) => {
    const result = await run(input)
    expect(result.exit).toBe(2)
    expect(result.stderr).toMatch(/^Blocked by Assize: .+\n$/)
  })

  it('does not wait for input that never ends', async () => {
    const started = performance.now()
    const result = await runHook({ facts, state, platform: currentPlatform(), deadline: 300 }, new Readable({ read: () => undefined }))
    expect(result.exit).toBe(2)
    expect(performance.now() - started).toBeLessThan(3000)
  })

  it('is installed so that its failure blocks', () => {
    const settings = hookSettings({ command: ['/usr/bin/node', 'main.mjs', 'hook', 'claude-code'], os: 'linux' })
    const guarding = settings.hooks['PreToolUse']?.[0].hooks[0]
    expect(guarding).toMatchObject({ type: 'command', command: '/bin/sh', timeout: 10, onFailure: 'block' })
    expect(guarding?.args[1]).toContain('/usr/bin/node main.mjs hook claude-code')
    const telling = settings.hooks['SessionEnd']?.[0].hooks[0]
    expect([telling?.command, telling?.onFailure]).toEqual(['/usr/bin/node', undefined])
  })
})
