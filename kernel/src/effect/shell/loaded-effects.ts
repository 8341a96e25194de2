/** What a file of a project does when a program of the project takes it up: only what nobody expects of a test or a build. */
import { rememberedTexts } from '../../event/remembered-texts.ts'
import { takeDeletions } from '../code/deletions.ts'
import { isCodeLanguage, languageOf, readCode } from '../code/read-code.ts'
import { takeStarted } from '../code/started.ts'
import type { EffectClass } from '../effect.ts'
import type { Surroundings } from '../place/surroundings.ts'
import type { TracedEffect } from '../traced-effect.ts'
import type { Invocation } from './invocation.ts'
import type { Reading } from './reading.ts'

/** Reads in a reading of its own; answers what was found. */
export type Apart = (at: Surroundings, read: (reading: Reading) => void) => readonly TracedEffect[]

/** Longest file that is read, and characters of files remembered: tests run again and again. */
const [LENGTH, REMEMBERED] = [65_536, 1_048_576]
/** A deed, and a place outside of any project that it could be done to: most files hold no such pair. */
const DEED =
  /rm\b|rm_|rmdir|rmtree|rmSync|unlink|[dD]elete|[rR]emove|trash|system|exec|spawn|[pP]open|subprocess|child_process|[cC]ommand|\brun\b|\bsh\b|Process|open|read|curl|\$`/
const PLACE =
  /~\/|\/(?:home|Users|root|etc|var|srv|opt|usr|mnt|media|Library)\b|[Hh]ome_?[Dd]ir|\bHOME\b|expanduser|Path\.home|Dir\.home|user\.home|USERPROFILE|[A-Za-z]:\\\\|rm -rf/

/** Whether a file could do something outside of its project at all. */
export function couldReachOut(text: string): boolean {
  return PLACE.test(text) && DEED.test(text)
}

const recall = rememberedTexts<readonly TracedEffect[]>(REMEMBERED)

export function loadedEffects(
  file: { readonly arg: string; readonly path: string; readonly text: string },
  at: Surroundings,
  apart: Apart,
): readonly TracedEffect[] {
  const text = file.text.slice(0, LENGTH)
  if (!couldReachOut(text)) return []
  // Written as JSON, since names of files have line ends as well: none of one file's text may pass for part of another one's name.
  const place = JSON.stringify([file.arg, at.cwd, at.workspace, at.home, at.platform, file.path])
  return recall(`${place}${text}`, () => {
    const found = apart(at, (reading) => readFile(file.path, text, { reading, cwd: at.cwd }))
    const kept = found.filter(isUnexpected)
    // Tests talk to machines; what talks to one and reads a key does not test.
    const gives = kept.some(({ effect }) => effect.class === 'secret.read')
    const all = gives ? found.filter((one) => kept.includes(one) || (one.effect.class === 'net.egress' && one.retrieval !== true)) : kept
    const name = file.path.slice(file.path.lastIndexOf('/') + 1).slice(0, 80)
    return all.map((one) => ({
      ...one,
      effect: {
        ...one.effect,
        certainty: 'likely',
        detail: [one.effect.detail, `in ${name}, which it takes up`].filter(Boolean).join(', '),
      },
    }))
  })
}

const MATTERS: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'fs.delete',
  'secret.read',
  'identity.grant',
  'agent.config',
  'code.install',
  'device.actuate',
])

function isUnexpected({ effect, kind, insideWorkspace }: TracedEffect): boolean {
  if (!MATTERS.has(effect.class) || effect.certainty === 'unknown') return false
  if (effect.class === 'fs.delete') return insideWorkspace !== true
  if (effect.class === 'secret.read') return kind === 'path'
  return effect.class !== 'code.install' || kind !== 'name'
}

function readFile(path: string, text: string, { reading, cwd }: { readonly reading: Reading; readonly cwd: string | undefined }): void {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const invocation: Invocation = { words: [{ text: name, known: true, glob: false }], input: undefined, inputFile: undefined, cwd }
  const from = { invocation, reading }
  if (/^(?:\.?justfile|Taskfile(?:\.dist)?\.ya?ml|tox\.ini|\.envrc)$/i.test(name)) {
    reading.nested(name === '.envrc' ? text : recipesOf(text), invocation)
    return
  }
  const language = languageOf(/\.([a-z]+)$/i.exec(name)?.[1] ?? (/^(?:Rake|Guard)file$/.test(name) ? 'rb' : ''))
  if (language !== 'shell' && isCodeLanguage(language)) {
    readCode({ language, text }, from)
    // Sessions and contexts of task runners run what they are given: `session.run('rm', …)`, `c.run('rm …')`, `sh 'rm …'`.
    if (RUNNERS.test(name)) takeStarted(text, from)
    return
  }
  takeDeletions(text, from)
  takeStarted(argumentsOfStarts(text), from)
}

const RUNNERS = /^(?:noxfile|tasks|fabfile|dodo)\.py$|^(?:Rakefile|Guardfile)$|\.rake$/

/** Indented lines, items of lists and settings named like commands, without what stands in front. */
function recipesOf(text: string): string {
  return text
    .split('\n')
    .slice(0, 1000)
    .flatMap((line) => {
      const found = /^\s*(?:-\s+)?(?:(?:cmd|cmds|sh|commands|commands_pre|commands_post|status|run)\s*[:=]\s*)?[@-]?(\S.*)$/.exec(line)?.[1]
      const plain = found !== undefined && (/^\s/.test(line) || /^\s*commands/.test(line)) && !/^[\w.-]+\s*:\s*$/.test(found)
      return plain ? [found.replace(/^(['"])([\s\S]*)\1$/, '$2')] : []
    })
    .join('\n')
}

/** Only texts that stand right behind what starts a program: tests of guards are full of command lines that nothing runs. */
function argumentsOfStarts(text: string): string {
  const lines = text.split('\n')
  return lines
    .filter((line) =>
      /(?:[eE]xec|[sS]ystem|[sS]pawn|[pP]open|[cC]ommand(?:Line)?|Process(?:Builder)?|\bsh|\brun|COMMAND)\w{0,20}[!(\s.:]{0,6}[^"'`]{0,60}["'`\s]/.test(
        line,
      ),
    )
    .map((line) => line.replace(/\b(?:COMMAND)\s+([^)\n]{1,400})\)/g, (_, words: string) => `exec "${words.replaceAll('"', '')}"`))
    .join('\n')
}
