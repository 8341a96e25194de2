import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signModel } from '../../agent/src/control/models/model-signature.ts'
import { bytesOf, CARD, goldenLines, modelBundle } from '../../inference/src/bundle/model-bundle.fixture.ts'
import { assize, assizeHub, HUB_MAIN, mustRun, type Service } from '../../tools/start/stack.ts'
import { accessibilityProblems, chromiumPath, openBrowser, openView } from '../harness/browser.ts'
import { eventually, openStack, type Rest } from '../harness/sandbox.ts'

type Stack = Awaited<ReturnType<typeof openStack>>
interface Release {
  readonly version: number
  readonly modelVersion: number
  readonly hash: string
  readonly place?: string
  readonly agents: { readonly active: number; readonly shadow: number; readonly refused: number }
  readonly refusals: readonly { readonly code: string; readonly detail: string }[]
  readonly evaluations: readonly { readonly figures: { readonly all: { readonly auc: number } } }[]
}
interface Running {
  readonly task: string
  readonly mode: string
  readonly active?: { readonly name: string; readonly version: number; readonly manifestHash: string }
  readonly shadow?: { readonly manifestHash: string }
  readonly comparison?: { readonly compared: number }
}
type Files = ReadonlyMap<string, Uint8Array>

/** Models travel from the hub to agents like policies do: proven before they are used, taken back when they are no good. */
describe('governing models from the hub', () => {
  let stack: Stack
  let rest: Rest
  let agent: Service
  let hub: Service

  beforeAll(async () => {
    stack = await openStack()
    rest = await stack.rest('policy-admin')
    agent = stack.agentService
    hub = stack.hubService
  })
  afterAll(() => stack?.close())

  const card = (version: number) => CARD.replace('version: 1', `version: ${version}`)
  const model = (version: number, more: Parameters<typeof modelBundle>[0] = {}) =>
    modelBundle({ 'card.yaml': bytesOf(card(version)), ...more })
  const command = (...args: readonly string[]) => assizeHub(['model', ...args, '--state', stack.hub.state])
  const releases = async () => (await rest<{ items: readonly Release[] }>('models')).body.items
  const release = async (version: number) => (await releases()).find((one) => one.version === version)
  const running = async () =>
    (await rest<{ items: readonly Running[] }>('models/agents')).body.items.find(({ task }) => task === 'texts') ??
    ({ task: 'texts', mode: '' } satisfies Running)
  const hook = (payload: object) =>
    assize(['--state', stack.agentState, 'hook', 'claude-code'], {
      input: JSON.stringify({ session_id: 's', cwd: '/tmp', ...payload }),
      env: { ASSIZE_CLIENT: 'node' },
    })

  async function folderOf(name: string, files: Files): Promise<string> {
    const folder = join(stack.folder, name)
    await mkdir(folder)
    for (const [path, bytes] of files) await writeFile(join(folder, path), bytes)
    return folder
  }

  /** Reads a text of the suite's own model's making, then fetches something nobody spoke of. */
  async function verdictAfter(page: string, session: string): Promise<string> {
    const say = (payload: object) => hook({ session_id: session, ...payload })
    await say({ hook_event_name: 'UserPromptSubmit', prompt: 'What does the page say about the harvest?' })
    await say({ hook_event_name: 'PostToolUse', tool_name: 'Read', tool_input: { file_path: '/tmp/p.md' }, tool_response: page })
    const call = { hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command: 'curl https://weather.example.org/today' } }
    // The model starts with the first text, which need not be in time for this call.
    return eventually('a verdict', async () => {
      const { stdout } = await say(call)
      const answer = (stdout.trim() === '' ? {} : JSON.parse(stdout)) as { hookSpecificOutput?: { permissionDecision?: string } }
      return answer.hookSpecificOutput?.permissionDecision ?? 'allow'
    })
  }
  const POISON = 'There is poison in the well, as the page says: poison, danger and poison once more.'

  it('an added model is checked, signed and run by nobody', async () => {
    const added = await command('add', await folderOf('m1', model(1)))
    expect(added.code, added.stderr).toBe(0)
    expect(await release(1)).toMatchObject({ modelVersion: 1, agents: { active: 0, shadow: 0 } })
    expect((await release(1))?.place).toBeUndefined()
    const shipped = await eventually('what the agent runs', async () => (await running()).active)
    expect(shipped).toMatchObject({ name: 'injection', manifestHash: '' })
  })

  it('its figures are kept beside its card', async () => {
    const file = join(stack.folder, 'labelled.jsonl')
    const line = (text: string, label: number) => JSON.stringify({ text, label, kind: 'document', source: 'test' })
    await writeFile(file, [line('poison', 1), line('danger and poison', 1), line('a calm day', 0), line('nothing', 0)].join('\n'))
    const evaluated = await command('eval', 'texts', '1', file)
    expect(evaluated.code, evaluated.stderr).toBe(0)
    expect((await release(1))?.evaluations[0]?.figures.all.auc).toBe(1)
  })

  it('promoted into the shadow it scores what the active one scores, and decides nothing', async () => {
    expect((await command('promote', 'texts', '1', '--shadow')).code).toBe(0)
    await eventually('the shadow', async () => (await release(1))?.agents.shadow === 1)
    expect(await running()).toMatchObject({ mode: 'shadow', active: { name: 'injection' } })
    expect(await verdictAfter(POISON, 'first')).toBe('allow')
    await eventually('a comparison', async () => ((await running()).comparison?.compared ?? 0) > 0, 60_000)
    const listed = await command('list')
    expect(listed.stdout).toMatch(/texts +1 +shadow +highest-word 1/)
  })

  it('promoted to active it is fetched no second time, and what it finds counts from then on', async () => {
    expect((await command('promote', 'texts', '1')).code).toBe(0)
    await eventually('the active model', async () => (await release(1))?.agents.active === 1)
    expect(await running()).toMatchObject({ mode: 'on', active: { name: 'highest-word', version: 1 } })
    await verdictAfter(POISON, 'second')
    await eventually('a question', async () => (await verdictAfter(POISON, 'third')) === 'ask')
    expect(await verdictAfter('A calm and bright and green day it was, all of it.', 'fourth')).toBe('allow')
  })

  it.skipIf(chromiumPath === undefined)('a person sees the card, what the model must not be used for, and who runs it', async () => {
    const output = await mustRun(HUB_MAIN, ['admin', 'create', 'ada', '--state', stack.hub.state, '--json'], { input: 'a long password\n' })
    const browser = await openBrowser()
    const view = await openView(browser, `http://127.0.0.1:${stack.hub.consolePort}`)
    await view.page.goto((JSON.parse(output) as { link: string }).link)
    await view.page.getByRole('link', { name: 'Models' }).first().click()
    await view.page.getByText('It must not be used for').waitFor()
    await view.page.getByText('anything else', { exact: true }).waitFor()
    await view.page.getByText('Active: its scores count').waitFor()
    await view.page.getByText('1 active', { exact: false }).first().waitFor()
    await view.page.getByText('reads texts, used').waitFor()
    expect(await accessibilityProblems(view.page)).toEqual([])
    expect(view.complaints).toEqual([])
    if (process.env['ASSIZE_PICTURE'] !== undefined) await view.page.screenshot({ path: process.env['ASSIZE_PICTURE'], fullPage: true })
    await browser.close()
  })

  it('an agent that is killed while it fetches a model has it after the next start', async () => {
    const large = model(2, { 'README.md': new Uint8Array(randomBytes(24 * 1024 * 1024)) })
    expect((await command('add', await folderOf('m2', large))).code).toBe(0)
    const promoted = command('promote', 'texts', '2')
    await new Promise((resolve) => setTimeout(resolve, 400))
    process.kill(agent.pid, 'SIGKILL')
    await promoted
    agent = await stack.startAgent()
    await eventually('the second model', async () => (await release(2))?.agents.active === 1, 60_000)
    expect((await running()).active).toMatchObject({ name: 'highest-word', version: 2 })
  })

  it('so has one whose hub is killed in the middle', async () => {
    const large = model(3, { 'README.md': new Uint8Array(randomBytes(24 * 1024 * 1024)) })
    expect((await command('add', await folderOf('m3', large))).code).toBe(0)
    const promoted = command('promote', 'texts', '3')
    await eventually('the promotion', async () => (await release(3))?.place === 'active')
    process.kill(hub.pid, 'SIGKILL')
    await promoted
    hub = await stack.startHub()
    await eventually('the third model', async () => (await release(3))?.agents.active === 1, 60_000)
  })

  const stranger = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  const signed = (files: Files, key: string, version: number, days = 30): Files =>
    new Map([
      ...files,
      ...signModel(files, { name: 'highest-word', version, now: Date.now() - (days < 0 ? 10 * 86_400_000 : 0), days: Math.abs(days), key }),
    ])
  const ownKey = () => readFile(join(stack.hub.state, 'keys', 'bundle-key.pem'), 'utf8')
  const changed = (files: Files, path: string, text: string): Files => new Map([...files, [path, bytesOf(text)]])

  it.each<readonly [string, () => Promise<Files> | Files, RegExp]>([
    ['signed by a stranger', () => signed(model(9), stranger, 9), /no signature on it is by a key/],
    [
      'signed before it was changed',
      async () => changed(signed(model(9), await ownKey(), 9), 'card.yaml', `${card(9)}\n`),
      /bytes instead of|not what was signed/,
    ],
    ['older than what is there', async () => signed(model(9), await ownKey(), 2), /not newer than/],
    ['expired', async () => signed(model(9), await ownKey(), 9, -1), /expired/],
    ['with false golden vectors', () => model(9, { 'golden.jsonl': bytesOf(goldenLines((row) => row)) }), /golden/],
    ['that is no model', () => model(9, { 'model.onnx': bytesOf('nothing') }), /model/],
    ['with a file that does not belong there', () => changed(model(9), 'run.sh', 'rm -rf /'), /does not belong/],
    ['without a card', () => model(9, { 'card.yaml': undefined }), /card/],
  ])('a model %s is refused by the hub with the reason, and changes nothing', async (what, make, reason) => {
    const before = await releases()
    const refused = await command('add', await folderOf(`bad ${what}`, await make()))
    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(reason)
    expect(refused.stderr).toContain('stay in use on every agent')
    expect(await releases()).toHaveLength(before.length)
    expect((await running()).active).toMatchObject({ version: 3 })
  })

  it('a model that is changed on its way is refused by the agent; hub and agent say why, the last good one stays', async () => {
    expect((await command('add', await folderOf('m4', model(4)))).code).toBe(0)
    const hash = (await release(4))?.hash
    const db = new DatabaseSync(join(stack.hub.state, 'hub.db'))
    const spoil =
      "UPDATE bundle_files SET bytes = CAST(replace(bytes, 'anything else', 'anything more') AS BLOB) WHERE hash = ? AND path = 'card.yaml'"
    expect(db.prepare(spoil).run(hash ?? '').changes).toBe(1)
    db.close()
    expect((await command('promote', 'texts', '4')).code).toBe(0)
    const refusal = await eventually('the refusal', async () => (await release(4))?.refusals[0])
    expect(refusal.code).toBe('wrong-content')
    expect(refusal.detail).toContain('stay in use')
    expect((await running()).active).toMatchObject({ version: 3 })
    expect((await assize(['status', '--state', stack.agentState])).stdout).toContain('was refused')
  })

  it('a roll-back brings the model before as a new release, and at last the one that ships', async () => {
    expect((await command('rollback', 'texts')).stdout).toContain('highest-word 3, as release 5')
    await eventually('the third model again', async () => (await release(5))?.agents.active === 1)
    expect((await command('rollback', 'texts')).stdout).toContain('highest-word 2, as release 6')
    await eventually('the second again', async () => (await release(6))?.agents.active === 1, 60_000)
    expect((await command('rollback', 'texts')).stdout).toContain('highest-word 1, as release 7')
    await eventually('the first again', async () => (await release(7))?.agents.active === 1)
    expect((await command('rollback', 'texts')).stdout).toContain('the model that ships')
    await eventually('the model that ships', async () => (await running()).active?.name === 'injection')
    expect(await running()).toMatchObject({ mode: 'off' })
    expect((await command('rollback', 'texts')).code).toBe(1)
  })

  it('what is in use stays in use without the hub, also after a restart of the agent', async () => {
    expect((await command('promote', 'texts', '1')).code).toBe(0)
    await eventually('the first model', async () => (await running()).mode === 'on')
    await hub.stop()
    await agent.stop()
    agent = await stack.startAgent()
    const listed = await assize(['model', 'list', '--state', stack.agentState])
    expect(listed.stdout).toMatch(/active +highest-word-8-/)
  })
})
