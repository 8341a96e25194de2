/** Whether a tool hands somebody who asks for help on to a person: no money moves by that, and nobody new learns of it. */

const HELPERS = /^(?:humans?|persons?|operators?|supervisors?|representatives?|specialists?|agents?|staff|support)$/

/** By the words of its name. */
export function handsOver(words: readonly string[]): boolean {
  return (
    words.some((word) => /^(?:transfer|escalate)$/.test(word)) &&
    words.some((word) => HELPERS.test(word)) &&
    !words.some((word) => /^(?:money|funds?|payments?)$/.test(word))
  )
}
