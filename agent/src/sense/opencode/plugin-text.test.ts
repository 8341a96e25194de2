import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { pluginText } from './plugin-text.ts'

/** OpenCode as far as its plugins see it: sessions, and how long it takes to say whose one is. */
interface Sessions {
  readonly parents: Readonly<Record<string, string>>
  answersAfterMs(id: string): number
}

interface Plugin {
  'tool.execute.before'(input: object, output: { args: object }): Promise<void>
  'tool.execute.after'(input: object, output: { output: string }): Promise<void>
  'chat.message'(input: object, output: object): Promise<void>
  event(told: { event: object }): Promise<void>
}

const ALLOWS = `import { appendFileSync } from 'node:fs'
let text = ''
process.stdin.on('data', (part) => (text += part)).on('end', () => (appendFileSync(process.argv[2], text + '\\n'), console.log('{}')))`

/** The plugin as OpenCode would load it, before a hook program that writes down what it is told and allows it. */
async function plugin({ parents, answersAfterMs }: Sessions) {
  const folder = mkdtempSync(join(tmpdir(), 'assize-opencode-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const log = join(folder, 'told')
  writeFileSync(log, '')
  writeFileSync(join(folder, 'hook.mjs'), ALLOWS)
  writeFileSync(join(folder, 'assize.mjs'), pluginText([process.execPath, join(folder, 'hook.mjs'), log]))
  const { Assize } = (await import(pathToFileURL(join(folder, 'assize.mjs')).href)) as {
    Assize(context: object): Promise<Plugin>
  }
  const session = {
    async get({ path: { id } }: { path: { id: string } }) {
      await new Promise((resolve) => setTimeout(resolve, answersAfterMs(id)))
      return { data: { id, ...(parents[id] === undefined ? {} : { parentID: parents[id] }) } }
    },
  }
  const hooks = await Assize({ client: { session, config: { get: async () => ({ data: {} }) } }, directory: folder })
  const told = () =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  const call = (sessionID: string) => hooks['tool.execute.before']({ sessionID, tool: 'bash', callID: 'c' }, { args: { command: 'ls' } })
  return { hooks, told, call }
}

const SLOW_MS = 1300
const NEVER_MS = 60_000

describe("a sub-agent's session", () => {
  test('belongs to the one that began it, however long OpenCode takes to say so', async () => {
    const { call, told } = await plugin({ parents: { child: 'root' }, answersAfterMs: (id) => (id === 'child' ? SLOW_MS : 0) })
    await call('child')
    await call('child')
    expect(told().map(({ session_id }) => session_id)).toEqual(['root', 'root'])
    expect(told().every(({ agent_id }) => typeof agent_id === 'string')).toBe(true)
  })

  test('that OpenCode does not place makes no call, and is asked about again', async () => {
    let silent = true
    const { call, told } = await plugin({ parents: { child: 'root' }, answersAfterMs: () => (silent ? NEVER_MS : 0) })
    await expect(call('child')).rejects.toThrow(/did not say whose session/)
    expect(told()).toEqual([])
    silent = false
    await call('child')
    expect(told().map(({ session_id }) => session_id)).toEqual(['root'])
  }, 20_000)

  test('that OpenCode announces is not asked about', async () => {
    const { hooks, call, told } = await plugin({ parents: {}, answersAfterMs: () => NEVER_MS })
    await hooks.event({ event: { type: 'session.created', properties: { info: { id: 'root' } } } })
    await hooks.event({ event: { type: 'session.created', properties: { info: { id: 'child', parentID: 'root' } } } })
    await hooks['chat.message']({ sessionID: 'child', agent: 'explore' }, { parts: [{ type: 'text', text: 'Look around.' }] })
    await call('child')
    const place = { session_id: 'root', agent_id: 'explore' }
    expect(told()).toMatchObject([
      { hook_event_name: 'chat.task', task: 'Look around.', ...place },
      { hook_event_name: 'tool.execute.before', ...place },
    ])
  })

  test('that is not placed keeps results back, so that nothing is read unseen', async () => {
    const { hooks } = await plugin({ parents: {}, answersAfterMs: () => NEVER_MS })
    const came = { output: 'what the page says' }
    await hooks['tool.execute.after']({ sessionID: 'child', tool: 'webfetch', callID: 'c', args: {} }, came)
    expect(came.output).toMatch(/Assize/)
    expect(came.output).not.toContain('what the page says')
  }, 20_000)
})

test('a session of its own is told as one, and what is said in it is its person speaking', async () => {
  const { hooks, told } = await plugin({ parents: {}, answersAfterMs: () => 0 })
  await hooks['chat.message']({ sessionID: 'root', agent: 'build' }, { parts: [{ type: 'text', text: 'List the files.' }] })
  expect(told()).toMatchObject([{ hook_event_name: 'chat.message', session_id: 'root', prompt: 'List the files.' }])
  expect(told()[0]).not.toHaveProperty('agent_id')
})

test('sessions that lead in a circle are not placed, and nobody waits for ever', async () => {
  const { call } = await plugin({ parents: { one: 'two', two: 'one' }, answersAfterMs: () => 0 })
  await expect(call('one')).rejects.toThrow(/did not say whose session/)
})
