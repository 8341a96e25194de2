import type { ListeningPort } from '../../platform/health.ts'
import type { ProcessKind } from './catalogue.ts'
import type { ProcessFacts } from './recognise.ts'

interface Rule {
  /** Kinds it is about; every kind when absent. */
  readonly kinds?: readonly string[]
  readonly options: readonly string[]
  readonly text: string
}

const RULES: readonly Rule[] = [
  {
    kinds: ['llama-server'],
    options: ['--tools', '--agent'],
    text: 'gives the model tools of its own: the server acts on this machine without a gate',
  },
  { kinds: ['llama-server'], options: ['--mcp-servers-config'], text: 'connects the model to MCP servers by itself, without a gate' },
  {
    kinds: ['vllm', 'sglang', 'text-generation-inference', 'text-generation-webui'],
    options: ['--trust-remote-code'],
    text: 'runs code that comes with the model',
  },
  { kinds: ['text-generation-webui'], options: ['--share'], text: 'publishes its interface on the internet' },
  { kinds: ['claude-code'], options: ['--dangerously-skip-permissions'], text: 'runs without asking before tool calls' },
  { kinds: ['claude-code'], options: ['--bare'], text: 'runs without its hooks, so no hook gate covers it' },
  { kinds: ['opencode'], options: ['--pure'], text: 'runs without its plugins, so no hook gate covers it' },
  { kinds: ['openclaw'], options: ['exec'], text: 'runs one turn without its plugins, so no hook gate covers it' },
  {
    kinds: ['codex'],
    options: ['--dangerously-bypass-approvals-and-sandbox', '--yolo', '--full-auto'],
    text: 'runs without asking before tool calls',
  },
  { kinds: ['codex'], options: ['--dangerously-bypass-hook-trust'], text: 'runs hooks that nobody has trusted' },
  { kinds: ['gemini-cli', 'qwen-code'], options: ['--yolo', '-y'], text: 'runs without asking before tool calls' },
  { kinds: ['copilot-cli'], options: ['--allow-all-tools'], text: 'runs without asking before tool calls' },
]

/** Environment variables that say how far a runtime is open. Only these are ever looked at. */
export const TELLING_VARIABLES = ['OLLAMA_ORIGINS', 'OLLAMA_HOST'] as const

/** Says in plain words what is risky about how a process was started. Never repeats its arguments. */
export function exposures(
  kind: ProcessKind,
  facts: ProcessFacts,
  seen: { readonly ports: readonly ListeningPort[]; readonly variables: ReadonlyMap<string, string> },
): readonly string[] {
  const given = new Set(facts.args.slice(1).map((argument) => argument.split('=', 1)[0] ?? ''))
  const found = RULES.filter(
    (rule) => (!rule.kinds || rule.kinds.includes(kind.kind)) && rule.options.some((option) => given.has(option)),
  ).map((rule) => rule.text)
  const open = [...new Set(seen.ports.filter((port) => !isLoopback(port.address)).map((port) => port.port))].sort(
    (left, right) => left - right,
  )
  if (open.length > 0) found.push(`listens beyond this machine on port ${open.join(', ')}: whoever can reach it can use it`)
  if (
    kind.kind === 'ollama' &&
    (seen.variables.get('OLLAMA_ORIGINS') ?? '').split(',').some((origin) => /^(\*|https?:\/\/\*)$/.test(origin.trim()))
  )
    found.push('answers any web page open in a browser on this machine (OLLAMA_ORIGINS allows every origin)')
  return found
}

export function isLoopback(address: string): boolean {
  return address === '::1' || address === 'localhost' || /^(::ffff:)?127\./.test(address)
}
