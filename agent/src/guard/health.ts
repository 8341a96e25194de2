import type { AppCoverage, Health, ModelFileSighting, ProcessSighting } from '../platform/health.ts'

/** Where each part of the picture comes from; asked anew for every report. */
export interface HealthSources {
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number
  readonly uptimeMs: () => number
  readonly rssBytes: () => number
  readonly policy: () => Health['policy']
  readonly unshipped: () => Health['unshipped']
  readonly coverage: () => readonly AppCoverage[]
  readonly processes: () => readonly ProcessSighting[]
  readonly modelFiles: () => readonly ModelFileSighting[]
  /** Each part speaks for itself, in plain sentences. */
  readonly problems: readonly (() => readonly string[])[]
  readonly safeMode: () => boolean
}

const MOST_PROBLEMS = 50
const LONGEST_PROBLEM = 600

/** Puts the picture together. A part that cannot say how it is counts as a problem, never as healthy. */
export function assembleHealth(sources: HealthSources): Health {
  const problems = new Set<string>()
  for (const source of sources.problems) for (const problem of spoken(source)) problems.add(problem.slice(0, LONGEST_PROBLEM))
  if (sources.safeMode())
    problems.add(
      'The agent runs in safe mode after repeated crashes: the policy before the last one is in force. Decisions go on; look at the log, then publish a corrected policy.',
    )
  for (const app of sources.coverage())
    if (app.state === 'unprotected') problems.add(`${app.app} is not protected: ${app.reason}`.slice(0, LONGEST_PROBLEM))
  return {
    at: sources.now(),
    uptimeMs: sources.uptimeMs(),
    policy: sources.policy(),
    unshipped: sources.unshipped(),
    coverage: sources.coverage(),
    processes: sources.processes(),
    modelFiles: sources.modelFiles(),
    problems: [...problems].slice(0, MOST_PROBLEMS),
    rssBytes: sources.rssBytes(),
    safeMode: sources.safeMode(),
  }
}

function spoken(source: () => readonly string[]): readonly string[] {
  try {
    return source()
  } catch (error) {
    return [`A part of the agent cannot say how it is (${error instanceof Error ? error.message : String(error)}).`]
  }
}
