import type { DecisionEntry } from '@assize/kernel'

export type ApprovalScope = 'once' | 'session' | 'always'

/** Says that the host has given up; an `AbortSignal` does. */
export interface Abandoned {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: true }): void
}

/** A question to a person about one held call. */
export interface Approval {
  /** Short enough to say aloud. */
  readonly id: string
  readonly decision: DecisionEntry
  readonly question: string
  /** Milliseconds since 1970. */
  readonly askedAt: number
  readonly expiresAt: number
  readonly state: 'waiting' | 'approved' | 'denied' | 'expired'
  readonly scope?: ApprovalScope
  readonly forMs?: number
  readonly answeredBy?: string
}

export interface ApprovalEvent {
  readonly kind: 'asked' | 'resolved'
  readonly approval: Approval
}

/** Who answers a question: a person at this machine or at the hub. */
export interface Answerer {
  readonly approved: boolean
  readonly scope: ApprovalScope
  /** With `always`: for so many milliseconds and no longer. */
  readonly forMs?: number
  readonly by: string
}

export interface ApprovalDeskOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** 0 to 1. */
  readonly random: () => number
}

/** Questions open at once; one more is not asked and takes its fallback. */
const MOST_WAITING = 200
/** How long a question that no call waits for can be answered. */
const BESIDE_MS = 10 * 60_000
/** Answered and expired ones kept: a late approval still counts for the next attempt. */
const MOST_CLOSED = 500
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'

interface Ticket {
  approval: Approval
  /** No call waits for the answer; it counts for the next attempt. */
  readonly beside: boolean
  resolve: (approval: Approval) => void
  timer: NodeJS.Timeout | undefined
}

/** Holds the questions that wait for a person. */
export class ApprovalDesk {
  private readonly options: ApprovalDeskOptions
  private readonly tickets = new Map<string, Ticket>()
  private readonly listeners = new Set<(event: ApprovalEvent) => void>()
  private waiting = 0

  constructor(options: ApprovalDeskOptions) {
    this.options = options
  }

  /** Asks, and settles when somebody answered, `wait` milliseconds passed, or the host gave up. `undefined`: too many are open. */
  ask(
    decision: DecisionEntry,
    wait: number,
    abandoned: Abandoned,
  ): { readonly approval: Approval; readonly resolved: Promise<Approval> } | undefined {
    if (abandoned.aborted) return undefined
    const asked = this.open(decision, wait, false)
    if (asked === undefined) return undefined
    const { id } = asked.approval
    abandoned.addEventListener('abort', () => this.close(id, 'expired', { answeredBy: 'the host gave up' }), { once: true })
    return asked
  }

  /** Asks without anybody waiting. The same question of the same session is asked once. `undefined`: too many are open. */
  askBeside(decision: DecisionEntry): Approval | undefined {
    const question = questionOf(decision)
    for (const { approval, beside } of this.tickets.values())
      if (beside && approval.state === 'waiting' && approval.question === question && sameSession(approval.decision, decision))
        return approval
    return this.open(decision, BESIDE_MS, true)?.approval
  }

  /** Everything known, newest first. */
  list(): readonly Approval[] {
    return [...this.tickets.values()].map((ticket) => ticket.approval).reverse()
  }

  /** What became of the answer: `late` means that the call is gone already but the answer is known. */
  answer(id: string, answerer: Answerer): 'answered' | 'late' | 'already' | 'unknown' {
    const ticket = this.tickets.get(id.toUpperCase())
    if (ticket === undefined) return 'unknown'
    const { state } = ticket.approval
    if (state === 'approved' || state === 'denied') return 'already'
    this.close(ticket.approval.id, answerer.approved ? 'approved' : 'denied', {
      scope: answerer.scope,
      answeredBy: answerer.by,
      ...(answerer.forMs === undefined ? {} : { forMs: answerer.forMs }),
    })
    return state === 'waiting' && !ticket.beside ? 'answered' : 'late'
  }

  get(id: string): Approval | undefined {
    return this.tickets.get(id.toUpperCase())?.approval
  }

  /** Returns how to stop. */
  subscribe(listener: (event: ApprovalEvent) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The agent stops: nobody is asked any more. */
  stop(): void {
    for (const { approval } of this.tickets.values())
      if (approval.state === 'waiting') this.close(approval.id, 'expired', { answeredBy: 'the agent stopped' })
  }

  private open(
    decision: DecisionEntry,
    wait: number,
    beside: boolean,
  ): { readonly approval: Approval; readonly resolved: Promise<Approval> } | undefined {
    if (this.waiting >= MOST_WAITING) return undefined
    const now = this.options.now()
    const question = questionOf(decision)
    const approval: Approval = { id: this.newId(), decision, question, askedAt: now, expiresAt: now + wait, state: 'waiting' }
    const resolved = new Promise<Approval>((resolve) => {
      const timer = setTimeout(() => this.close(approval.id, 'expired', {}), wait)
      if (beside) timer.unref()
      this.tickets.set(approval.id, { approval, beside, resolve, timer })
    })
    this.waiting += 1
    this.tell({ kind: 'asked', approval })
    this.trim()
    return { approval, resolved }
  }

  private close(id: string, state: 'approved' | 'denied' | 'expired', more: Pick<Approval, 'scope' | 'forMs' | 'answeredBy'>): void {
    const ticket = this.tickets.get(id)
    if (ticket === undefined || (ticket.approval.state !== 'waiting' && state === 'expired')) return
    if (ticket.approval.state === 'waiting') this.waiting -= 1
    clearTimeout(ticket.timer)
    ticket.approval = { ...ticket.approval, ...more, state }
    ticket.resolve(ticket.approval)
    this.tell({ kind: 'resolved', approval: ticket.approval })
  }

  private tell(event: ApprovalEvent): void {
    for (const listener of this.listeners) listener(event)
  }

  private trim(): void {
    for (const [id, { approval }] of this.tickets) {
      if (this.tickets.size - this.waiting <= MOST_CLOSED) return
      if (approval.state !== 'waiting') this.tickets.delete(id)
    }
  }

  private newId(): string {
    for (;;) {
      let id = ''
      while (id.length < 5) id += LETTERS[Math.trunc(this.options.random() * LETTERS.length)] ?? 'A'
      if (!this.tickets.has(id)) return id
    }
  }
}

function sameSession(left: DecisionEntry, right: DecisionEntry): boolean {
  return left.principal.session === right.principal.session
}

/** The decision's own sentence, with the application as its subject. */
function questionOf({ decision, principal }: DecisionEntry): string {
  const told = decision.summary.replace(/^Waiting for you: it /, '')
  return `${principal.app.name}${told === decision.summary ? ': ' : ' '}${told}`.slice(0, 600)
}
