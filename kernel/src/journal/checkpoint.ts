import { z } from 'zod'
import { canonicalJson } from './canonical-json.ts'

const checkpointSchema = z.strictObject({
  v: z.literal(1),
  epoch: z.int().nonnegative(),
  seq: z.int().nonnegative(),
  /** Hash of entry `seq`, lower-case hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Ed25519 over `headSigningInput`, base64; absent when nobody vouches for it but its keeper. */
  signature: z.base64().max(200).optional(),
})

/** How far a journal had grown once, kept away from it, so that a cut-off tail shows. */
export type Checkpoint = z.infer<typeof checkpointSchema>

const CHECKPOINT_LENGTH = 4096

/** Undefined when the text is no checkpoint. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  if (text.length > CHECKPOINT_LENGTH) return undefined
  try {
    const result = checkpointSchema.safeParse(JSON.parse(text))
    return result.success ? result.data : undefined
  } catch {
    return undefined
  }
}

export function formatCheckpoint(checkpoint: Checkpoint): string {
  return canonicalJson(checkpoint)
}
