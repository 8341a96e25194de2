import { parse } from 'yaml'
import { z } from 'zod'
import { EFFECT_CLASSES } from '../effect/effect.ts'
import type { Limits } from '../event/event.ts'
import { LIMIT_TARGETS, OTHERS } from './grant/limits.ts'
import type { PolicyFiles, PolicyProblem } from './policy.ts'

const limitsSchema = z.strictObject({
  effects: z.array(z.enum(EFFECT_CLASSES)).max(EFFECT_CLASSES.length).optional(),
  targets: z.array(z.string().min(1).max(500)).max(LIMIT_TARGETS).optional(),
  /** False: permissions that people gave to the session do not reach it. */
  grants: z.boolean().optional(),
})

const descriptionSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  version: z.int().positive(),
  description: z.string().min(1).max(500),
  /** Least agent version that may load the folder. */
  minAgentVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
  /** False: everything is judged and recorded, and nothing is stopped, asked about or changed. */
  enforce: z.boolean().default(true),
  /** What agents that others hand work to may do at most, by name; `*` is any that is not named. */
  agents: z.record(z.string().min(1).max(100), limitsSchema).default({}),
  /** Pack that the folder builds on; only whole folders are compiled. */
  extends: z.string().max(64).optional(),
})
export type Description = Omit<z.infer<typeof descriptionSchema>, 'extends'>

/** What the description says of agents that others hand work to. */
export function limitsIn({ agents }: Description): ReadonlyMap<string, Limits> {
  return new Map(
    Object.entries(agents).map(([name, { effects, targets, grants }]): [string, Limits] => [
      name === '*' ? OTHERS : name,
      {
        ...(effects === undefined ? {} : { effects }),
        ...(targets === undefined ? {} : { targets }),
        ...(grants === undefined ? {} : { grants }),
      },
    ]),
  )
}

/** Reads `bundle.yaml`. */
export function readDescription(files: PolicyFiles): Description | PolicyProblem {
  const file = 'bundle.yaml'
  const problem = (text: string): PolicyProblem => ({ code: 'bad-description', file, text })
  const read = readYaml(files.get(file) ?? '')
  if (!read.ok) return problem(read.text)
  const checked = descriptionSchema.safeParse(read.value)
  if (!checked.success) return problem(`${describeIssues(checked.error)}; it needs name, version, description and minAgentVersion`)
  const { extends: base, ...description } = checked.data
  if (base === undefined) return description
  return problem(
    `it builds on the pack \`${base}\`, whose files are not here; a folder is compiled whole, as \`assize policy flatten\` writes it`,
  )
}

export type YamlReading = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly text: string }

/** Reads YAML without aliases: they make small files large. Never throws. */
export function readYaml(text: string): YamlReading {
  try {
    return {
      ok: true,
      value: parse(text, { maxAliasCount: 0, strict: true, uniqueKeys: true, schema: 'core', logLevel: 'error' }) as unknown,
    }
  } catch (error) {
    // Deep nesting ends as a RangeError of the parser; to the author it is one more text that cannot be read.
    const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
    return { ok: false, text: `it cannot be read as YAML: ${reason}` }
  }
}

/** The first few of Zod's issues on one line. */
export function describeIssues(error: z.ZodError): string {
  const issues = error.issues.slice(0, 3).map((issue) => `${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`)
  return issues.join('; ')
}
