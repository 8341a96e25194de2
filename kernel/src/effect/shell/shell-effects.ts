/** What a shell command line would do: parsed by a real parser, followed without running it. */
import { readCmd } from '../cmd/walk.ts'
import type { Surroundings } from '../place/path.ts'
import { readPowerShell } from '../powershell/walk.ts'
import type { ShellLanguage } from '../tool/shell-language.ts'
import type { TracedEffect } from '../traced-effect.ts'
import { readCommand } from './command-reader.ts'
import { POWERFUL_VARIABLES } from './command-table.ts'
import { type Expanded, type Flow, NO_FLOW } from './expand.ts'
import type { Invocation } from './invocation.ts'
import { readForeign } from './program-commands.ts'
import { act, type Reading, useFile } from './reading.ts'
import { newWalk, subshell, type Walk, walkScript } from './walk.ts'

/** Most effects told of one command line. */
const EFFECT_LIMIT = 64
/** Longest piece of the script kept as the payload of its effects. */
const PAYLOAD_LENGTH = 16_384
const SECRET_NAME = /(^|_)(SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)(_|$)/i

export interface Script {
  /** JSON pointer of the argument. */
  readonly arg: string
  readonly text: string
}

export function shellEffects(script: Script, at: Surroundings, language: ShellLanguage = 'posix'): readonly TracedEffect[] {
  const found = new Map<string, TracedEffect>()
  let walk: Walk
  let depth = 0
  const reading: Reading = {
    arg: script.arg,
    payload: [{ arg: script.arg, text: script.text.slice(0, PAYLOAD_LENGTH) }],
    at,
    add: (effect) => keep(found, effect),
    run: (invocation) => (depth > 24 ? NO_FLOW : deeper(() => readCommand(invocation, reading))),
    nested: (text, invocation) => (depth > 24 ? NO_FLOW : deeper(() => nestedScript(text, invocation, walk))),
  }
  const deeper = (work: () => Flow): Flow => {
    depth += 1
    try {
      return work()
    } finally {
      depth -= 1
    }
  }
  walk = newWalk(listenerOf(reading), preset(at), at.cwd)
  if (language === 'powershell') readPowerShell({ text: script.text, cwd: at.cwd }, reading)
  else if (language === 'cmd') readCmd({ text: script.text, cwd: at.cwd }, reading)
  else walkScript(script.text, walk)
  return [...found.values()]
}

/** A script in a language that is not parsed here: what it plainly names is taken, the rest stays unknown. */
export function foreignEffects(script: Script, at: Surroundings): readonly TracedEffect[] {
  const found = new Map<string, TracedEffect>()
  const payload = [{ arg: script.arg, text: script.text.slice(0, PAYLOAD_LENGTH) }]
  const reading: Reading = { arg: script.arg, payload, at, add: (effect) => keep(found, effect), run: () => NO_FLOW, nested: () => NO_FLOW }
  readForeign(script.text, { reading, cwd: at.cwd })
  return [...found.values()]
}

/** The same effect told twice is one; beyond the limit a single unknown one stands for the rest. */
function keep(found: Map<string, TracedEffect>, effect: TracedEffect): void {
  const key = `${effect.effect.class}\n${effect.effect.target}\n${effect.effect.certainty}`
  if (found.has(key)) return
  if (found.size < EFFECT_LIMIT) found.set(key, effect)
  else
    found.set('more', {
      ...effect,
      effect: {
        class: 'process.exec',
        target: 'shell',
        certainty: 'unknown',
        arguments: effect.effect.arguments,
        detail: 'does more than can be listed',
      },
    })
}

function nestedScript(text: string, invocation: Invocation, walk: Walk): Flow {
  const inner = subshell(walk)
  inner.cwd = invocation.cwd
  for (const [index, word] of invocation.words.slice(3).entries()) inner.variables.set(String(index + 1), word)
  return walkScript(text, inner)
}

function preset(at: Surroundings): ReadonlyMap<string, Expanded> {
  const known = (text: string): Expanded => ({ text, known: true, glob: false })
  const variables = new Map<string, Expanded>([['IFS', known(' ')]])
  if (at.home !== undefined) variables.set('HOME', known(at.home))
  if (at.cwd !== undefined) variables.set('PWD', known(at.cwd))
  return variables
}

function listenerOf(reading: Reading): Walk['listener'] {
  const unknown = (detail: string): void =>
    act({ class: 'process.exec', target: 'shell', certainty: 'unknown', kind: 'command', words: [], detail }, reading)
  return {
    run: (invocation) => reading.run(invocation),
    open: (file, access, cwd) => useFile(file, access, { reading, cwd }),
    assign: (name, value) => {
      const power = POWERFUL_VARIABLES.get(name)
      if (power === 'code') unknown(`sets ${name}, which changes what programs run`)
      if (power === 'agent')
        act({ class: 'agent.config', target: name, certainty: 'certain', kind: 'name', words: [value], detail: `sets ${name}` }, reading)
    },
    free: (name) => {
      if (SECRET_NAME.test(name))
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
    lost: unknown,
  }
}
