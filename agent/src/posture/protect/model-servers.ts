/** Model servers whose port the gateway takes over: what has to change so that they move behind it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FilePlan, Place } from '../../platform/file-plan.ts'

/** Moved by name only: programs lose the server for a moment, and a person has to restart it. */
export const MODEL_SERVERS: readonly string[] = ['ollama']

export interface ModelServer {
  readonly app: string
  /** Port that programs look for it on, and the one it moves to. */
  readonly port: number
  readonly behind: number
  readonly plans: readonly FilePlan[]
  /** Sentences on why it cannot be moved by itself, and on what a person has to do. */
  readonly obstacles: readonly string[]
  /** What lets the server take its new port, or its old one again. */
  readonly restart: string
}

const DEFAULT = { host: '127.0.0.1', port: 11_434 }
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1', '[::1]', ''])
/** The last name in a folder of drop-ins has the last word. */
const DROP_IN = 'zz-assize.conf'

interface Unit {
  readonly file: string
  /** Folder for drop-ins that outlives updates. */
  readonly folder: string
  readonly restart: string
}

/** Ollama as it runs here: as a service of the system or of the person, or started by hand. `root` is another system's, for tests and images. */
export function ollama(place: Place, configFile: string, root = ''): ModelServer {
  const unit = place.os === 'linux' ? unitsOf(place, root).find(({ file }) => textAt(file) !== undefined) : undefined
  const set = unit === undefined ? undefined : hostOf(unit)
  const { host, port } = addressOf(set)
  const behind = port + 1
  const server = {
    app: 'ollama',
    port,
    behind,
    restart: unit?.restart ?? `stop Ollama and start it with \`OLLAMA_HOST=127.0.0.1:${behind} ollama serve\``,
  }
  if (!LOOPBACK.has(host))
    return {
      ...server,
      plans: [],
      obstacles: [
        `Ollama serves other machines as well (OLLAMA_HOST is ${set}), and the gateway serves this one only, so nothing was changed. Let Ollama listen on 127.0.0.1, then try again.`,
      ],
    }
  const config: FilePlan = {
    path: configFile,
    format: 'yaml',
    entries: [{ at: ['sense', 'modelApi', 'takeOver', 'ollama'], as: 'member', value: { port, server: `http://127.0.0.1:${behind}` } }],
  }
  return { ...server, plans: [config, ...(unit === undefined ? [] : [dropIn(unit, behind)])], obstacles: [] }
}

function dropIn({ folder }: Unit, behind: number): FilePlan {
  const text = [
    '# Written by Assize: its model gateway has the port of this server now, and the server stands behind it.',
    '# `assize unprotect ollama` takes this away again.',
    '[Service]',
    `Environment="OLLAMA_HOST=127.0.0.1:${behind}"`,
    '',
  ].join('\n')
  return { path: join(folder, DROP_IN), format: 'whole', text }
}

function unitsOf({ home }: Place, root: string): readonly Unit[] {
  const [system, own] = [join(root, '/etc/systemd/system'), join(home, '.config/systemd/user')]
  const restart = (flag: string) => `run \`systemctl${flag} daemon-reload && systemctl${flag} restart ollama\``
  return [
    ...[system, join(root, '/usr/lib/systemd/system'), join(root, '/lib/systemd/system')].map((folder) => ({
      file: join(folder, 'ollama.service'),
      folder: join(system, 'ollama.service.d'),
      restart: restart(''),
    })),
    { file: join(own, 'ollama.service'), folder: join(own, 'ollama.service.d'), restart: restart(' --user') },
  ]
}

/** What the unit and its drop-ins say of the address; ours does not count. */
function hostOf({ file, folder }: Unit): string | undefined {
  const texts = [file, ...namesIn(folder).map((name) => join(folder, name))].map((path) => textAt(path) ?? '')
  const said = texts.flatMap((text) => [...text.matchAll(/^\s*Environment=.*?OLLAMA_HOST=([^\s"']*)/gm)].map(([, value]) => value ?? ''))
  return said.at(-1)
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.conf') && name !== DROP_IN)
      .toSorted()
  } catch {
    return []
  }
}

/** `0.0.0.0`, `:8000`, `127.0.0.1:8000`, `http://[::1]:8000`: whatever is not said is the default. */
function addressOf(text: string | undefined): { readonly host: string; readonly port: number } {
  if (text === undefined || text === '') return DEFAULT
  const found = /^(?:https?:\/\/)?(\[[^\]]*\]|[^:/]*)(?::(\d{1,5}))?/i.exec(text)
  return { host: found?.[1] ?? DEFAULT.host, port: Number(found?.[2] ?? DEFAULT.port) }
}

function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
