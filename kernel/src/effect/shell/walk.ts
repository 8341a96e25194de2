import { parse } from 'unbash'
import type {
  AndOr,
  Assignment,
  Command,
  CommandNode,
  CompoundList,
  For,
  Function as ShellFunction,
  ParsedScript,
  Pipeline,
  PipelineNode,
  Redirection,
  Statement,
  SyntaxNode,
} from 'unbash'
import { forEachChild } from 'unbash'
import { type Expanded, expandText, expandWord, type Flow, NO_FLOW, type Scope } from './expand.ts'
import type { Invocation } from './invocation.ts'

/** What a walk tells about the script, in the order of its text. */
export interface Listener {
  /** A command runs; answers what flows out of it. */
  readonly run: (invocation: Invocation) => Flow
  /** A file is opened by the shell itself. */
  readonly open: (file: Expanded, access: 'read' | 'write', cwd: string | undefined) => void
  /** A variable is set for commands that follow, or for one command. */
  readonly assign: (name: string, value: Expanded) => void
  /** A variable is read that nothing here sets. */
  readonly free: (name: string) => void
  /** Something could not be understood. */
  readonly lost: (why: string) => void
}

/** Most commands looked at in one call. */
const COMMAND_LIMIT = 400
/** Longest script parsed. */
const SCRIPT_LENGTH = 262_144
/** Deepest nesting of functions, substitutions and interpreters. */
const NESTING = 12
/** Most rounds of a loop that are followed one by one. */
const ROUNDS = 12

export interface Walk {
  readonly listener: Listener
  readonly variables: Map<string, Expanded>
  readonly functions: Map<string, ShellFunction>
  readonly budget: { left: number }
  readonly depth: number
  /** Inside a branch that may not run: what it assigns may or may not hold afterwards. */
  readonly maybe: boolean
  cwd: string | undefined
}

export function newWalk(listener: Listener, variables: ReadonlyMap<string, Expanded>, cwd: string | undefined): Walk {
  return { listener, variables: new Map(variables), functions: new Map(), budget: { left: COMMAND_LIMIT }, depth: 0, maybe: false, cwd }
}

/** Follows a script without running it. */
export function walkScript(source: string, walk: Walk): Flow {
  if (source.length > SCRIPT_LENGTH) {
    walk.listener.lost('the script is too long to be read')
    return NO_FLOW
  }
  return walkParsed(parse(source), walk)
}

/** A child process: sees the variables, changes nothing of its parent. */
export function subshell(walk: Walk): Walk {
  return { ...walk, variables: new Map(walk.variables), functions: new Map(walk.functions), depth: walk.depth + 1 }
}

function walkParsed(script: ParsedScript, walk: Walk): Flow {
  if (walk.depth > NESTING) {
    walk.listener.lost('the script is nested too deeply to be followed')
    return NO_FLOW
  }
  if (script.errors !== undefined && script.errors.length > 0) walk.listener.lost('the script is not valid shell')
  return walkStatements(script.commands, walk, undefined)
}

function scopeOf(walk: Walk): Scope {
  return { variables: walk.variables, free: walk.listener.free, nested: (script) => walkParsed(script, subshell(walk)) }
}

function walkStatements(statements: readonly Statement[], walk: Walk, input: Flow | undefined): Flow {
  let flow = NO_FLOW
  for (const [index, statement] of statements.entries()) {
    const next = walkNode(statement.command, walk, input)
    flow = index === 0 ? next : merge(flow, next)
  }
  return flow
}

/** Both outputs end up in the same place. */
export function merge(left: Flow, right: Flow): Flow {
  const addresses = left.addresses.length === 0 ? right.addresses : [...left.addresses, ...right.addresses].slice(0, 32)
  const decodes = left.decodes || right.decodes
  if (left === NO_FLOW) return right
  return left.text !== undefined && right.text !== undefined
    ? { addresses, decodes, text: `${left.text}\n${right.text}` }
    : { addresses, decodes }
}

function walkNode(node: AndOr | PipelineNode | CompoundList, walk: Walk, input: Flow | undefined): Flow {
  switch (node.type) {
    case 'AndOr':
      return walkAll(node, walk, input)
    case 'Pipeline':
      return walkPipeline(node, walk, input)
    case 'Command':
      return walkCommand(node, walk, input)
    case 'CompoundList':
      return walkStatements(node.commands, walk, input)
    case 'Subshell':
      return walkStatements(node.body.commands, subshell(walk), input)
    case 'BraceGroup':
      return walkStatements(node.body.commands, walk, input)
    case 'Redirected': {
      const fed = applyRedirects(node.redirects, walk)
      return walkNode(node.command, walk, fed.flow ?? input)
    }
    case 'Function':
      walk.functions.set(node.name.value, node)
      return NO_FLOW
    case 'Coproc':
      return walkNode(node.body as CommandNode | CompoundList, subshell(walk), input)
    case 'For':
    case 'Select':
      return walkLoop(node as For, walk, input)
    default:
      return walkBranches(node, walk, input)
  }
}

/** If, while, case, tests and arithmetic: every branch is followed, since which one runs is decided later. */
function walkBranches(node: SyntaxNode, walk: Walk, input: Flow | undefined): Flow {
  const inner: Walk = { ...walk, maybe: true }
  let flow = NO_FLOW
  const visit = (child: SyntaxNode): void => {
    if (child.type === 'CompoundList') flow = merge(flow, walkStatements(child.commands, inner, input))
    else if (child.type === 'Word') expandWord(child, scopeOf(inner))
    else forEachChild(child, visit)
  }
  forEachChild(node, visit)
  walk.cwd = inner.cwd === walk.cwd ? walk.cwd : undefined
  return flow
}

function walkLoop(node: For, walk: Walk, input: Flow | undefined): Flow {
  const values = (node.wordlist ?? []).flatMap((word) => expandWord(word, scopeOf(walk)))
  const name = node.name.value
  const inner: Walk = { ...walk, maybe: true }
  const rounds = values.length > 0 && values.length <= ROUNDS ? values : [{ text: `$${name}`, known: false, glob: true }]
  let flow = NO_FLOW
  for (const value of rounds) {
    walk.variables.set(name, value.glob ? { ...value, known: false } : value)
    flow = merge(flow, walkStatements(node.body.commands, inner, input))
  }
  return flow
}

function walkAll(node: AndOr, walk: Walk, input: Flow | undefined): Flow {
  let flow = NO_FLOW
  for (const command of node.commands) flow = merge(flow, walkNode(command, walk, input))
  return flow
}

function walkPipeline(node: Pipeline, walk: Walk, input: Flow | undefined): Flow {
  let flow = input
  for (const command of node.commands) flow = walkNode(command, node.commands.length > 1 ? subshell(walk) : walk, flow)
  return flow ?? NO_FLOW
}

function walkCommand(node: Command, walk: Walk, input: Flow | undefined): Flow {
  if (walk.budget.left <= 0) {
    walk.listener.lost('the script runs too many commands to be followed')
    return NO_FLOW
  }
  walk.budget.left -= 1
  const scope = scopeOf(walk)
  const words: Expanded[] = node.name === undefined ? [] : [...expandWord(node.name, scope)]
  for (const argument of node.args) {
    if (argument.type === 'Word') words.push(...expandWord(argument, scope))
    else words.push(assignmentWord(argument, scope))
  }
  const fed = applyRedirects(node.redirects, walk)
  for (const item of node.prefix) if (item.type === 'Assignment') assign(item, walk, node.name === undefined)
  if (words.length === 0) return NO_FLOW
  return runWords({ words, input: fed.flow ?? input, inputFile: fed.file, cwd: walk.cwd }, walk)
}

function runWords(invocation: Invocation, walk: Walk): Flow {
  const name = invocation.words[0] as Expanded
  const called = walk.functions.get(name.text)
  if (called === undefined) return runBuiltin(invocation, walk)
  if (walk.depth > NESTING) {
    walk.listener.lost('a function calls itself')
    return NO_FLOW
  }
  const inner: Walk = { ...walk, depth: walk.depth + 1 }
  for (const [index, word] of invocation.words.entries()) inner.variables.set(String(index), word)
  const flow = walkNode(called.body as CommandNode | CompoundList, inner, invocation.input)
  walk.cwd = inner.cwd
  return flow
}

/** Commands that change the shell itself. */
function runBuiltin(invocation: Invocation, walk: Walk): Flow {
  const [name, first] = invocation.words
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
      for (const word of invocation.words.slice(1)) setFromWord(word, walk)
      return NO_FLOW
    case 'read':
    case 'mapfile':
    case 'readarray':
      for (const word of invocation.words.slice(1)) walk.variables.set(word.text, { text: `$${word.text}`, known: false, glob: false })
      return NO_FLOW
    default:
      return walk.listener.run(invocation)
  }
}

function changed(walk: Walk, target: Expanded | undefined): string | undefined {
  if (target === undefined) return walk.variables.get('HOME')?.text
  if (!target.known || target.glob || target.text === '-') return undefined
  const home = walk.variables.get('HOME')?.text
  const text = home === undefined ? target.text : target.text.replace(/^~(?=\/|$)/, () => home)
  if (text.startsWith('/') || /^[A-Za-z]:/.test(text)) return text
  return walk.cwd === undefined ? undefined : `${walk.cwd}/${text}`
}

function setFromWord(word: Expanded, walk: Walk): void {
  const equals = word.text.indexOf('=')
  if (equals > 0) setVariable(word.text.slice(0, equals), { ...word, text: word.text.slice(equals + 1) }, walk)
}

function assignmentWord(item: Assignment, scope: Scope): Expanded {
  if (item.value.type !== 'Word') return { text: item.text, known: false, glob: false }
  const value = expandText(item.value, scope)
  return { ...value, text: `${item.name}=${value.text}` }
}

function assign(item: Assignment, walk: Walk, lasting: boolean): void {
  const scope = scopeOf(walk)
  const words = item.value.type === 'Word' ? [item.value] : item.value.elements
  const values = words.map((word) => expandText(word, scope))
  const plain = item.value.type === 'Word' && item.append !== true && item.index === undefined
  const value =
    plain && values[0] !== undefined ? values[0] : { text: values.map((part) => part.text).join(' '), known: false, glob: false }
  if (lasting) setVariable(item.name, value, walk)
  else walk.listener.assign(item.name, value)
}

function setVariable(name: string, value: Expanded, walk: Walk): void {
  walk.variables.set(name, walk.maybe ? { ...value, known: false } : value)
  walk.listener.assign(name, value)
}

interface Fed {
  readonly flow: Flow | undefined
  readonly file: string | undefined
}

function applyRedirects(redirects: readonly Redirection[], walk: Walk): Fed {
  let fed: Fed = { flow: undefined, file: undefined }
  const scope = scopeOf(walk)
  for (const redirect of redirects) {
    if (redirect.type === 'HereDoc') {
      const quoted = redirect.delimiter?.quoted === true || redirect.body.parts === undefined
      if (!quoted)
        for (const part of redirect.body.parts ?? [])
          expandWord({ type: 'Word', text: part.text, value: part.text, pos: 0, end: 0, parts: [part] }, scope)
      fed = { flow: quoted ? { ...NO_FLOW, text: redirect.body.text } : { ...NO_FLOW }, file: undefined }
    } else if (redirect.type === 'HereString') {
      const text = redirect.target === undefined ? undefined : expandText(redirect.target, scope)
      fed = { flow: flowOf(text), file: undefined }
    } else if (redirect.target !== undefined) {
      const file = expandText(redirect.target, scope)
      if (/^[<>]&$/.test(redirect.operator) && /^(\d+|-|\d+-)$/.test(file.text)) continue
      if (redirect.operator.includes('>')) walk.listener.open(file, 'write', walk.cwd)
      if (redirect.operator.startsWith('<')) {
        walk.listener.open(file, 'read', walk.cwd)
        fed = { flow: file.flow ?? { ...NO_FLOW }, file: file.text }
      }
    }
  }
  return fed
}

function flowOf(text: Expanded | undefined): Flow {
  if (text === undefined) return NO_FLOW
  return text.known ? { ...(text.flow ?? NO_FLOW), text: text.text } : (text.flow ?? { ...NO_FLOW })
}
