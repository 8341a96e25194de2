/** Configuration of the hub: one YAML file, checked whole; what the command line says wins over it. */
import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { HubError } from '../platform/errors.ts'

const port = z.int().min(0).max(65_535)

export const configSchema = z.strictObject({
  /** Address the console and REST listen on. Anything but loopback is served over TLS with the hub's own certificate. */
  host: z.string().min(1).default('127.0.0.1'),
  consolePort: port.default(7300),
  /** Address agents connect to. */
  grpcHost: z.string().min(1).default('127.0.0.1'),
  grpcPort: port.default(7301),
  /** More names and addresses the hub is known under; they stand in its certificate and are accepted as host. */
  names: z
    .array(z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/))
    .max(50)
    .default([]),
  /** `host:port` written into enrolment tokens; the listening address when left out. */
  agentAddress: z.string().max(300).optional(),
  /** Folder of the built console. */
  console: z.string().optional(),
  /** Life of an agent's certificate, such as `30d`. */
  certificateLifetime: z
    .string()
    .default('30d')
    .transform((text, issues) => readDuration(text, issues)),
  logLevel: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug']).default('warn'),
})

export type HubConfig = Readonly<z.infer<typeof configSchema>>
export type HubConfigInput = z.input<typeof configSchema>

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `90s`, `15m`, `12h`, `30d` in milliseconds; undefined when it is none of these. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,6})([smhd])$/.exec(text.trim())
  return match === null ? undefined : Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0)
}

function readDuration(text: string, issues: z.RefinementCtx): number {
  const milliseconds = parseDuration(text)
  if (milliseconds !== undefined && milliseconds > 0) return milliseconds
  issues.addIssue({ code: 'custom', message: 'must be a duration such as 90s, 15m, 12h or 30d' })
  return z.NEVER
}

/** Reads the file when there is one and lays `given` over it. Throws a `HubError` that names what is wrong. */
export function loadConfig(file: string | undefined, given: Partial<HubConfigInput>): HubConfig {
  const fromFile = file === undefined ? {} : readFile(file)
  const result = configSchema.safeParse({ ...fromFile, ...given })
  if (result.success) return Object.freeze(result.data)
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`).join('; ')
  throw new HubError({
    code: 'bad-config',
    status: 400,
    detail: `The configuration cannot be used: ${problems}.`,
    protection: 'The hub does not start; agents keep deciding.',
    remedy: 'Mend the named keys; unknown keys are errors so that a misspelt one is never ignored.',
  })
}

function readFile(file: string): Record<string, unknown> {
  if (!existsSync(file))
    throw new HubError({
      code: 'no-config',
      status: 400,
      detail: `There is no configuration file \`${file}\`.`,
      remedy: 'Check the path given with --config.',
    })
  try {
    const value: unknown = parse(readFileSync(file, 'utf8'), { maxAliasCount: 0 })
    if (value === null) return {}
    if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>
    throw new Error('the top level is not a mapping')
  } catch (cause) {
    throw new HubError(
      {
        code: 'bad-config',
        status: 400,
        detail: `The configuration file \`${file}\` is not YAML that maps keys to values.`,
        protection: 'The hub does not start; agents keep deciding.',
        remedy: 'Mend the file.',
      },
      cause,
    )
  }
}
