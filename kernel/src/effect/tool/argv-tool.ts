/** Tools that are a program, and are given its words in an argument: `kubectl` with `args: "delete pod x"`. Read as the command line it is. */
import type { Json, JsonObject } from '../../event/json.ts'
import { FLEET_COMMANDS } from '../shell/fleet-commands.ts'
import { SERVICE_CLIENTS } from '../shell/service-commands.ts'

/** Programs that servers and agents wrap in a tool of their own, besides the clients of services. */
const PROGRAMS: ReadonlySet<string> = new Set([
  ...SERVICE_CLIENTS,
  ...FLEET_COMMANDS,
  ...'kubectl oc helm docker podman nerdctl git gh glab hub curl wget ssh scp rsync systemctl launchctl journalctl npm pnpm yarn npx pip pip3 uv uvx poetry cargo brew apt apt-get dnf yum apk choco winget psql mysql sqlite3 mongosh rg jq gpg openssl ffmpeg adb ip iptables nft ufw firewall-cmd useradd usermod passwd net reg schtasks'.split(
    ' ',
  ),
])
/** What tools call a program by that has another name. */
const CALLED: Readonly<Record<string, string>> = {
  kube: 'kubectl',
  k8s: 'kubectl',
  kubernetes: 'kubectl',
  openshift: 'oc',
  github: 'gh',
  gitlab: 'glab',
  gcp: 'gcloud',
  azure: 'az',
  tf: 'terraform',
  postgres: 'psql',
}
/** What is said around the name of the program. */
const AROUND = /^(?:run|exec|execute|call|use|invoke)[_-]|[_-](?:cli|command|cmd|run|exec|execute|tool)$/gi
const [WORDS_IN, COMMAND_IN] = [
  ['args', 'arguments', 'argv', 'params', 'parameters', 'options', 'flags'],
  ['command', 'cmd', 'command_line', 'commandLine', 'subcommand', 'sub_command', 'input', 'action', 'operation', 'verb'],
] as const

export interface CommandLine {
  /** JSON pointer of the argument that holds most of it. */
  readonly arg: string
  readonly text: string
}

/** Nothing for tools that are no program, and for calls without words for it. */
export function commandLineOf(tool: string, args: JsonObject): CommandLine | undefined {
  const program = programOf(tool) ?? calledOtherwise(tool, args)
  if (program === undefined) return undefined
  const commandIn = COMMAND_IN.find((key) => wordsOf(args[key]) !== undefined)
  const wordsIn = WORDS_IN.find((key) => wordsOf(args[key]) !== undefined)
  const given = [commandIn, wordsIn].flatMap((key) => (key === undefined ? [] : [{ key, text: wordsOf(args[key]) as string }]))
  if (given.length === 0) return undefined
  const line = given.map(({ text }) => text).join(' ')
  const longest = given.reduce((most, one) => (one.text.length > most.text.length ? one : most))
  return { arg: `/${longest.key}`, text: isNamed(line, program) ? line : `${program} ${line}` }
}

/** The program that a tool is called after; servers and groups of tools stand before it. */
export function programOf(tool: string): string | undefined {
  if (tool.length > 200) return undefined
  const last = tool.split(/[./:]|__/).at(-1) ?? tool
  const name = last.replaceAll(AROUND, '').toLowerCase()
  return PROGRAMS.has(name) ? name : undefined
}

/** By another name, and given a list of words: a name alone may stand for a service with operations of its own. */
function calledOtherwise(tool: string, args: JsonObject): string | undefined {
  if (tool.length > 200 || !WORDS_IN.some((key) => Array.isArray(args[key]))) return undefined
  const last = tool.split(/[./:]|__/).at(-1) ?? tool
  const name = last.replaceAll(AROUND, '').toLowerCase()
  return Object.hasOwn(CALLED, name) ? CALLED[name] : undefined
}

/** The line begins with the program itself, wherever that lies. */
function isNamed(line: string, program: string): boolean {
  const first = line.trimStart().split(/\s/, 1)[0] ?? ''
  return first === program || first.endsWith(`/${program}`)
}

function wordsOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value
  if (!Array.isArray(value) || value.length === 0) return undefined
  const words = value.slice(0, 256)
  return words.every((word) => typeof word === 'string' || typeof word === 'number')
    ? words.map((word) => quoted(String(word))).join(' ')
    : undefined
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
