/** make and the scripts of a package: what they run stands in a file, which is read when the session wrote it. */
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { commandName, type Invocation, parseOptions } from './invocation.ts'
import { folderAt, type Reading, recalled, runProgram } from './reading.ts'

interface From {
  readonly invocation: Invocation
  readonly reading: Reading
}

const word = (text: string): Expanded => ({ text, known: true, glob: false })
/** Most recipes followed for one target. */
const RULES = 32

/** `make`, `make -f FILE TARGET`, `make --eval=TEXT`. */
export function readMake(invocation: Invocation, reading: Reading): Flow {
  const { options, operands } = parseOptions(
    invocation.words.slice(1),
    new Set('-f --file --makefile -C --directory -I -j -l -o -W --eval'.split(' ')),
  )
  const valueOf = (...names: readonly string[]): Expanded | undefined => options.find(({ name }) => names.includes(name))?.value
  runProgram(invocation, 'likely', { reading, detail: ['make', ...operands.slice(0, 2).map(({ text }) => text)].join(' ').slice(0, 120) })
  const folder = valueOf('-C', '--directory')
  const cwd = folder === undefined ? invocation.cwd : folderAt(folder.text, { cwd: invocation.cwd, reading })
  const from: From = { invocation: { ...invocation, cwd, input: undefined, inputFile: undefined }, reading }
  const file = valueOf('-f', '--file', '--makefile')
  const texts = [
    /^(?:-|\/dev\/(?:stdin|fd\/0))$/.test(file?.text ?? '') ? invocation.input?.text : file?.flow?.text,
    valueOf('--eval')?.text,
    ...(file === undefined ? ['GNUmakefile', 'makefile', 'Makefile'] : [file.text]).map(
      (name) => recalled(word(name), { reading, cwd })?.text,
    ),
  ]
  const settings = new Map(
    operands.flatMap(({ text }) => (/^\w+=/.test(text) ? [[text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]] : [])),
  )
  const targets = operands.map(({ text }) => text).filter((text) => !/^\w+=/.test(text))
  for (const text of texts) if (text !== undefined) makefile(text.slice(0, 65_536), { targets, settings, from })
  return NO_FLOW
}

interface Making {
  readonly targets: readonly string[]
  readonly settings: Map<string, string>
  readonly from: From
}

interface Rule {
  readonly targets: readonly string[]
  readonly needs: readonly string[]
  readonly recipe: readonly string[]
}

function makefile(text: string, { targets, settings, from }: Making): void {
  const rules: { targets: readonly string[]; needs: readonly string[]; recipe: string[] }[] = []
  for (const line of text.replace(/\\\n\s*/g, ' ').split('\n')) {
    const set = /^(?:export\s+)?([\w.-]+)\s*(?:[:?+]{0,2}=|!=)\s*(.*)$/.exec(line)
    const rule = /^([^\s:#=][^:#=]*)::?(?!=)([^;#]*)(?:;(.*))?/.exec(line)
    if (line.startsWith('\t')) rules.at(-1)?.recipe.push(line.slice(1))
    else if (set !== null) {
      if (!settings.has(set[1] as string)) settings.set(set[1] as string, set[2] as string)
    } else if (rule !== null)
      rules.push({
        targets: (rule[1] as string).trim().split(/\s+/),
        needs: (rule[2] as string).trim().split(/\s+/),
        recipe: rule[3] === undefined ? [] : [rule[3]],
      })
    for (const called of line.matchAll(/\$\(shell ([^)]{1,500})\)/g)) from.reading.nested(called[1] as string, from.invocation)
  }
  const first = rules.find((rule) => !rule.targets[0]?.startsWith('.'))
  const wanted = targets.length > 0 ? targets : (first?.targets ?? [])
  for (const rule of reached(rules, wanted))
    for (const line of rule.recipe) from.reading.nested(expanded(line.replace(/^[\s@+-]+/, ''), settings), from.invocation)
}

/** The rules of the targets and of what they need; all of them when none is named so. */
function reached(rules: readonly Rule[], wanted: readonly string[]): readonly Rule[] {
  const found = new Set<Rule>()
  const waiting = [...wanted]
  for (let name = waiting.pop(); name !== undefined && found.size < RULES; name = waiting.pop())
    for (const rule of rules)
      if (rule.targets.includes(name) && !found.has(rule)) {
        found.add(rule)
        waiting.push(...rule.needs)
      }
  return found.size > 0 ? [...found] : rules.slice(0, RULES)
}

function expanded(text: string, settings: ReadonlyMap<string, string>): string {
  let line = text
  for (let round = 0; round < 3 && line.length < 8192; round += 1)
    line = line.replace(/\$[({]([\w.-]+)[)}]/g, (all, name: string) => settings.get(name) ?? all)
  return line.replaceAll('$$', '$')
}

/** What `npm test` and its like run: the scripts of the package, when the session wrote them. */
export function packageScripts(verb: string, named: readonly Expanded[], from: From): void {
  const manager = commandName(from.invocation)
  if (!/^(npm|pnpm|yarn|bun)$/.test(manager)) return
  const text = recalled(word('package.json'), { reading: from.reading, cwd: from.invocation.cwd })?.text
  const scripts = text === undefined ? undefined : scriptsIn(text)
  if (scripts === undefined) return
  const name = /^(run|run-script|rum|urn)$/.test(verb) ? (named[0]?.text ?? '') : verb === 't' || verb === 'tst' ? 'test' : verb
  const installs = /^(install|i|ci|add|update|rebuild|)$/.test(verb)
    ? ['preinstall', 'install', 'postinstall', 'prepublish', 'prepare']
    : []
  for (const key of installs.length > 0 ? installs : [`pre${name}`, name, `post${name}`]) {
    const script = scripts[key]
    if (typeof script === 'string') from.reading.nested(script, from.invocation)
  }
}

function scriptsIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    const scripts = typeof parsed === 'object' && parsed !== null && 'scripts' in parsed ? parsed.scripts : undefined
    return typeof scripts === 'object' && scripts !== null ? (scripts as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}
