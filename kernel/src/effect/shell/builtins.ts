import type { Assignment, Redirection } from 'unbash'
import { type Expanded, expandText, expandWord, type Flow, NO_FLOW, type Scope } from './expand.ts'
import type { Invocation } from './invocation.ts'
import { type Fed, scopeOf, type Walk } from './walk-state.ts'

/** Most redirections of one command. */
const REDIRECTIONS = 64
/** Most words of the script that stand for its arguments, and most elements of a list. */
const ELEMENTS = 64

/** Commands that change the shell itself; any other is for the listener. */
export function runBuiltin(invocation: Invocation, walk: Walk): Flow {
  const [name, first] = invocation.words
  const rest = invocation.words.slice(1)
  switch (name?.text) {
    case 'cd':
    case 'pushd':
      walk.cwd = walk.maybe ? undefined : changed(walk, first)
      return NO_FLOW
    case 'export':
    case 'declare':
    case 'typeset':
    case 'local':
    case 'readonly':
      if (rest.length === 1 && /^-[a-zA-Z]*[px]$/.test(first?.text ?? '')) return everyVariable(invocation, walk)
      for (const word of rest) setFromWord(word, rest, walk)
      return NO_FLOW
    case 'set':
      if (rest.length === 0) return everyVariable(invocation, walk)
      if (rest.some((word) => word.text === '--')) setPositional(rest.slice(rest.findIndex((word) => word.text === '--') + 1), walk)
      return NO_FLOW
    case 'unset':
      for (const { text } of rest) if (!text.startsWith('-')) setVariable(text, { text: '', known: true, glob: false }, walk)
      return NO_FLOW
    case 'shift':
      setPositional(walk.variables.get('@')?.items?.slice(Number(first?.text ?? 1)) ?? [], walk)
      return NO_FLOW
    case 'read':
      readInto(rest, invocation.input, walk)
      return NO_FLOW
    case 'mapfile':
    case 'readarray':
      readLines(rest, invocation.input, walk)
      return NO_FLOW
    case 'let':
    case 'test':
    case '[':
      for (const word of rest) scopeOf(walk).counted(word.text)
      return NO_FLOW
    case 'printf':
      return first?.text === '-v' ? printInto(rest, invocation, walk) : walk.listener.run(invocation)
    default:
      return walk.listener.run(invocation)
  }
}

/** `set`, `declare -p`: every variable is printed. */
function everyVariable(invocation: Invocation, walk: Walk): Flow {
  return walk.listener.run({ ...invocation, words: [known('printenv')] })
}

function changed(walk: Walk, target: Expanded | undefined): string | undefined {
  if (target === undefined) return walk.variables.get('HOME')?.text
  if (!target.known || target.glob || target.text === '-') return undefined
  const home = walk.variables.get('HOME')?.text
  const text = home === undefined ? target.text : target.text.replace(/^~(?=\/|$)/, () => home)
  if (text.startsWith('/') || /^[A-Za-z]:/.test(text)) return text
  return walk.cwd === undefined ? undefined : `${walk.cwd}/${text}`
}

/** `$1`, `$2` … and all of them together. */
export function setPositional(words: readonly Expanded[], walk: Walk): void {
  const items = words.slice(0, ELEMENTS)
  for (const key of walk.variables.keys()) if (/^[1-9]\d*$/.test(key)) walk.variables.delete(key)
  for (const [index, word] of items.entries()) walk.variables.set(String(index + 1), word)
  const known = words.length <= ELEMENTS && items.every((word) => word.known)
  const all: Expanded = { text: items.map(({ text }) => text).join(' '), known, glob: false, items }
  walk.variables.set('@', all)
  walk.variables.set('*', all)
}

function setFromWord(word: Expanded, words: readonly Expanded[], walk: Walk): void {
  const equals = word.text.indexOf('=')
  if (equals <= 0) return
  const value: Expanded = { ...word, text: word.text.slice(equals + 1) }
  const reference = words.some(({ text }) => /^-[a-zA-Z]*n/.test(text))
  setVariable(word.text.slice(0, equals), reference ? { ...value, alias: value.text } : value, walk)
}

/** A variable gets what stands on the input, when that can be told. */
function readInto(words: readonly Expanded[], input: Flow | undefined, walk: Walk): void {
  const names = words.filter(({ text }, index) => /^[A-Za-z_]\w*$/.test(text) && !/^-[dnNptui]$/.test(words[index - 1]?.text ?? ''))
  const text = input?.text?.split('\n', 1)[0]
  const parts = text?.split(/[ \t]+/) ?? []
  for (const [index, { text: name }] of names.entries()) {
    const part = index === names.length - 1 ? parts.slice(index).join(' ') : parts[index]
    const path = input?.paths?.[0]
    if (path !== undefined) setVariable(name, path, walk)
    else setVariable(name, text === undefined || part === undefined ? { text: `$${name}`, known: false, glob: false } : known(part), walk)
  }
}

/** Every line becomes an element of a list. */
function readLines(words: readonly Expanded[], input: Flow | undefined, walk: Walk): void {
  const name = words.findLast(({ text }) => /^[A-Za-z_]\w*$/.test(text))?.text ?? 'MAPFILE'
  const lines = input?.text?.replace(/\n$/, '').split('\n')
  if (lines === undefined) return setVariable(name, { text: `$${name}`, known: false, glob: false }, walk)
  const items = lines.slice(0, ELEMENTS).map(known)
  setVariable(name, { text: items.map(({ text }) => text).join(' '), known: lines.length <= ELEMENTS, glob: false, items }, walk)
}

function printInto(words: readonly Expanded[], invocation: Invocation, walk: Walk): Flow {
  const name = words[1]?.text ?? ''
  const flow = walk.listener.run({ ...invocation, words: [invocation.words[0] as Expanded, ...words.slice(2)] })
  setVariable(name, flow.text === undefined ? { text: `$${name}`, known: false, glob: false } : known(flow.text), walk)
  return NO_FLOW
}

function known(text: string): Expanded {
  return { text, known: true, glob: false }
}

export function assignmentWord(item: Assignment, scope: Scope): Expanded {
  if (item.value.type !== 'Word') return { text: item.text, known: false, glob: false }
  const value = expandText(item.value, scope)
  return { ...value, text: `${item.name}=${value.text}` }
}

/** `NAME=value` before a command, or by itself and then `lasting`. */
export function assign(item: Assignment, walk: Walk, lasting: boolean): void {
  const scope = scopeOf(walk)
  if (item.index !== undefined) {
    expandWord(item.index, scope)
    scope.counted(item.index.value)
  }
  const value = assigned(item, walk, scope)
  if (lasting) setVariable(item.name, value, walk)
  else walk.listener.assign(item.name, value, walk.cwd)
}

function assigned(item: Assignment, walk: Walk, scope: Scope): Expanded {
  const before = item.append === true ? walk.variables.get(item.name) : undefined
  if (item.value.type === 'Word') {
    const value = expandText(item.value, scope)
    if (item.index !== undefined) return { ...value, known: false }
    if (item.append !== true) return value
    return before === undefined
      ? { ...value, known: false }
      : { ...value, text: before.text + value.text, known: before.known && value.known }
  }
  const items = [...(before?.items ?? []), ...item.value.elements.flatMap((word) => expandWord(word, scope))]
  const text = items.map((part) => part.text).join(' ')
  return { text, known: items.length <= ELEMENTS && items.every((part) => part.known), glob: false, items: items.slice(0, ELEMENTS) }
}

function setVariable(name: string, value: Expanded, walk: Walk): void {
  walk.variables.set(name, walk.maybe ? { ...value, known: false } : value)
  walk.listener.assign(name, value, walk.cwd)
}

export function applyRedirects(redirects: readonly Redirection[], walk: Walk): Fed {
  let fed: Fed = { flow: undefined, file: undefined, written: [] }
  for (const redirect of redirects.slice(0, REDIRECTIONS)) fed = { ...fed, ...applyRedirect(redirect, fed, walk) }
  if (redirects.length > REDIRECTIONS) walk.listener.lost('a command has too many redirections to be followed', 'unread')
  return fed
}

function applyRedirect(redirect: Redirection, fed: Fed, walk: Walk): Partial<Fed> {
  const scope = scopeOf(walk)
  if (redirect.type === 'HereDoc') return { flow: hereDocument(redirect, scope), file: undefined }
  if (redirect.type === 'HereString')
    return { flow: flowOf(redirect.target === undefined ? undefined : expandText(redirect.target, scope)), file: undefined }
  if (redirect.target === undefined) return {}
  const file = expandText(redirect.target, scope)
  if (/^[<>]&$/.test(redirect.operator) && /^(\d+|-|\d+-)$/.test(file.text)) {
    const descriptor = walk.descriptors.get(file.text)
    if (descriptor === undefined) return {}
    return redirect.operator === '<&'
      ? { flow: descriptor.flow, file: descriptor.file }
      : { written: [...fed.written, ...descriptor.written] }
  }
  let more: Partial<Fed> = {}
  if (redirect.operator.includes('>')) {
    walk.listener.open(file, 'write', walk.cwd)
    const output = redirect.descriptor === undefined || (redirect.descriptor.type === 'FileDescriptor' && redirect.descriptor.value === 1)
    if (output || walkKeeps(redirect)) more = { written: [...fed.written, { file, append: redirect.operator.includes('>>') }] }
  }
  if (redirect.operator.startsWith('<')) {
    walk.listener.open(file, 'read', walk.cwd)
    more = { ...more, flow: file.flow ?? walk.listener.recall(file, walk.cwd) ?? { ...NO_FLOW }, file: file.text }
  }
  return more
}

function walkKeeps(redirect: Extract<Redirection, { readonly type: 'Redirect' }>): boolean {
  return redirect.descriptor?.type === 'FileDescriptorVariable' || redirect.operator.startsWith('&')
}

function hereDocument(redirect: Extract<Redirection, { readonly type: 'HereDoc' }>, scope: Scope): Flow {
  const parts = redirect.delimiter?.quoted === true ? undefined : redirect.body.parts
  const strip = (text: string): string => (redirect.operator === '<<-' ? text.replace(/^\t+/gm, '') : text)
  if (parts === undefined) return { ...NO_FLOW, text: strip(redirect.body.text) }
  const words = parts.map((part) =>
    part.type === 'Literal'
      ? known(part.value)
      : expandText(
          { type: 'Word', text: part.text, value: part.text, pos: 0, end: 0, parts: [{ ...NO_QUOTES, parts: [part as never] }] },
          scope,
        ),
  )
  return words.every((word) => word.known) ? { ...NO_FLOW, text: strip(words.map(({ text }) => text).join('')) } : { ...NO_FLOW }
}

const NO_QUOTES = { type: 'DoubleQuoted', pos: 0, end: 0, text: '' } as const

function flowOf(text: Expanded | undefined): Flow {
  if (text === undefined) return NO_FLOW
  return text.known ? { ...(text.flow ?? NO_FLOW), text: text.text } : (text.flow ?? { ...NO_FLOW })
}

/** What flowed out went into these files; nothing of it is left to flow on. */
export function keepWritten(fed: Fed, flow: Flow, walk: Walk): Flow {
  for (const { file, append } of fed.written) walk.listener.keep(file, flow, { cwd: walk.cwd, append })
  return fed.written.length === 0 ? flow : NO_FLOW
}

/** `exec 3< file` leaves a descriptor open for the commands that follow. */
export function keepDescriptors(redirects: readonly Redirection[], fed: Fed, walk: Walk): void {
  for (const { descriptor } of redirects) {
    if (descriptor === undefined) continue
    const key = descriptor.type === 'FileDescriptor' ? String(descriptor.value) : descriptor.name
    walk.descriptors.set(key, fed)
    if (descriptor.type === 'FileDescriptorVariable') walk.variables.set(key, known(key))
  }
}
