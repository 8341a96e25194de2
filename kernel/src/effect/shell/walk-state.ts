import { type Function as ShellFunction, parse, type ParsedScript } from 'unbash'
import type { Expanded, Flow, Scope } from './expanded.ts'
import type { Invocation } from './invocation.ts'

/** What a walk tells about the script, in the order of its text. */
export interface Listener {
  /** A command runs; answers what flows out of it. */
  readonly run: (invocation: Invocation) => Flow
  /** A file is opened by the shell itself. */
  readonly open: (file: Expanded, access: 'read' | 'write', cwd: string | undefined) => void
  /** What was put into a file by a redirection. */
  readonly keep: (file: Expanded, content: Flow, how: { readonly cwd: string | undefined; readonly append: boolean }) => void
  /** What is known of a file's content. */
  readonly recall: (file: Expanded, cwd: string | undefined) => Flow | undefined
  /** A variable is set for commands that follow, or for one command. */
  readonly assign: (name: string, value: Expanded, cwd: string | undefined) => void
  /** A variable is read that nothing here sets. */
  readonly free: (name: string) => void
  /** Something could not be understood; `unread`: for its size, so that nobody knows what more it does. */
  readonly lost: (why: string, unread?: 'unread') => void
}

/** Longest script parsed. */
export const SCRIPT_LENGTH = 262_144
/** Deepest nesting of functions, substitutions and interpreters. */
export const NESTING = 12

/** Where a command's input comes from and where its output goes. */
export interface Fed {
  readonly flow: Flow | undefined
  readonly file: string | undefined
  readonly written: readonly { readonly file: Expanded; readonly append: boolean }[]
}

export interface Walk {
  /** Follows a script in a walk of its own. */
  readonly follow: (script: ParsedScript, walk: Walk) => Flow
  readonly listener: Listener
  readonly variables: Map<string, Expanded>
  readonly functions: Map<string, ShellFunction>
  /** Open file descriptors, by number or by the name of the variable that holds it. */
  readonly descriptors: Map<string, Fed>
  readonly budget: { left: number }
  readonly depth: number
  /** Inside a branch that may not run: what it assigns may or may not hold afterwards. */
  readonly maybe: boolean
  cwd: string | undefined
}

/** A child process: sees the variables, changes nothing of its parent. */
export function subshell(walk: Walk): Walk {
  return {
    ...walk,
    variables: new Map(walk.variables),
    functions: new Map(walk.functions),
    descriptors: new Map(walk.descriptors),
    depth: walk.depth + 1,
  }
}

export function scopeOf(walk: Walk): Scope {
  return {
    variables: walk.variables,
    free: walk.listener.free,
    nested: (script) => walk.follow(script, subshell(walk)),
    counted: (text) => followCounted(text, walk),
  }
}

/** A shell that counts with a text runs the substitutions in it, even in what was quoted. */
export function followCounted(text: string, walk: Walk): void {
  const start = text.search(/\$\(|`/)
  if (start < 0 || walk.depth > NESTING) return
  walk.follow({ ...parse(`: ${text.slice(start, start + SCRIPT_LENGTH)}`), errors: undefined }, subshell(walk))
}
