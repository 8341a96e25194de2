import type { ToolDefinition } from '@assize/kernel'
import type {
  Abandoned,
  GateHost,
  Interception,
  Observation,
  Offer,
  OfferRuling,
  Question,
  ResultReading,
  ResultRuling,
  Ruling,
  Withheld,
} from './gate.ts'

/** A host for gates under test: rules as told, and remembers in order what the gate did. */
export class ScriptedHost implements GateHost {
  readonly log: (
    | { readonly judged: Interception }
    | { readonly observed: Observation }
    | { readonly settled: string; readonly outcome: string }
    | { readonly noted: string }
    | { readonly ended: string }
    | { readonly offered: Offer }
    | { readonly came: ResultReading }
  )[] = []
  rule: (interception: Interception, asked: (question: Question) => void, abandoned: Abandoned) => Ruling | Promise<Ruling> = () => released

  /** What becomes of results; they are only told here when there is a rule. */
  resultRule: ((reading: ResultReading) => ResultRuling | undefined) | undefined
  held: 'nothing' | 'unseen' | 'everything' = 'nothing'

  judgeResult(came: ResultReading): ResultRuling | undefined {
    if (this.resultRule !== undefined) this.log.push({ came })
    return this.resultRule?.(came)
  }

  heldResults(): 'nothing' | 'unseen' | 'everything' {
    return this.held
  }

  /** What becomes of an offer. */
  offer: (offer: Offer) => OfferRuling = () => ({ action: 'release', edits: [], text: '', said: 'allow' })
  /** Tools that no call of could pass. */
  hidden: readonly string[] = []

  now(): number {
    return 1_000
  }

  async judge(interception: Interception, asked: (question: Question) => void, abandoned: Abandoned): Promise<Ruling> {
    this.log.push({ judged: interception })
    return this.rule(interception, asked, abandoned)
  }

  observe(observed: Observation): void {
    this.log.push({ observed })
  }

  async consider(offered: Offer): Promise<OfferRuling> {
    this.log.push({ offered })
    return this.offer(offered)
  }

  outOfReach(_whence: unknown, tools: readonly ToolDefinition[]): readonly Withheld[] {
    const here = this.hidden.filter((name) => tools.some((tool) => tool.name === name))
    return here.map((tool) => ({ tool, policy: 'own.rule', title: 'Not here' }))
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

  get offered(): readonly Offer[] {
    return this.log.flatMap((one) => ('offered' in one ? [one.offered] : []))
  }

  get observed(): readonly Observation[] {
    return this.log.flatMap((one) => ('observed' in one ? [one.observed] : []))
  }
}

export const released: Ruling = { decision: 'D1', action: 'release', edits: [], text: '', followed: true }
export const blocked: Ruling = { decision: 'D2', action: 'block', edits: [], text: 'Blocked by Assize: because.', followed: true }
