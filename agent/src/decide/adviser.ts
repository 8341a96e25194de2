import type { Event, Finding, JsonObject } from '@assize/kernel'
import type { Classification, Classifier, TextKind } from '@assize/inference'
import { z } from 'zod'
import { adviceConfigSchema, judgeConfigSchema } from './counsel.ts'

/** Settings under `models:` in the agent's configuration. */
export const modelsConfigSchema = z.strictObject({
  /** `off`: rules alone. `shadow`: texts are scored and what is found is recorded, nothing is decided by it. `on`: policies are told. */
  use: z.enum(['off', 'shadow', 'on']).default('off'),
  /** How long a consequential call waits for texts of its session that are still being scored, milliseconds. */
  waitMs: z.int().min(0).max(2000).default(60),
  advice: adviceConfigSchema.prefault({}),
  judge: judgeConfigSchema.prefault({}),
})
export type ModelsConfig = z.infer<typeof modelsConfigSchema>

export interface AdviserOptions {
  readonly config: Pick<ModelsConfig, 'use' | 'waitMs'>
  /** The model, started when the first text needs it; nothing when there is none. */
  readonly classifier: () => Classifier | undefined
  /** Keeps what was found in the journal. */
  readonly record: (detail: JsonObject) => void
}

/** Findings kept for one session; the oldest make room. */
const MOST_FINDINGS = 64
/** Texts of one session that are scored at once; beyond, a text is not scored. */
const MOST_UNDER_WAY = 16
/** Shorter texts hold no instruction; of longer ones a model reads the beginning. */
const SHORTEST = 24
const LONGEST = 262_144
/** A text is given up after this, whatever waits for it. */
const GIVE_UP_MS = 5000
const THRESHOLD = 0.5
/** The kernel tells policies of findings from this score on; it stands for the model's own threshold. */
const TOLD = 0.8

interface Heard {
  readonly findings: Finding[]
  readonly underWay: Set<Promise<void>>
}

const KINDS: Readonly<Record<string, string>> = {
  override: 'model.injection',
  request: 'model.request-in-data',
  poisoning: 'model.tool-poisoning',
}

/** Has a model read what comes into sessions from outside, off the way of calls, and keeps what it found until a call is judged. */
export class Adviser {
  readonly #options: AdviserOptions
  readonly #heard = new WeakMap<object, Heard>()

  constructor(options: AdviserOptions) {
    this.#options = options
  }

  /** A text came in. `where` is its source in the session. Returns at once. */
  hear(session: object, event: Event, where: string): void {
    const heard = textOf(event)
    if (heard === undefined || this.#options.config.use === 'off') return
    const state = this.#stateOf(session)
    const classifier = state.underWay.size >= MOST_UNDER_WAY ? undefined : this.#options.classifier()
    if (classifier === undefined) return
    const reading = classifier
      .classify([heard], AbortSignal.timeout(GIVE_UP_MS))
      .then(
        ([scored]) => scored && this.#take(state, scored, { where, ...heard, model: `${classifier.model.version}` }),
        // Rules alone decide about a text that was not scored; the state of the classifier says why.
        () => undefined,
      )
      .finally(() => state.underWay.delete(reading))
    state.underWay.add(reading)
  }

  /** What a model found in texts of this session; nothing while it runs in the shadow. */
  findings(session: object): readonly Finding[] {
    return this.#options.config.use === 'on' ? (this.#heard.get(session)?.findings ?? NONE) : NONE
  }

  /** Settles when nothing of this session is being read any more or the time for it is over; nothing when there is nothing to wait for. */
  pending(session: object): Promise<void> | undefined {
    const { use, waitMs } = this.#options.config
    const underWay = use === 'on' ? this.#heard.get(session)?.underWay : undefined
    if (underWay === undefined || underWay.size === 0 || waitMs === 0) return undefined
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, waitMs)
      void Promise.allSettled(underWay).then(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  #take(
    state: Heard,
    { heads, spans }: Classification,
    about: { readonly where: string; readonly text: string; readonly kind: TextKind; readonly model: string },
  ): void {
    for (const [head, score] of Object.entries(heads)) {
      if (score < THRESHOLD) continue
      const span = spans.find((one) => one.head === head)
      const finding: Finding = {
        detector: 'classifier',
        version: about.model,
        kind: KINDS[head] ?? `model.${head}`,
        score: Math.round((TOLD + ((score - THRESHOLD) / (1 - THRESHOLD)) * (1 - TOLD)) * 1000) / 1000,
        where: about.where,
        span: [span?.start ?? 0, span?.end ?? about.text.length],
        detail: 'A model reads this as an instruction to the assistant rather than as content.',
      }
      state.findings.push(finding)
      if (state.findings.length > MOST_FINDINGS) state.findings.shift()
      this.#options.record({
        mode: this.#options.config.use,
        channel: about.kind,
        kind: finding.kind,
        score,
        where: about.where,
        span: [...finding.span],
      })
    }
  }

  #stateOf(session: object): Heard {
    const known = this.#heard.get(session)
    if (known !== undefined) return known
    const state: Heard = { findings: [], underWay: new Set() }
    this.#heard.set(session, state)
    return state
  }
}

const NONE: readonly Finding[] = []

const CHANNELS: Readonly<Record<string, TextKind>> = { tool_result: 'tool_result', memory: 'memory' }

/** What of an event a model reads: text from outside, of some length. */
function textOf(event: Event): { readonly text: string; readonly kind: TextKind } | undefined {
  if (event.type !== 'context' || event.text.length < SHORTEST) return undefined
  if (event.integrity !== undefined && event.integrity !== 'untrusted') return undefined
  return { text: event.text.slice(0, LONGEST), kind: CHANNELS[event.channel] ?? 'document' }
}
