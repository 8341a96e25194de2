import { z } from 'zod'

/** Where a text came from, as far as a model is told. */
export const TEXT_KINDS = ['prompt', 'tool_result', 'tool_description', 'document', 'memory'] as const
export type TextKind = (typeof TEXT_KINDS)[number]

const text = z.string().min(1).max(4000)
/** A head's logit becomes a score: 1 / (1 + e^-(slope·logit + bias)). One half is the threshold. */
const calibrationSchema = z.strictObject({ slope: z.number().positive().max(100), bias: z.number().min(-1000).max(1000) })
const channelSchema = z.record(z.string().regex(/^[a-z]{1,32}$/), calibrationSchema)

/** How a model that reads tokens answers: which of its classes is an attack, and how much it sees at once. */
const classesSchema = z.strictObject({
  output: z.string().min(1).max(100).default('logits'),
  count: z.int().min(2).max(100),
  attack: z.int().min(0).max(99),
  window: z.int().min(16).max(4096).default(512),
  stride: z.int().min(8).max(4096).default(384),
})
export type ClassesCard = z.infer<typeof classesSchema>

/** `card.yaml`: what a model is, what it was measured to do, and what it must not be used for. */
export const cardSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  version: z.int().positive(),
  /** How text becomes numbers: our own words, a Hugging Face `tokenizer.json`, or questions about calls in our own words. */
  reads: z.enum(['words-1', 'tokenizer', 'questions-1']),
  purpose: text,
  notFor: z.array(text).min(1).max(50),
  licence: text,
  trainedOn: z
    .array(z.looseObject({ source: text, licence: text }))
    .min(1)
    .max(500),
  metrics: z
    .array(z.looseObject({ set: text }))
    .min(1)
    .max(200),
  /** What each output of the model speaks of, in order. */
  heads: z
    .array(z.string().regex(/^[a-z]{1,32}$/))
    .min(1)
    .max(16),
  /** Only where the model reads tokens, which then has one head. */
  classes: classesSchema.optional(),
  /** Which heads count in which channel. A text of no stated kind is read as `unknown`. */
  channels: z
    .partialRecord(z.enum([...TEXT_KINDS, 'unknown']), channelSchema)
    .refine((channels) => channels.unknown !== undefined, 'unknown is missing'),
  /** Scores of harmless and hostile text as they were measured, in ten equal bins from 0 to 1: what drift is told against. */
  expected: z.partialRecord(z.enum([...TEXT_KINDS, 'unknown']), z.array(z.int().nonnegative()).length(10)).optional(),
  limits: z.strictObject({ words: z.int().min(1).max(100_000) }),
  golden: z.strictObject({ tolerance: z.number().positive().max(0.1) }),
  /** What it was made from and with: inputs and code by digest, versions, options. */
  made: z.record(z.string().max(40), z.unknown()).optional(),
})
export type ModelCard = z.infer<typeof cardSchema>

/** One line of `golden.jsonl`: what the model said of a text when it was made. */
export const goldenSchema = z.strictObject({
  text: z.string().max(20_000),
  kind: z.enum(TEXT_KINDS).optional(),
  /** The words as read, to hold the reading itself to the model; only where the model reads words. */
  words: z.array(z.string()).optional(),
  /** Logits, one per head. */
  logits: z.array(z.number()).min(1).max(16),
})
export type GoldenVector = z.infer<typeof goldenSchema>
