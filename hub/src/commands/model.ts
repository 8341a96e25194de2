import { MODEL_OFFER_BYTES } from '@assize/kernel'
import type { Command } from 'commander'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { parseDuration } from '../config/config.ts'
import { HubError, isHubError } from '../platform/errors.ts'
import { openStateDirectory } from '../platform/state-directory.ts'
import type { modelSchema, modelStateSchema } from '../serve/model-schemas.ts'
import { type GlobalOptions, globalOptions, say, usage } from './commands.ts'
import { findHub, type HubClient } from './hub-client.ts'
import { releaseOf, taskOf } from './model-arguments.ts'
import { runModelEval } from './model-eval.ts'

type Model = z.infer<typeof modelSchema>
type ModelState = z.infer<typeof modelStateSchema>

const MOST_FILES = 20
const TASKS = 'what it reads: `texts` or `calls`'

export function addModelCommands(program: Command): void {
  const models = program.command('model').description('models of the fleet')
  models
    .command('add')
    .description('check a model as agents will, sign it and keep it; nothing runs it yet')
    .argument('<dir>', 'folder with model.onnx, card.yaml and golden.jsonl')
    .option('--expires <d>', 'such as 30d (90d)')
    .action(add)
  models.command('list').description('releases, what they are used for, and what each agent runs').action(list)
  models
    .command('eval')
    .description('how well a release tells labelled texts apart; kept beside its card')
    .argument('<task>', TASKS)
    .argument('<version>', 'release')
    .argument('<files...>', 'JSON Lines with text and label, or question and serves; .gz too')
    .action(function (this: Command, task: string, version: string, files: readonly string[]) {
      return runModelEval(globalOptions(this), { task: taskOf(task), version: releaseOf(version), files })
    })
  models
    .command('promote')
    .description('have agents run a release')
    .argument('<task>', TASKS)
    .argument('<version>', 'release')
    .option('--shadow', 'its scores are counted and used for nothing')
    .action(promote)
  models
    .command('rollback')
    .description('have agents go back to the model that was active before, or the one that ships')
    .argument('<task>', TASKS)
    .option('--shadow', 'take the one in the shadow away instead')
    .action(rollBack)
}

async function add(folder: string, flags: { readonly expires?: string }, command: Command): Promise<void> {
  const options = globalOptions(command)
  const lifetime = flags.expires === undefined ? undefined : parseDuration(flags.expires)
  if (flags.expires !== undefined && lifetime === undefined)
    throw usage(`\`${flags.expires}\` is not a duration.`, 'Use one such as 12h or 30d.')
  const files = Object.fromEntries([...readFolder(folder)].map(([path, bytes]) => [path, bytes.toString('base64')]))
  const expires = lifetime === undefined ? {} : { expires: new Date(Date.now() + lifetime).toISOString() }
  const model = (await hubOf(options).post('/api/v1/models', { files, ...expires })) as Model
  say(
    options,
    `Added ${nameOf(model)} as release ${model.version} of models that read ${model.task}. Nothing runs it until it is promoted.`,
    model,
  )
}

async function promote(task: string, version: string, flags: { readonly shadow?: boolean }, command: Command): Promise<void> {
  const options = globalOptions(command)
  const place = flags.shadow === true ? 'shadow' : 'active'
  const model = (await hubOf(options).post(`/api/v1/models/${taskOf(task)}/${releaseOf(version)}/promote`, { place })) as Model
  const use = place === 'shadow' ? 'run it in the shadow: its scores are counted and used for nothing' : 'use it'
  say(options, `Agents that are connected are told to ${use}: ${nameOf(model)}, release ${model.version}.`, model)
}

async function rollBack(task: string, flags: { readonly shadow?: boolean }, command: Command): Promise<void> {
  const options = globalOptions(command)
  const place = flags.shadow === true ? 'shadow' : 'active'
  const { now } = (await hubOf(options).post(`/api/v1/models/${taskOf(task)}/rollback`, { place })) as { readonly now?: Model }
  const back = now === undefined ? 'the model that ships with agents' : `${nameOf(now)}, as release ${now.version}`
  say(options, place === 'shadow' ? 'Nothing is in the shadow any more.' : `Agents are told to go back to ${back}.`, { now: now ?? null })
}

async function list(_flags: object, command: Command): Promise<void> {
  const options = globalOptions(command)
  const hub = hubOf(options)
  const { items: models } = (await hub.get('/api/v1/models?limit=500')) as { readonly items: readonly Model[] }
  const { items: agents } = (await hub.get('/api/v1/models/agents')) as { readonly items: readonly ModelState[] }
  const lines = [
    ...models.map(
      (model) =>
        `${model.task.padEnd(5)} ${String(model.version).padStart(4)}  ${(model.place ?? '-').padEnd(6)}  ${nameOf(model)}  ${reachOf(model)}`,
    ),
    ...(models.length === 0 ? ['No model was added to this hub; agents run the one that ships, or what their administrators chose.'] : []),
    ...agents.map((one) => `${one.hostname}  ${one.task}: ${runningOf(one)}`),
  ]
  say(options, lines.join('\n'), { models, agents })
}

function reachOf({ agents }: Model): string {
  return `active on ${agents.active}, in the shadow on ${agents.shadow}, refused by ${agents.refused}, pending on ${agents.pending}`
}

function runningOf({ mode, active, shadow, comparison, problems }: ModelState): string {
  const used = active === undefined ? 'no model' : `${active.name} ${active.version}${active.manifestHash === '' ? ' (shipped)' : ''}`
  const tried = shadow === undefined ? '' : `, ${shadow.name} ${shadow.version} in the shadow`
  const both = comparison === undefined ? '' : `, ${comparison.compared} texts compared`
  const drift = [...(active?.drifted ?? [])]
  const drifted = drift.length === 0 ? '' : `, drifted in ${drift.join(', ')}`
  return `${mode === 'on' ? '' : `models are ${mode === 'off' ? 'off' : 'only counted'}; `}${used}${tried}${both}${drifted}${problems.length === 0 ? '' : `; ${problems.join(' ')}`}`
}

function nameOf({ name, modelVersion }: Model): string {
  return `${name} ${modelVersion}`
}

/** Models are handed out by a hub that runs: only it knows which agents are there. */
function hubOf(options: GlobalOptions): HubClient {
  const hub = findHub(openStateDirectory(options.state))
  if (hub !== undefined) return told(hub)
  throw notRunning()
}

function told(hub: HubClient): HubClient {
  const orWhy = (error: unknown): never => {
    throw isHubError(error) && error.code === 'unreachable' ? notRunning() : error
  }
  return { url: hub.url, post: (path, body) => hub.post(path, body).catch(orWhy), get: (path) => hub.get(path).catch(orWhy) }
}

function notRunning(): HubError {
  return new HubError({
    code: 'unreachable',
    status: 503,
    detail: 'The hub does not run, so nothing was changed.',
    protection: 'Agents keep the models they have.',
    remedy: 'Start it with `assize-hub serve`, or name it with ASSIZE_HUB and ASSIZE_TOKEN.',
  })
}

/** A model's files lie side by side; links and folders are not followed. */
function readFolder(folder: string): ReadonlyMap<string, Buffer> {
  try {
    const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'))
    const odd = entries.find((entry) => !entry.isFile())
    if (odd !== undefined) throw new Error(`${odd.name} is not a plain file`)
    const bytes = entries.reduce((sum, { name }) => sum + lstatSync(join(folder, name)).size, 0)
    if (entries.length > MOST_FILES || bytes > MODEL_OFFER_BYTES)
      throw new Error(`it holds more than ${MOST_FILES} files or ${MODEL_OFFER_BYTES} bytes`)
    return new Map(entries.map(({ name }) => [name, readFileSync(join(folder, name))]))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw usage(
      `\`${folder}\` cannot be read as a model (${why}), so nothing was added.`,
      'Name the folder that holds model.onnx and card.yaml.',
    )
  }
}
