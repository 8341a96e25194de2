import { createHash } from 'node:crypto'
import type { Classification, ClassifierText } from '../port.ts'

/** Answers kept; the same tool result is often seen again. */
const MOST_KEPT = 4096

/** Scores by content: texts themselves are not held. The oldest answer makes room. */
export class ScoreCache {
  readonly #kept = new Map<string, Classification>()

  get(key: string): Classification | undefined {
    const kept = this.#kept.get(key)
    if (kept === undefined) return undefined
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    return kept
  }

  set(key: string, classification: Classification): void {
    this.#kept.set(key, classification)
    const oldest = this.#kept.size > MOST_KEPT ? this.#kept.keys().next().value : undefined
    if (oldest !== undefined) this.#kept.delete(oldest)
  }
}

export function cacheKey({ text, kind }: ClassifierText): string {
  return createHash('sha256')
    .update(`${kind ?? ''}\0`)
    .update(text)
    .digest('base64')
}
