/** AI apps on the command line, and what would put the guard itself out of action. */
import type { Expanded, Flow } from './expanded.ts'
import { NO_FLOW } from './expanded.ts'
import { commandName, type Invocation } from './invocation.ts'
import { act, type Reading, runProgram } from './reading.ts'

/** Command lines of AI apps that keep settings, servers and permissions of their own. */
export const AGENT_APPS: readonly string[] =
  'claude codex gemini cursor cursor-agent copilot opencode goose amp crush qwen aider droid cline continue code code-insiders windsurf'.split(
    ' ',
  )
/** Verbs that change what the app may do or which servers it talks to, and the ones that only look. */
const CHANGES = /^(mcp|config|settings?|plugins?|hooks?|extensions?|permissions?|agents?|configure|trust|login|setup)$/
const LOOKS = /^(list|ls|get|show|status|help|info|view|path|version)$/
/** Options that take a guard away or bring something in. */
const UNGUARDED =
  /^--(dangerously-[\w-]+|yolo|add-mcp|install-extension|mcp-config|settings|permission-mode|allowed-?tools|allow-all-tools|full-auto|approval-mode|no-verify-ssl|disable-[\w-]+|trust)(=|$)|^--ask-for-approval=never$/i

export function readAgentApp(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  const name = commandName(invocation)
  const verbs = words.filter(({ text }) => /^[a-z][\w-]*$/i.test(text)).map(({ text }) => text)
  const changes = verbs[0] !== undefined && CHANGES.test(verbs[0]) && verbs[1] !== undefined && !LOOKS.test(verbs[1])
  const option = words.find(({ text }) => UNGUARDED.test(text))
  const line = [name, ...words.slice(0, 3).map(({ text }) => text)].join(' ').slice(0, 120)
  if (changes || option !== undefined) configured(line, changes ? words.slice(0, 1) : option === undefined ? [] : [option], reading)
  runProgram(invocation, words.length === 1 && /^(--version|-v|--help)$/.test(words[0]?.text ?? '') ? 'certain' : 'unknown', {
    reading,
    detail: line,
  })
  return NO_FLOW
}

const LOOKING = /^(status|decisions?|doctor|verify|help|version|explain|completion|replay|inventory|classify|)$/

/** The guard's own command line: looking is free, changing is not an agent's to do. */
export function readGuard(invocation: Invocation, reading: Reading): Flow {
  const verbs = invocation.words.slice(1).filter(({ text }) => /^[a-z][\w-]*$/.test(text))
  const line = ['assize', ...verbs.slice(0, 2).map(({ text }) => text)].join(' ')
  const [verb = '', second = ''] = verbs.map(({ text }) => text)
  const looks =
    LOOKING.test(verb) ||
    (verb === 'policy' && /^(check|test|diff|show|list)$/.test(second)) ||
    (verb === 'grants' && /^(list|)$/.test(second))
  if (!looks) configured(line, [], reading)
  runProgram(invocation, 'certain', { reading, detail: line })
  return NO_FLOW
}

function configured(target: string, words: readonly Expanded[], reading: Reading): void {
  act({ class: 'agent.config', target, certainty: 'likely', kind: 'name', words, detail: `changes ${target}` }, reading)
}

const STOPS =
  /^(kill|pkill|killall|skill|systemctl|service|launchctl|rc-service|sv|taskkill|(?:stop|suspend|remove|set)-(?:process|service)|sc|net)$/
const STOPPING_VERB = /^(stop|disable|mask|unload|bootout|remove|kill|off|down|exit|delete)$/

/** A command that ends the guard, whatever else it does. */
export function stopsGuard(name: string, invocation: Invocation, reading: Reading): void {
  if (!STOPS.test(name) || !invocation.words.some(({ text }) => /\bassize/i.test(text))) return
  const kills = /kill|-/.test(name)
  const words = invocation.words.slice(1).map(({ text }) => text.replace(/^\//, ''))
  if (kills || words.some((word) => STOPPING_VERB.test(word))) configured(`stops assize with ${name}`, [], reading)
}
