/** Variables that change which code runs, or where an AI app sends what it knows. */
import { canonicalPath } from '../place/path.ts'
import { POWERFUL_VARIABLES } from './command-table.ts'
import type { Expanded } from './expanded.ts'
import type { Invocation } from './invocation.ts'
import { act, type Reading } from './reading.ts'

/** Folders that anybody may put programs into; not the one of a Python environment, which is made there on purpose. */
const OPEN_FOLDER = /^(?:\/tmp|\/var\/tmp|\/dev\/shm|\/private\/tmp)(?:\/(?!(?:[\w.-]+\/){0,4}\.?v?env\/bin\/?$)|$)|^\.{0,2}\/?$/
/** What makes an interpreter load code of somebody's choice. */
const LOADS =
  /(?:^|\s)(?:-r|-M|(?:--require|--import|--loader|--experimental-loader|-javaagent|-agentpath|-agentlib|-toolexec|-XX:OnOutOfMemoryError)\b|-e\s)/

/** A variable is set, for the commands that follow or for one. */
export function setEnvironment(name: string, value: Expanded, from: { readonly reading: Reading; readonly cwd: string | undefined }): void {
  const { reading } = from
  switch (POWERFUL_VARIABLES.get(name)) {
    case undefined:
      return
    case 'agent':
      return act(
        { class: 'agent.config', target: name, certainty: 'certain', kind: 'name', words: [value], detail: `sets ${name}` },
        reading,
      )
    case 'loads':
      return value.text === '' ? undefined : loads(name, value, from)
    case 'options':
      return LOADS.test(value.text) ? loads(name, value, from) : undefined
    case 'path': {
      // What was on it before is taken for granted; what comes before that is found first.
      const found = value.text.split(':').filter((folder) => !/^\$\{?\w+\}?$/.test(folder))
      const open = found.find((folder) => OPEN_FOLDER.test(folder))
      return open === undefined ? unknown(name, reading) : loads(name, { ...value, text: open === '' ? '.' : open }, from)
    }
    case 'command':
      return runValue(name, value, from)
    case 'code':
      return unknown(name, reading)
  }
}

function unknown(name: string, reading: Reading): void {
  act(
    {
      class: 'process.exec',
      target: 'shell',
      certainty: 'unknown',
      kind: 'command',
      words: [],
      detail: `sets ${name}, which changes what programs run`,
    },
    reading,
  )
}

/** Code of that place is loaded into every program started from now on. */
function loads(name: string, value: Expanded, { reading, cwd }: { readonly reading: Reading; readonly cwd: string | undefined }): void {
  const path = /(?:^|[\s=:])((?:\.{0,2}\/)[^\s:]*|\.{1,2}$)/.exec(value.text)?.[1] ?? value.text
  act(
    {
      class: 'code.install',
      target: canonicalPath(path, { ...reading.at, cwd: cwd ?? '/' }).path,
      certainty: value.known ? 'certain' : 'likely',
      kind: 'path',
      words: [value],
      detail: `persistence: ${name} makes programs load ${path.slice(0, 120)}`,
    },
    reading,
  )
}

/** Programs run the value as a command of their own; harmless where it is a plain pager or editor. */
function runValue(name: string, value: Expanded, from: { readonly reading: Reading; readonly cwd: string | undefined }): void {
  if (value.text === '') return
  const invocation: Invocation = {
    words: [{ text: 'sh', known: true, glob: false }],
    input: undefined,
    inputFile: undefined,
    cwd: from.cwd,
  }
  if (value.known) from.reading.nested(value.text.replace(/^\|/, ''), invocation)
  else unknown(name, from.reading)
}
