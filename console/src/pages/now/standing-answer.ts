import type { Overview } from '../../api/types.ts'

export type Level = 'good' | 'gaps' | 'bad'

/** The answer to `am I protected?`, as told by what agents report. */
export interface StandingAnswer {
  readonly level: Level
  readonly sentence: string
}

export function standingOf(overview: Overview): StandingAnswer {
  const { coverage, agents } = overview
  if (agents.connected === 0 && agents.silent > 0)
    return { level: 'gaps', sentence: 'No agent is in touch. They still decide on their machines, but nothing newer is known here.' }
  if (coverage.unprotected > 0) return { level: 'bad', sentence: `${capital(things(coverage.unprotected))} without protection.` }
  if (coverage.partial > 0) return { level: 'gaps', sentence: `Protected, but ${things(coverage.partial)} only partly covered.` }
  if (agents.silent > 0)
    return { level: 'gaps', sentence: `Protected, but ${agents.silent === 1 ? 'one agent is' : `${agents.silent} agents are`} silent.` }
  if (coverage.protected === 0)
    return { level: 'gaps', sentence: 'No AI application has been seen yet, so nothing is covered and nothing is exposed.' }
  return {
    level: 'good',
    sentence:
      coverage.protected === 1
        ? 'Protected. The one AI application seen is covered.'
        : `Protected. All ${coverage.protected} AI applications seen are covered.`,
  }
}

function things(number: number): string {
  return number === 1 ? 'one AI application runs' : `${number} AI applications run`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
