import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { POLICY_BUNDLE_BYTES } from '@assize/kernel'
import type { Command } from 'commander'
import { parseDuration } from '../config/config.ts'
import { openBundleKeys, publishPolicy } from '../distribute/index.ts'
import { DEFAULT_TENANT } from '../hub.ts'
import { isHubError } from '../platform/errors.ts'
import { systemClock } from '../platform/platform.ts'
import { openStateDirectory } from '../platform/state-directory.ts'
import { type GlobalOptions, globalOptions, say, usage } from './commands.ts'
import { findHub, type HubClient } from './hub-client.ts'
import { withStore } from './offline.ts'

const MOST_FILES = 500

interface PublishFlags {
  readonly name?: string
  readonly expires?: string
}

export function addPolicyCommands(program: Command): void {
  program
    .command('policy')
    .description('policies of the fleet')
    .command('publish')
    .description('check a policy folder, sign it and offer it to every agent')
    .argument('<dir>', 'folder with bundle.yaml, schema.cedarschema, *.cedar and tests/*.yaml')
    .option('--name <name>', 'instead of the name in bundle.yaml')
    .option('--expires <d>', 'such as 30d (90d)')
    .action(publish)
}

async function publish(folder: string, flags: PublishFlags, command: Command): Promise<void> {
  const options = globalOptions(command)
  const files = readFolder(folder)
  const lifetime = flags.expires === undefined ? undefined : parseDuration(flags.expires)
  if (flags.expires !== undefined && lifetime === undefined)
    throw usage(`\`${flags.expires}\` is not a duration.`, 'Use one such as 12h or 30d.')
  const expires = lifetime === undefined ? undefined : Date.now() + lifetime
  const hub = findHub(openStateDirectory(options.state))
  const told = hub === undefined ? undefined : await throughHub(hub, { files, name: flags.name, expires })
  if (told !== undefined)
    return say(
      options,
      `Published ${told.name} version ${told.version} (${told.hash.slice(0, 12)}). Connected agents are offered it now.`,
      told,
    )
  await intoStore(options, { files, name: flags.name, expires })
}

interface Draft {
  readonly files: ReadonlyMap<string, Buffer>
  readonly name: string | undefined
  readonly expires: number | undefined
}

interface Published {
  readonly name: string
  readonly version: number
  readonly hash: string
}

/** Undefined when the hub of this machine turns out not to run, after a crash say. */
async function throughHub(hub: HubClient, { files, name, expires }: Draft): Promise<Published | undefined> {
  const texts = Object.fromEntries([...files].map(([path, bytes]) => [path, textOf(path, bytes)]))
  try {
    return (await hub.post('/api/v1/policies', {
      files: texts,
      ...(name === undefined ? {} : { name }),
      ...(expires === undefined ? {} : { expires: new Date(expires).toISOString() }),
    })) as Published
  } catch (error) {
    if (isHubError(error) && error.code === 'unreachable' && process.env['ASSIZE_HUB'] === undefined) return undefined
    throw error
  }
}

function textOf(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw usage(`\`${path}\` is not UTF-8 text, so nothing was published.`, 'Policy folders hold text only.')
  }
}

async function intoStore(options: GlobalOptions, { files, name, expires }: Draft): Promise<void> {
  const bundle = await withStore(options.state, (store, state) =>
    publishPolicy({ store, keys: openBundleKeys(state), clock: systemClock }, DEFAULT_TENANT, { files, name, expires, by: 'command line' }),
  )
  say(
    options,
    `Published ${bundle.name} version ${bundle.version} (${bundle.hash.slice(0, 12)}). The hub is not running; agents are offered it once it is.`,
    { name: bundle.name, version: bundle.version, hash: bundle.hash },
  )
}

function readFolder(folder: string): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>()
  let bytes = 0
  for (const path of listFiles(folder)) {
    const content = readFileSync(path)
    bytes += content.length
    if (files.size >= MOST_FILES || bytes > POLICY_BUNDLE_BYTES)
      throw usage(
        `\`${folder}\` is too large for a policy, so nothing was published.`,
        `A policy has at most ${MOST_FILES} files and ${POLICY_BUNDLE_BYTES / 1024 / 1024} MiB.`,
      )
    files.set(relative(folder, path).split(sep).join('/'), content)
  }
  if (files.size === 0)
    throw usage(
      `\`${folder}\` holds no policy files, so nothing was published.`,
      'Name a folder with bundle.yaml, schema.cedarschema and *.cedar.',
    )
  return files
}

/** Plain files of a policy; hidden ones are an editor's or a version control's. Links are not followed. */
function listFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(
        (entry) =>
          entry.isFile() &&
          !relative(folder, join(entry.parentPath, entry.name))
            .split(sep)
            .some((part) => part.startsWith('.')),
      )
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => lstatSync(path).isFile())
      .sort()
  } catch {
    throw usage(`\`${folder}\` cannot be read as a folder, so nothing was published.`, 'Name the folder that holds bundle.yaml.')
  }
}
