import { readFileSync, statSync } from 'node:fs'
import { parse } from 'yaml'
import { AgentError, messageOf, systemCode } from '../platform/errors.ts'
import type { Platform } from '../platform/platform.ts'
import { configFiles } from '../platform/state-directory.ts'
import { type AgentConfig, configSchema } from './schema.ts'

const MOST_BYTES = 1024 * 1024

/**
 * The file given, else the first one found, else the defaults; `ASSIZE_PACK`, `ASSIZE_LOG`, `ASSIZE_MODEL_GATEWAY` and
 * `ASSIZE_DECISION_API` (ports) go before the file.
 * Throws an `AgentError` for a file that cannot be used: an agent with half a configuration would look like one that protects.
 */
export function loadConfig(file: string | undefined, platform: Platform): AgentConfig {
  const found = file ?? configFiles(platform).find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile() === true)
  const { ASSIZE_PACK: pack, ASSIZE_LOG: log, ASSIZE_MODEL_GATEWAY: modelApi, ASSIZE_DECISION_API: acs } = platform.environment
  const written = found === undefined ? {} : read(found)
  const parsed = configSchema.safeParse({
    ...written,
    ...(pack === undefined ? {} : { pack }),
    ...(log === undefined ? {} : { log }),
    ...(modelApi === undefined && acs === undefined ? {} : { sense: withPorts(written, { modelApi, acs }) }),
  })
  if (parsed.success) return Object.freeze(parsed.data)
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'top level'}: ${issue.message}`).join('; ')
  throw new AgentError(
    'usage',
    `The configuration ${found === undefined ? 'in the environment' : `\`${found}\``} is not valid (${problems}), so the agent did not start and nothing is protected. Correct it and start again.`,
  )
}

/** What is no mapping stays as it is, for the schema to refuse. */
function withPorts(written: Readonly<Record<string, unknown>>, ports: Readonly<Record<string, string | undefined>>): unknown {
  const { sense = {} } = written
  if (!isMapping(sense)) return sense
  const opened = Object.entries(ports).map(([gate, port]) => {
    const { [gate]: section = {} } = sense
    if (port === undefined || !isMapping(section)) return [gate, sense[gate]]
    return [gate, { ...section, port: /^\d{1,5}$/.test(port) ? Number(port) : port }]
  })
  return { ...sense, ...Object.fromEntries(opened) }
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function read(file: string): Readonly<Record<string, unknown>> {
  try {
    if (statSync(file).size > MOST_BYTES) throw new Error('it is larger than a megabyte')
    const value: unknown = parse(readFileSync(file, 'utf8'), { maxAliasCount: 20 })
    if (value === null || value === undefined) return {}
    if (!isMapping(value)) throw new Error('it is not a mapping')
    return value
  } catch (error) {
    const why = systemCode(error) === 'ENOENT' ? 'it does not exist' : messageOf(error)
    throw new AgentError(
      'usage',
      `The configuration \`${file}\` could not be read (${why}), so the agent did not start and nothing is protected. Correct it and start again.`,
      error,
    )
  }
}
