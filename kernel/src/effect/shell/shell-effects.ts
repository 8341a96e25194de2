/** What a shell command line would do: parsed by a real parser, followed without running it. */
import { readCmd } from '../cmd/walk.ts'
import type { Surroundings } from '../place/path.ts'
import { readPowerShell } from '../powershell/walk.ts'
import { readSql } from '../sql/read-sql.ts'
import type { ShellLanguage } from '../tool/shell-language.ts'
import type { TracedEffect } from '../traced-effect.ts'
import { isSecretName } from '../code/mentions.ts'
import { readCommand } from './command-reader.ts'
import { setEnvironment } from './environment.ts'
import { setPositional } from './builtins.ts'
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import type { Invocation } from './invocation.ts'
import { loadedEffects } from './loaded-effects.ts'
import { readForeign } from './program-commands.ts'
import type { Files } from '../written-files.ts'
import { act, keepContent, type Reading, recalled, useFile } from './reading.ts'
import { newWalk, walkScript } from './walk.ts'
import { subshell, type Walk } from './walk-state.ts'

/** Most effects told of one command line. */
const EFFECT_LIMIT = 60
/** Longest piece of the script kept as the payload of its effects. */
const PAYLOAD_LENGTH = 16_384
/** Deepest that commands run commands. */
const NESTING = 24

/** Most machines that a command goes through, and what is known of one there. */
const AWAY = 3
const ELSEWHERE: Surroundings = { cwd: undefined, workspace: undefined, home: '/root', platform: 'posix' }

export interface Script {
  /** JSON pointer of the argument. */
  readonly arg: string
  readonly text: string
  /** What the session wrote into files; what the script writes is added. */
  readonly files?: Files | undefined
  /** Of a script that is not the shell's. */
  readonly language?: string
  /** What text put into a file would do later. */
  readonly later?: Reading['later']
  /** How many machines away it runs. */
  readonly away?: number
}

export function shellEffects(script: Script, at: Surroundings, language: ShellLanguage | 'sql' = 'posix'): readonly TracedEffect[] {
  return readingOf(script, at, (reading, walk) => {
    if (language === 'powershell') readPowerShell({ text: script.text, cwd: at.cwd }, reading)
    else if (language === 'cmd') readCmd({ text: script.text, cwd: at.cwd }, reading)
    else if (language === 'sql') readSql({ text: script.text, cwd: at.cwd }, reading)
    else walkScript(script.text, walk)
  })
}

/** Code in another language, and text typed into a program that runs. */
export function foreignEffects(script: Script, at: Surroundings): readonly TracedEffect[] {
  return readingOf(script, at, (reading) => readForeign(script.text, { reading, cwd: at.cwd, language: script.language }))
}

function readingOf(script: Script, at: Surroundings, read: (reading: Reading, walk: Walk) => void): readonly TracedEffect[] {
  const found = new Map<string, TracedEffect>()
  const { away = 0 } = script
  let depth = 0
  const deeper = (work: () => Flow): Flow => {
    if (depth > NESTING) return NO_FLOW
    depth += 1
    try {
      return work()
    } finally {
      depth -= 1
    }
  }
  const reading: Reading = {
    arg: script.arg,
    payload: [{ arg: script.arg, text: script.text.slice(0, PAYLOAD_LENGTH) }],
    at,
    add: (effect) => keep(found, effect),
    run: (invocation) => deeper(() => readCommand(invocation, reading)),
    nested: (text, invocation, values) => deeper(() => nestedScript(text, { invocation, values, walk })),
    ...(script.files === undefined ? {} : { files: script.files }),
    ...(script.later === undefined ? {} : { later: script.later }),
    loaded: (path, text, there) =>
      loadedEffects({ arg: script.arg, path, text }, there, (place, look) => readingOf({ arg: script.arg, text: '' }, place, look)),
    elsewhere: (text) => (away >= AWAY ? [] : shellEffects({ arg: script.arg, text, away: away + 1 }, ELSEWHERE)),
  }
  const walk = newWalk(listenerOf(reading), preset(at), at.cwd)
  try {
    read(reading, walk)
  } catch (error) {
    // A text nested so deeply that no stack holds it. What was read of it stays; nobody knows the rest.
    if (!(error instanceof RangeError)) throw error
    lost(reading, 'the script is nested too deeply to be read', 'unread')
  }
  return [...found.values()]
}

/** The same effect told twice is one; beyond the limit the least of them make room, and an unknown one tells that there was more. */
function keep(found: Map<string, TracedEffect>, effect: TracedEffect): void {
  const key = `${effect.effect.class}\n${effect.effect.target}\n${effect.effect.certainty}`
  if (found.has(key)) return
  if (found.size >= EFFECT_LIMIT) {
    found.set('more', {
      ...effect,
      effect: {
        class: 'process.exec',
        target: UNREAD,
        certainty: 'unknown',
        arguments: effect.effect.arguments,
        detail: 'does more than can be listed',
      },
    })
    const least = isSlight(effect) ? undefined : [...found].find(([name, one]) => name !== 'more' && isSlight(one))
    if (least === undefined) return
    found.delete(least[0])
  }
  found.set(key, effect)
}

/** What policies know the rest of a script by that was too much to be read. */
const UNREAD = 'unread script'

function isSlight({ effect, insideWorkspace }: TracedEffect): boolean {
  return effect.class === 'fs.read' || (effect.class === 'fs.write' && insideWorkspace === true) || effect.class === 'process.exec'
}

interface Nested {
  readonly invocation: Invocation
  /** Arguments of the script. */
  readonly values: readonly Expanded[] | undefined
  readonly walk: Walk
}

function nestedScript(text: string, { invocation, values, walk }: Nested): Flow {
  const inner = subshell(walk)
  inner.cwd = invocation.cwd
  setPositional(values ?? [], inner)
  return walkScript(text, inner)
}

function preset(at: Surroundings): ReadonlyMap<string, Expanded> {
  const known = (text: string): Expanded => ({ text, known: true, glob: false })
  const variables = new Map<string, Expanded>([['IFS', known(' \t\n')]])
  for (const name of ['SHELL', 'BASH', '0']) variables.set(name, known('bash'))
  if (at.home !== undefined) variables.set('HOME', known(at.home))
  if (at.cwd !== undefined) variables.set('PWD', known(at.cwd))
  return variables
}

function listenerOf(reading: Reading): Walk['listener'] {
  return {
    run: (invocation) => reading.run(invocation),
    open: (file, access, cwd) => useFile(file, access, { reading, cwd }),
    keep: (file, content, { cwd, append }) => keepContent(file, content, { reading, cwd, append }),
    recall: (file, cwd) => recalled(file, { reading, cwd }),
    assign: (name, value, cwd) => setEnvironment(name, value, { reading, cwd }),
    free: (name) => {
      if (isSecretName(name))
        act(
          {
            class: 'secret.read',
            target: `environment:${name}`,
            certainty: 'inferred',
            kind: 'name',
            words: [],
            detail: 'an environment variable',
          },
          reading,
        )
    },
    lost: (detail, unread) => lost(reading, detail, unread),
  }
}

/** Something could not be understood; or, `unread`, there was too much of it. */
function lost(reading: Reading, detail: string, unread?: 'unread'): void {
  act(
    { class: 'process.exec', target: unread === undefined ? 'shell' : UNREAD, certainty: 'unknown', kind: 'command', words: [], detail },
    reading,
  )
}
