import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkModelFiles, type ModelCard } from '@assize/inference'
import { stringify } from 'yaml'
import { IdentityKeeper } from '../control/index.ts'
import { callsKeeper } from '../agent-models.ts'
import { readModelFolder } from '../control/models/model-folder.ts'
import { ModelKeeper, type ModelTask } from '../control/models/model-keeper.ts'
import { publicKeyOf, signModel } from '../control/models/model-signature.ts'
import { AgentError, EXIT, messageOf } from '../platform/errors.ts'
import { statePaths } from '../platform/state-directory.ts'
import { AGENT_VERSION } from '../platform/version.ts'
import type { CommandContext } from './context.ts'

const SHIPPED = 'shipped'
const SIGNED_DAYS = 365

/** What `--for` says. Throws an `AgentError`. */
export function modelTask(said: unknown): ModelTask {
  if (said === 'texts' || said === 'calls') return said
  throw new AgentError(
    'usage',
    `There are models for \`texts\` and for \`calls\`, so nothing was done for \`${String(said).slice(0, 40)}\`.`,
  )
}

/** `assize model list`: what is stored here, and what is used. */
export async function runModelList(context: CommandContext, task: ModelTask): Promise<number> {
  const keeper = keeperOf(context, task)
  const use = keeper.use()
  const active = keeper.active()
  const stored = keeper.stored().map((name) => ({
    name,
    use: name === active?.stored ? 'active' : name === use.shadow ? 'shadow' : name === use.previous ? 'previous' : 'not used',
  }))
  const shipped = { name: SHIPPED, use: active !== undefined && active.stored === undefined ? 'active' : 'not used' }
  const problems = keeper.problems()
  if (context.json) await context.say(JSON.stringify({ models: [shipped, ...stored], problems }))
  else for (const { name, use: how } of [shipped, ...stored]) await context.say(`${how.padEnd(9)} ${name}`)
  for (const problem of context.json ? [] : problems) context.complain(problem)
  return problems.length === 0 ? EXIT.done : EXIT.no
}

/** `assize model show [NAME|DIR]`: a model's card, the active one's unless named. */
export async function runModelShow(context: CommandContext, name: string | undefined, task: ModelTask): Promise<number> {
  const card = cardOf(context, name, task)
  await context.say(context.json ? JSON.stringify(card) : stringify(card, { lineWidth: 120 }).trimEnd())
  return EXIT.done
}

/** `assize model activate DIR`: brings a signed bundle into use, or into the shadow beside it. */
export async function runModelActivate(
  context: CommandContext,
  folder: string,
  how: { readonly shadow: boolean; readonly key: string | undefined; readonly task: ModelTask },
): Promise<number> {
  const key = how.key === undefined ? undefined : readKey(how.key, publicKeyOf)
  const activation = await keeperOf(context, how.task).activate(folder, { shadow: how.shadow, key })
  if (context.json) await context.say(JSON.stringify(activation.ok ? { ok: true, name: activation.name } : activation))
  else if (activation.ok)
    await context.say(
      how.shadow
        ? `${activation.name} runs in the shadow: its scores are counted and used for nothing.`
        : `${activation.name} is the active model. It must not be used for: ${activation.card.notFor.join('; ')}.`,
    )
  else context.complain(`The model in \`${folder}\` was refused: ${activation.detail}`)
  return activation.ok ? EXIT.done : EXIT.no
}

/** `assize model promote`: the model in the shadow becomes the active one. */
export async function runModelPromote(context: CommandContext, task: ModelTask): Promise<number> {
  const promoted = keeperOf(context, task).promote()
  await context.say(promoted === undefined ? 'No usable model runs in the shadow, so nothing changed.' : `${promoted} is the active model.`)
  return promoted === undefined ? EXIT.no : EXIT.done
}

/** `assize model rollback`: back to the model before, or the one that ships. */
export async function runModelRollback(context: CommandContext, task: ModelTask): Promise<number> {
  const keeper = keeperOf(context, task)
  const taken = keeper.rollBack()
  await context.say(
    taken === undefined
      ? 'The model that ships with the agent is in use already, so nothing changed.'
      : `${taken} was taken back; ${keeper.active()?.stored ?? 'the model that ships with the agent'} is in use.`,
  )
  return taken === undefined ? EXIT.no : EXIT.done
}

/** `assize model sign DIR --key FILE`: writes manifest and signature beside a bundle's files. */
export async function runModelSign(context: CommandContext, folder: string, keyFile: string | undefined): Promise<number> {
  if (keyFile === undefined) throw new AgentError('usage', 'Nothing was signed: name the private key with `--key FILE`.')
  const files = readModelFolder(folder)
  const content = new Map([...files].filter(([path]) => path !== 'manifest.json' && path !== 'signatures.json'))
  const bundle = checkModelFiles(content)
  if (!bundle.ok) throw new AgentError('refused', `The model in \`${folder}\` was not signed: ${bundle.detail}`)
  const { name, version } = bundle.card
  const signed = readKey(keyFile, (key) => signModel(content, { name, version, now: Date.now(), days: SIGNED_DAYS, key }))
  for (const [path, bytes] of signed) writeFileSync(join(folder, path), bytes)
  await context.say(`${name} ${version} is signed for ${SIGNED_DAYS} days.`)
  return EXIT.done
}

function readKey<Read>(file: string, read: (pem: string) => Read): Read {
  try {
    return read(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new AgentError(
      'usage',
      `The key \`${file}\` cannot be used (${messageOf(error)}), so nothing changed. It must be an Ed25519 key in PEM.`,
      error,
    )
  }
}

/** A card by the name of a stored model, by folder, or of the active model. */
function cardOf(context: CommandContext, name: string | undefined, task: ModelTask): ModelCard {
  const keeper = keeperOf(context, task)
  if (name === undefined || name === SHIPPED) {
    const ready = keeper.active()
    if (ready !== undefined) return ready.card
    throw new AgentError('usage', 'There is no model on this machine; calls are decided by rules alone.')
  }
  if (keeper.stored().includes(name)) {
    const ready = keeper.load(name)
    if (ready !== undefined) return ready.card
    throw new AgentError('refused', keeper.problems()[0] ?? '')
  }
  const files = new Map([...readModelFolder(name)].filter(([path]) => path !== 'manifest.json' && path !== 'signatures.json'))
  const bundle = checkModelFiles(files)
  if (bundle.ok) return bundle.card
  throw new AgentError('refused', `The model in \`${name}\` cannot be used: ${bundle.detail}`)
}

/** Keeps the models of a task on this machine. */
export function keeperOf({ state, platform }: CommandContext, task: ModelTask): ModelKeeper {
  const paths = statePaths(state, platform)
  const identity = new IdentityKeeper({ directory: paths.identity, now: Date.now, onProblem: () => undefined })
  const options = {
    directory: paths.models,
    agentVersion: AGENT_VERSION,
    keys: () => identity.identity()?.enrolment.bundleKeys ?? [],
    now: Date.now,
  }
  return task === 'calls' ? callsKeeper(options) : new ModelKeeper(options)
}
