import type { ModelComparison, ModelInUse, ModelState } from '@assize/proto'
import type { ModelTask } from '../../store/index.ts'

/** One model as an agent says it runs. Every text is cut to size, every number is finite. */
export interface ModelSaid {
  readonly name: string
  readonly version: number
  /** Empty for the model that ships with agents. */
  readonly manifestHash: string
  readonly scored: number
  readonly flagged: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly drifted: readonly string[]
}

/** What an agent says that it runs for one task. */
export interface ModelStateSaid {
  readonly task: ModelTask
  readonly mode: 'off' | 'shadow' | 'on'
  readonly active?: ModelSaid
  readonly shadow?: ModelSaid
  readonly comparison?: ComparisonSaid
  readonly problems: readonly string[]
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface ComparisonSaid {
  readonly compared: number
  readonly both: number
  readonly onlyActive: number
  readonly onlyShadow: number
  readonly missed: number
}

const MOST_PROBLEMS = 10
const MOST_CHANNELS = 10

export function decodeModelState(state: ModelState): ({ readonly type: 'models' } & ModelStateSaid) | { readonly type: 'unknown' } {
  const { task, mode, active, shadow, comparison, problems, atMs } = state
  if ((task !== 'texts' && task !== 'calls') || (mode !== 'off' && mode !== 'shadow' && mode !== 'on')) return { type: 'unknown' }
  return {
    type: 'models',
    task,
    mode,
    ...(active && { active: modelOf(active) }),
    ...(shadow && { shadow: modelOf(shadow) }),
    ...(comparison && { comparison: comparisonOf(comparison) }),
    problems: problems.slice(0, MOST_PROBLEMS).map((text) => text.slice(0, 500)),
    at: numberOf(atMs),
  }
}

function modelOf({ name, version, manifestHash, scored, flagged, p50Ms, p99Ms, drifted }: ModelInUse): ModelSaid {
  return {
    name: name.slice(0, 64),
    version: numberOf(version),
    manifestHash: manifestHash.slice(0, 64),
    scored: numberOf(scored),
    flagged: numberOf(flagged),
    p50Ms: finite(p50Ms),
    p99Ms: finite(p99Ms),
    drifted: drifted.slice(0, MOST_CHANNELS).map((channel) => channel.slice(0, 32)),
  }
}

function comparisonOf({ compared, both, onlyActive, onlyShadow, missed }: ModelComparison): ComparisonSaid {
  return {
    compared: numberOf(compared),
    both: numberOf(both),
    onlyActive: numberOf(onlyActive),
    onlyShadow: numberOf(onlyShadow),
    missed: numberOf(missed),
  }
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0
}

function numberOf(value: bigint): number {
  return value > BigInt(Number.MAX_SAFE_INTEGER) || value < -BigInt(Number.MAX_SAFE_INTEGER) ? 0 : Number(value)
}
