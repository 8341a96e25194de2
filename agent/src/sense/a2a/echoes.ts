/** What clients said to agents: tasks bring it back in their history, and nobody's own words are text from outside. */
import { hash } from 'node:crypto'
import type { Json } from '@assize/kernel'
import type { Caller } from '../../platform/caller.ts'
import { stringsIn } from './requests.ts'

const MOST_TALKS = 500
const MOST_TEXTS = 2000
const SHORT = 64

export class Echoes {
  /** By application and agent; oldest use first, both. */
  private readonly said = new Map<string, Set<string>>()

  /** What goes out in a message. */
  keep(caller: Caller, agent: string, message: Json | undefined): void {
    const key = keyOf(caller, agent)
    const texts = this.said.get(key) ?? new Set<string>()
    this.said.delete(key)
    this.said.set(key, texts)
    drop(this.said, MOST_TALKS)
    for (const text of stringsIn(message)) {
      texts.add(short(text))
      drop(texts, MOST_TEXTS)
    }
  }

  /** Whether exactly this was said by the same application to the same agent. */
  of(caller: Caller, agent: string): (text: string) => boolean {
    const texts = this.said.get(keyOf(caller, agent))
    return texts === undefined ? () => false : (text) => texts.has(short(text))
  }
}

function short(text: string): string {
  return text.length <= SHORT ? text : hash('sha256', text)
}

/** Those that the system cannot tell apart share a session as well. */
function keyOf({ ancestry, user }: Caller, agent: string): string {
  const process = ancestry[1]
  return `${process === undefined ? user : `${process.pid} ${process.started}`} ${agent}`
}

function drop(kept: Map<string, unknown> | Set<string>, most: number): void {
  if (kept.size <= most) return
  const oldest = kept.keys().next()
  if (!oldest.done) kept.delete(oldest.value)
}
