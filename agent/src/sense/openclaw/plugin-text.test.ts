import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { pluginText } from './plugin-text.ts'

type Handler = (event: object, context: object) => Promise<Record<string, unknown> | undefined>

/** What the hook program says to an event; nothing is a program that fails. */
type Says = Readonly<Record<string, string>>
const PROGRAM = `import { appendFileSync } from 'node:fs'
const says = JSON.parse(process.argv[3])
let text = ''
process.stdin.on('data', (part) => (text += part)).on('end', () => {
  appendFileSync(process.argv[2], text + '\\n')
  const said = says[JSON.parse(text).hook_event_name]
  if (said === undefined) process.exit(1)
  console.log(said)
})`

/** The plugin as OpenClaw would load it. */
async function plugin(
  says: Says = { before_tool_call: '{}', tool_result: '{}', before_agent_run: '{}', before_agent_task: '{}', session_end: '{}' },
) {
  const folder = mkdtempSync(join(tmpdir(), 'assize-openclaw-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const log = join(folder, 'told')
  writeFileSync(log, '')
  writeFileSync(join(folder, 'hook.mjs'), PROGRAM)
  writeFileSync(join(folder, 'assize.mjs'), pluginText([process.execPath, join(folder, 'hook.mjs'), log, JSON.stringify(says)]))
  const { default: entry } = (await import(pathToFileURL(join(folder, 'assize.mjs')).href)) as {
    default: { register(api: object): void }
  }
  const on = new Map<string, Handler>()
  entry.register({
    on: (name: string, handler: Handler) => on.set(name, handler),
    registerAgentToolResultMiddleware: (handler: Handler) => on.set('result', handler),
  })
  const call = (name: string, event: object, context: object) => on.get(name)?.(event, context) ?? Promise.reject(new Error(name))
  const told = () =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  return { call, told }
}

const EXEC = { toolName: 'exec', toolCallId: 'c', params: { command: 'ls' } }
const MAIN = { sessionKey: 'agent:main:main', sessionId: 'one' }
const RESULT = {
  toolName: 'exec',
  toolCallId: 'c',
  args: {},
  result: { content: [{ type: 'text', text: 'hi' }], details: { aggregated: 'hi' } },
}

describe('the plugin for OpenClaw', () => {
  test('refuses with a reason what is denied and what nobody could decide, and changes what is masked', async () => {
    const denied = await plugin({ before_tool_call: '{"decision":"deny","reason":"No."}' })
    expect(await denied.call('before_tool_call', EXEC, MAIN)).toEqual({ block: true, blockReason: 'No.' })
    const failed = await plugin({})
    expect(await failed.call('before_tool_call', EXEC, MAIN)).toMatchObject({
      block: true,
      blockReason: expect.stringMatching(/hook failed/),
    })
    const broken = await plugin({ before_tool_call: 'no JSON' })
    expect(await broken.call('before_tool_call', EXEC, MAIN)).toMatchObject({ block: true })
    const masked = await plugin({ before_tool_call: '{"decision":"allow","input":{"command":"***"}}' })
    expect(await masked.call('before_tool_call', EXEC, MAIN)).toEqual({ params: { command: '***' } })
    const allowed = await plugin()
    expect(await allowed.call('before_tool_call', EXEC, MAIN)).toBeUndefined()
  })

  test('gives back what is left of a result and nothing beside it, and keeps back what nobody could judge', async () => {
    const masked = await plugin({ tool_result: '{"decision":"allow","output":[{"type":"text","text":"***"}]}' })
    expect(await masked.call('result', RESULT, MAIN)).toEqual({ result: { content: [{ type: 'text', text: '***' }], details: {} } })
    expect(await (await plugin()).call('result', RESULT, MAIN)).toBeUndefined()
    expect(JSON.stringify(await (await plugin({})).call('result', RESULT, MAIN))).toMatch(/kept this result back/)
  })

  test('knows a conversation until it is begun anew', async () => {
    const { call, told } = await plugin()
    await call('before_tool_call', EXEC, MAIN)
    await call('session_end', { sessionKey: MAIN.sessionKey, reason: 'compaction' }, {})
    await call('before_tool_call', EXEC, { ...MAIN, sessionId: 'shortened' })
    await call('session_end', { sessionKey: MAIN.sessionKey, reason: 'new' }, {})
    await call('before_tool_call', EXEC, { ...MAIN, sessionId: 'two' })
    expect(told().map(({ session_id }) => session_id)).toEqual(['one', 'one', 'one', 'two'])
  })

  test('counts a sub-agent for the session that began it, and runs nothing of one that nobody began', async () => {
    const { call, told } = await plugin()
    const child = { sessionKey: 'agent:main:subagent:7', sessionId: 'seven' }
    expect(await call('before_tool_call', EXEC, child)).toMatchObject({ block: true, blockReason: expect.stringMatching(/which session/) })
    await call('before_tool_call', EXEC, MAIN)
    await call('subagent_spawned', { childSessionKey: child.sessionKey }, { requesterSessionKey: MAIN.sessionKey })
    await call('before_tool_call', EXEC, child)
    await call('before_agent_run', { prompt: 'Look there.' }, { ...child, trigger: 'user' })
    expect(told().slice(-2)).toMatchObject([
      { session_id: 'one', agent_id: 'subagent' },
      { hook_event_name: 'before_agent_task', task: 'Look there.', session_id: 'one' },
    ])
  })

  test("tells the owner's word from what comes in by itself", async () => {
    const { call, told } = await plugin()
    await call('before_agent_run', { prompt: 'Mine.', senderIsOwner: true }, { ...MAIN, trigger: 'user' })
    await call('before_agent_run', { prompt: 'From a channel.', senderIsOwner: false }, { ...MAIN, trigger: 'user' })
    await call('before_agent_run', { prompt: 'From somebody.', senderId: '+1555' }, { ...MAIN, trigger: 'user' })
    await call('before_agent_run', { prompt: 'At the keyboard.' }, { ...MAIN, trigger: 'user' })
    await call('before_agent_run', { prompt: 'Every day.' }, { ...MAIN, trigger: 'cron' })
    expect(told().map(({ origin }) => origin)).toEqual([
      undefined,
      'OpenClaw, user, not its owner',
      'OpenClaw, user, not its owner',
      undefined,
      'OpenClaw, cron',
    ])
  })
})
