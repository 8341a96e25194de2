import type { FileAccess } from '../place/place-effects.ts'
import { type Expanded, type Flow, NO_FLOW } from '../shell/expanded.ts'
import { act, copyContent } from '../shell/reading.ts'
import { useRegistry } from '../windows/registry.ts'
import { usePlace } from '../windows/use-place.ts'
import type { Batching } from './batching.ts'
import { plainText, shownText, wordsOf } from './expand.ts'

/** What built-in commands do with their operands. `copy`: the last is written; `move`: the others are deleted as well. */
type Use = FileAccess | 'copy' | 'move' | 'link' | 'none' | 'special'

const ROWS: readonly (readonly [names: string, use: Use])[] = [
  ['del erase rd rmdir', 'delete'],
  ['md mkdir', 'write'],
  ['type dir vol', 'read'],
  ['copy', 'copy'],
  ['move ren rename', 'move'],
  ['mklink', 'link'],
  ['cls title color ver date time prompt verify goto exit shift setlocal endlocal break pause rem popd', 'none'],
  ['echo set call start cd chdir pushd path assoc ftype', 'special'],
]

export const BUILTINS: ReadonlyMap<string, Use> = new Map(
  ROWS.flatMap(([names, use]) => names.split(' ').map((name) => [name, use] as const)),
)

export interface BuiltinCall {
  /** Lower case. */
  readonly name: string
  /** What stands after the name, expanded; quotes and carets still in it. */
  readonly rest: string
  readonly batching: Batching
}

/** Answers what flows out of the command. */
export function readBuiltin(call: BuiltinCall): Flow {
  const { name, rest, batching } = call
  const use = BUILTINS.get(name) ?? 'none'
  if (use === 'none') return NO_FLOW
  if (use === 'special') return readSpecial(call)
  const operands = operandsOf(rest)
  if (use === 'copy' || use === 'move' || use === 'link') usePairs(use, operands, batching)
  else for (const word of operands) usePlace(word, use, batching)
  return NO_FLOW
}

/** Words that are no `/switch`; several switches may stand together. */
function operandsOf(rest: string): readonly Expanded[] {
  return wordsOf(rest.replace(/(^|\s)\/[A-Za-z-][\w:-]*(?=\/[A-Za-z])/g, '$1 ')).filter((word) => !/^\/[A-Za-z?-][\w:/-]*$/.test(word.text))
}

function usePairs(use: 'copy' | 'move' | 'link', operands: readonly Expanded[], batching: Batching): void {
  const words = operands.flatMap((word) =>
    use === 'copy' && word.text.includes('+') ? word.text.split('+').map((text) => ({ ...word, text })) : [word],
  )
  const last = words.length > 1 ? words.at(-1) : undefined
  for (const word of words) {
    if (word !== last && last !== undefined)
      copyContent(use === 'link' ? last : word, use === 'link' ? word : last, { ...batching, link: use === 'link' })
    if (use === 'link') usePlace(word, word === last ? 'read' : 'write', batching)
    else if (word === last) usePlace(word, 'write', batching)
    else {
      usePlace(word, 'read', batching)
      if (use === 'move') usePlace(word, 'delete', batching)
    }
  }
}

function readSpecial(call: BuiltinCall): Flow {
  const { name, rest, batching } = call
  switch (name) {
    case 'echo': {
      const shown = shownText(rest.replace(/^[./:;,=([+\\]/, ''))
      return shown.known ? { ...NO_FLOW, text: shown.text } : { ...NO_FLOW }
    }
    case 'set':
      return setVariable(rest, batching)
    case 'call':
      return batching.follow(rest.trim().startsWith(':') ? '' : rest.replaceAll('%%', '%'), batching)
    case 'start':
      return start(rest, batching)
    case 'path':
      if (rest.trim() !== '') changesPrograms('path', batching)
      return NO_FLOW
    case 'assoc':
    case 'ftype':
      return associate(rest, batching)
    default:
      return changeFolder(rest, batching)
  }
}

function changesPrograms(name: string, batching: Batching): void {
  act(
    {
      class: 'process.exec',
      target: 'cmd',
      certainty: 'unknown',
      kind: 'command',
      words: [],
      detail: `sets ${name}, which changes what programs run`,
    },
    batching.reading,
  )
}

/** `set NAME=value`, `set "NAME=value"`, `set /a`, `set /p`; alone or with a name it shows. */
function setVariable(rest: string, batching: Batching): Flow {
  const text = rest.trim()
  if (text === '' || /^"?[\w()]*"?$/.test(text)) {
    if (text === '' || /secret|token|passw|key|credential|auth/i.test(text))
      act(
        {
          class: 'secret.read',
          target: 'environment',
          certainty: 'inferred',
          kind: 'name',
          words: [],
          detail: 'prints environment variables',
        },
        batching.reading,
      )
    return NO_FLOW
  }
  const asked = /^\/[ap]\s/i.test(text)
  const inner = text.replace(/^\/[ap]\s+/i, '').replace(/^"(.*?)"?$/, '$1')
  const equals = inner.indexOf('=')
  if (equals <= 0) return NO_FLOW
  const name = inner.slice(0, equals).trim().toLowerCase()
  const value = shownText(inner.slice(equals + 1))
  batching.variables.set(name, { ...value, known: value.known && !asked && !batching.maybe })
  if (/^(?:path|pathext|comspec|cor_profiler\w*|node_options|pythonstartup)$/.test(name)) changesPrograms(name, batching)
  return NO_FLOW
}

/** `start "title" /b program arguments`: a quoted first word is the title of the window. */
function start(rest: string, batching: Batching): Flow {
  let text = rest.trim().replace(/^"[^"]*"\s*/, '')
  for (
    let option = /^\/(?:d\s*(?:"[^"]*"|\S+)|\w+(?::\S+)?)\s*/i.exec(text);
    option !== null;
    option = /^\/(?:d\s*(?:"[^"]*"|\S+)|\w+(?::\S+)?)\s*/i.exec(text)
  )
    text = text.slice(option[0].length)
  const first = plainText(text)
  if (/^[a-z][\w+.-]*:\/\//i.test(first.text))
    return batching.reading.run({
      words: [{ text: 'open', known: true, glob: false }, first],
      input: undefined,
      inputFile: undefined,
      cwd: batching.cwd,
    })
  return text === '' ? NO_FLOW : batching.follow(text, batching)
}

/** What opens a kind of file. */
function associate(rest: string, batching: Batching): Flow {
  const text = rest.trim()
  const equals = text.indexOf('=')
  if (equals <= 0) return NO_FLOW
  const word = shownText(text)
  useRegistry({
    word,
    key: `/registry/hkcr/${text.slice(0, equals).toLowerCase()}/shell/open/command`,
    access: 'write',
    reading: batching.reading,
  })
  return NO_FLOW
}

function changeFolder(rest: string, batching: Batching): Flow {
  const target = plainText(rest.replace(/^\s*\/d\s+/i, ''))
  if (target.text === '') return batching.cwd === undefined ? NO_FLOW : { ...NO_FLOW, text: batching.cwd }
  const { cwd, reading } = batching
  if (!target.known || target.glob || batching.maybe) batching.cwd = undefined
  else if (/^[A-Za-z]:|^[\\/]/.test(target.text)) batching.cwd = target.text
  else batching.cwd = cwd === undefined ? undefined : `${cwd}${reading.at.platform === 'windows' ? '\\' : '/'}${target.text}`
  return NO_FLOW
}
