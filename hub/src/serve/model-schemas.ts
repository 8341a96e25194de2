import { z } from 'zod'
import { hash, time } from './schemas.ts'

export const modelTaskSchema = z.enum(['texts', 'calls']).describe('What a model reads')
export const modelPlaceSchema = z
  .enum(['active', 'shadow'])
  .describe('active: its scores count; shadow: they are counted and used for nothing')
const figures = z.record(z.string(), z.unknown())

/** One release of a model, with its card. */
export const modelSchema = z.object({
  task: modelTaskSchema,
  name: z.string(),
  version: z.number().describe('Release: grows with every one of its task'),
  modelVersion: z.number().describe('On its card'),
  hash,
  created: time,
  expires: time,
  publishedBy: z.string(),
  signedBy: z.object({ keyId: z.string(), onHub: z.boolean() }),
  restores: hash.optional().describe('The release whose content this one carries again'),
  bytes: z.number(),
  place: modelPlaceSchema.optional().describe('What agents are meant to use it for; absent when for nothing'),
  card: z.object({
    purpose: z.string(),
    notFor: z.array(z.string()),
    licence: z.string(),
    trainedOn: z.array(figures),
    metrics: z.array(figures),
    heads: z.array(z.string()),
  }),
  evaluations: z.array(z.object({ at: time, by: z.string(), figures })).describe('Figures of `assize-hub model eval`, newest first'),
  /** What agents report, never what is hoped. */
  agents: z.object({ active: z.number(), shadow: z.number(), refused: z.number(), pending: z.number() }),
  refusals: z.array(z.object({ agent: z.string(), hostname: z.string(), code: z.string(), detail: z.string(), at: time })),
})

const modelInUseSchema = z.object({
  name: z.string(),
  version: z.number().describe('On its card'),
  manifestHash: z.string().describe('Empty for the model that ships with agents'),
  scored: z.number(),
  flagged: z.number(),
  p50Ms: z.number().describe('Milliseconds per thousand characters'),
  p99Ms: z.number(),
  drifted: z.array(z.string()).describe('Channels whose texts are not those the model was measured on'),
})

/** What one agent runs for one task, as it last said. */
export const modelStateSchema = z.object({
  agent: z.string(),
  hostname: z.string(),
  task: modelTaskSchema,
  mode: z.enum(['off', 'shadow', 'on']).describe('What the configuration of that machine lets models do'),
  active: modelInUseSchema.optional(),
  shadow: modelInUseSchema.optional(),
  comparison: z
    .object({ compared: z.number(), both: z.number(), onlyActive: z.number(), onlyShadow: z.number(), missed: z.number() })
    .optional(),
  problems: z.array(z.string()),
  at: time,
})

export const addModelSchema = z.strictObject({
  files: z
    .record(z.string().max(200), z.string())
    .describe('Path to bytes, base64; manifest.json and signatures.json make it a signed release'),
  expires: z.iso.datetime().optional().describe('In 90 days when left out'),
})
export const promoteModelSchema = z.strictObject({ place: modelPlaceSchema.default('active') })
