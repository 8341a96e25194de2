import { parse } from 'unbash'
import type { AndOr, Command, CommandNode, CompoundList, For, ParsedScript, Pipeline, PipelineNode, Statement, SyntaxNode } from 'unbash'
import { forEachChild } from 'unbash'
import { applyRedirects, assign, assignmentWord, keepDescriptors, keepWritten, runBuiltin, setPositional } from './builtins.ts'
import { countedParts, type Expanded, expandWord, type Flow, NO_FLOW } from './expand.ts'
import type { Invocation } from './invocation.ts'
import { followCounted, type Listener, NESTING, SCRIPT_LENGTH, scopeOf, subshell, type Walk } from './walk-state.ts'

/** Most commands looked at in one call. */
const COMMAND_LIMIT = 2000
/** Most here-documents of one script. */
const DOCUMENTS = 1000
/** Most rounds of a loop that are followed one by one. */
const ROUNDS = 12

export function newWalk(listener: Listener, variables: ReadonlyMap<string, Expanded>, cwd: string | undefined): Walk {
  return {
    follow: walkParsed,
    listener,
    variables: new Map(variables),
    functions: new Map(),
    descriptors: new Map(),
    budget: { left: COMMAND_LIMIT },
    depth: 0,
    maybe: false,
    cwd,
  }
}

/** Follows a script without running it. */
export function walkScript(source: string, walk: Walk): Flow {
  // A carriage return is a letter to shells, and to some hosts the end of a line: both readings count.
  return source.includes('\r') ? merge(walkText(source.replace(/\r\n?/g, '\n'), walk), walkText(source, walk)) : walkText(source, walk)
}

function walkText(source: string, walk: Walk): Flow {
  if (source.length > SCRIPT_LENGTH) {
    walk.listener.lost('the script is too long to be read', 'unread')
    return NO_FLOW
  }
  if (tooManyDocuments(source)) {
    walk.listener.lost('the script has too many here-documents to be read', 'unread')
    return NO_FLOW
  }
  return walkParsed(parse(source), walk)
}

/** Here-documents cost the parser more the more there are. */
function tooManyDocuments(source: string): boolean {
  let count = 0
  for (let at = source.indexOf('<<'); at >= 0 && count <= DOCUMENTS; at = source.indexOf('<<', at + 2)) count += 1
  return count > DOCUMENTS
}

function walkParsed(script: ParsedScript, walk: Walk): Flow {
  if (walk.depth > NESTING) {
    walk.listener.lost('the script is nested too deeply to be followed', 'unread')
    return NO_FLOW
  }
  if (script.errors !== undefined && script.errors.length > 0) walk.listener.lost('the script is not valid shell')
  return walkStatements(script.commands, walk, undefined)
}

function walkStatements(statements: readonly Statement[], walk: Walk, input: Flow | undefined): Flow {
  let flow = NO_FLOW
  for (const [index, statement] of statements.entries()) {
    if (walk.budget.left <= 0) return spent(walk)
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
  return left.text !== undefined && right.text !== undefined ? { addresses, decodes, text: left.text + right.text } : { addresses, decodes }
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
      return keepWritten(fed, walkNode(node.command, walk, fed.flow ?? input), walk)
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
    else if (child.type.startsWith('Arithmetic')) countedParts(child, scopeOf(inner))
    else {
      walkTest(child, inner)
      forEachChild(child, visit)
    }
  }
  if (node.type === 'ArithmeticCommand') followCounted(node.body, inner)
  forEachChild(node, visit)
  walk.cwd = inner.cwd === walk.cwd ? walk.cwd : undefined
  return flow
}

/** Comparisons of numbers count with their operands, and so do tests of an element. */
function walkTest(node: SyntaxNode, walk: Walk): void {
  if (node.type === 'TestUnary' && (node.operator === '-v' || node.operator === '-R')) followCounted(node.operand.value, walk)
  if (node.type === 'TestBinary' && /^-(eq|ne|lt|le|gt|ge)$/.test(node.operator))
    for (const side of [node.left, node.right]) followCounted(side.value, walk)
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

function spent(walk: Walk): Flow {
  walk.listener.lost('the script runs too many commands to be followed', 'unread')
  return NO_FLOW
}

function walkCommand(node: Command, walk: Walk, input: Flow | undefined): Flow {
  if (walk.budget.left <= 0) return spent(walk)
  walk.budget.left -= 1 + node.redirects.length
  const scope = scopeOf(walk)
  const words: Expanded[] = node.name === undefined ? [] : [...expandWord(node.name, scope)]
  for (const argument of node.args) {
    if (argument.type === 'Word') words.push(...expandWord(argument, scope))
    else words.push(assignmentWord(argument, scope))
  }
  const fed = applyRedirects(node.redirects, walk)
  const settings = node.prefix.filter((item) => item.type === 'Assignment')
  for (const item of settings) assign(item, walk, words.length === 0)
  if (words.length === 0) return keepWritten(fed, NO_FLOW, walk)
  if (words.length === 1 && words[0]?.text === 'exec') keepDescriptors(node.redirects, fed, walk)
  return keepWritten(fed, runWords({ words, input: fed.flow ?? input, inputFile: fed.file, cwd: walk.cwd }, walk), walk)
}

function runWords(invocation: Invocation, walk: Walk): Flow {
  const name = invocation.words[0] as Expanded
  const called = walk.functions.get(name.text)
  if (called === undefined) return runBuiltin(invocation, walk)
  if (walk.depth > NESTING) {
    walk.listener.lost('a function calls itself', 'unread')
    return NO_FLOW
  }
  const inner: Walk = { ...walk, variables: new Map(walk.variables), depth: walk.depth + 1 }
  setPositional(invocation.words.slice(1), inner)
  const flow = walkNode(called.body as CommandNode | CompoundList, inner, invocation.input)
  walk.cwd = inner.cwd
  for (const [key, value] of inner.variables) if (!/^(?:\d+|[@*])$/.test(key)) walk.variables.set(key, value)
  return flow
}
