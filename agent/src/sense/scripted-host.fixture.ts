import type { GateHost, Interception, Observation, Question, Ruling } from './gate.ts'

/** A host for gates under test: rules as told, and remembers in order what the gate did. */
export class ScriptedHost implements GateHost {
  readonly log: (
    | { readonly judged: Interception }
    | { readonly observed: Observation }
    | { readonly settled: string; readonly outcome: string }
    | { readonly noted: string }
    | { readonly ended: string }
  )[] = []
  rule: (interception: Interception, asked: (question: Question) => void, abandoned: AbortSignal) => Ruling | Promise<Ruling> = () =>
    released

  now(): number {
    return 1_000
  }

  async judge(interception: Interception, asked: (question: Question) => void, abandoned: AbortSignal): Promise<Ruling> {
    this.log.push({ judged: interception })
    return this.rule(interception, asked, abandoned)
  }

  observe(observed: Observation): void {
    this.log.push({ observed })
  }

  settled(decision: string, outcome: 'released' | 'failed'): void {
    this.log.push({ settled: decision, outcome })
  }

  ended(_caller: unknown, hostSession: string): void {
    this.log.push({ ended: hostSession })
  }

  note(subject: string): void {
    this.log.push({ noted: subject })
  }

  get judged(): readonly Interception[] {
    return this.log.flatMap((one) => ('judged' in one ? [one.judged] : []))
  }

  get observed(): readonly Observation[] {
    return this.log.flatMap((one) => ('observed' in one ? [one.observed] : []))
  }
}

export const released: Ruling = { decision: 'D1', action: 'release', edits: [], text: '', followed: true }
export const blocked: Ruling = { decision: 'D2', action: 'block', edits: [], text: 'Blocked by Assize: because.', followed: true }
