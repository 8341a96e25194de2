import { PROCESS_KINDS, type ProcessKind } from './catalogue.ts'

/** What a process says of itself. Its arguments stay here: they may hold secrets. */
export interface ProcessFacts {
  /** Path of the executable, or its name where the path cannot be read. */
  readonly executable: string
  readonly args: readonly string[]
}

const INTERPRETERS = /^(node|nodejs|bun|deno|python[\d.]*|pypy[\d.]*|uv|uvx|npx|npm|ruby|electron)$/
/** Arguments looked at for a script's name; a script comes early. */
const LOOKED_AT = 12

/** Tells what kind of AI process this is, if it is one. */
export function recognise(facts: ProcessFacts): ProcessKind | undefined {
  const executable = baseName(facts.executable)
  const called = baseName(facts.args[0] ?? '')
  const interpreted = INTERPRETERS.test(executable) || INTERPRETERS.test(called)
  const script = interpreted ? scriptOf(facts.args) : undefined
  const names = new Set([executable, called, ...(script?.name ? [script.name] : [])])
  const paths = [facts.executable, facts.args[0] ?? '', script?.path ?? '']
  return PROCESS_KINDS.find((candidate) => fits(candidate, { names, paths, module: script?.module, firstArgument: facts.args[1] }))
}

interface Evidence {
  readonly names: ReadonlySet<string>
  readonly paths: readonly string[]
  readonly module: string | undefined
  readonly firstArgument: string | undefined
}

function fits(candidate: ProcessKind, evidence: Evidence): boolean {
  if (candidate.names?.some((name) => evidence.names.has(name))) return true
  if (candidate.paths?.some((part) => evidence.paths.some((path) => path.includes(part)))) return true
  const { module } = evidence
  if (module !== undefined && candidate.modules?.some((name) => module === name || module.startsWith(`${name}.`))) return true
  return (
    candidate.withArgument !== undefined &&
    evidence.names.has(candidate.withArgument[0]) &&
    evidence.firstArgument === candidate.withArgument[1]
  )
}

function scriptOf(
  args: readonly string[],
): { readonly name: string; readonly path: string; readonly module: string | undefined } | undefined {
  const looked = args.slice(1, LOOKED_AT)
  for (const [index, argument] of looked.entries()) {
    if (argument === '-m') return { name: '', path: '', module: looked[index + 1] }
    if (argument === '-c' || argument === '-e' || argument === '--eval') return undefined
    if (!argument.startsWith('-')) return { name: baseName(argument), path: argument, module: undefined }
  }
  return undefined
}

function baseName(path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? path
  return name.toLowerCase().replace(/\.(exe|cmd|m?js|cjs)$/, '')
}
