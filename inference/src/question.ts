import { z } from 'zod'

/** What a model is asked about one call. All texts in it may be hostile. */
export interface CallQuestion {
  /** What the person said. */
  readonly request: string
  /** Tool in the first line, its arguments below. */
  readonly call: string
  /** The outside text that the arguments stand in; empty when there is none. */
  readonly passage: string
  readonly source: string
  /** What is known of the call, 0 to 1 each. */
  readonly facts: Readonly<Record<string, number>>
}

const LONGEST = 8000
const questionSchema = z.object({
  request: z.string().max(LONGEST),
  call: z.string().max(LONGEST),
  passage: z.string().max(LONGEST),
  source: z.string().max(LONGEST),
  facts: z.record(z.string().max(64), z.number().min(0).max(1)),
})

/** A question as a text, which is how it travels to a model. */
export function questionText({ request, call, passage, source, facts }: CallQuestion): string {
  return JSON.stringify({ request, call, passage, source, facts })
}

/** Throws when the text is none. */
export function readQuestion(text: string): CallQuestion {
  return questionSchema.parse(JSON.parse(text))
}
