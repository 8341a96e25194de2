import type { Event, Finding, JsonObject, ToolCall, ToolsOffered } from '@assize/kernel'
import type { Classification, Classifier, TextKind } from '@assize/inference'
import { z } from 'zod'
import { adviceConfigSchema, judgeConfigSchema } from './counsel.ts'

/** Settings under `models:` in the agent's configuration. */
export const modelsConfigSchema = z.strictObject({
  /**
   * `off`: rules alone. `shadow`: texts are scored and what is found is recorded, nothing is decided by it. `on`: policies are told.
   * `hub`: as the hub placed a model here, off without.
   */
  use: z.enum(['off', 'shadow', 'on', 'hub']).default('hub'),
  /** How long a consequential call waits for texts of its session that are still being scored, milliseconds. */
  waitMs: z.int().min(0).max(2000).default(60),
  advice: adviceConfigSchema.prefault({}),
  judge: judgeConfigSchema.prefault({}),
})
export type ModelsConfig = z.infer<typeof modelsConfigSchema>

export interface AdviserOptions {
  /** What models may do here, now. */
  readonly mode: () => 'off' | 'shadow' | 'on'
  /** How long a call waits for texts that are being read, milliseconds. */
  readonly waitMs: number
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
/** Descriptions of one offer that are read; and tools of one session whose descriptions stay known as hostile. */
const MOST_TOOLS = 256
const THRESHOLD = 0.5
/** The kernel tells policies of findings from this score on; it stands for the model's own threshold. */
const TOLD = 0.8

interface Heard {
  readonly findings: Finding[]
  /** What was found in descriptions, by server and tool: it speaks only of calls of that tool. */
  readonly ofTools: Map<string, Finding>
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
    if (this.#options.mode() === 'off') return
    if (event.type === 'tools.offered') return this.#hearTools(session, event)
    const heard = textOf(event)
    if (heard === undefined) return
    const state = this.#stateOf(session)
    const classifier = this.#classifierFor(state)
    if (classifier === undefined) return
    this.#wait(state, (signal) => this.#readText(classifier, { state, where, heard, signal }))
  }

  /** Reads what servers say of their tools when they say it: a poisoned description speaks to the assistant before any call. */
  #hearTools(session: object, { server, tools }: ToolsOffered): void {
    const told = tools.filter(({ description }) => description !== undefined && description.length >= SHORTEST).slice(0, MOST_TOOLS)
    const state = this.#stateOf(session)
    // What is offered again may have been mended.
    for (const { name } of tools) state.ofTools.delete(toolKey(server, name))
    const classifier = told.length === 0 ? undefined : this.#classifierFor(state)
    if (classifier === undefined) return
    const texts = told.map(({ description = '' }) => ({ text: description.slice(0, LONGEST), kind: 'tool_description' as const }))
    this.#wait(state, async (signal) => {
      const scored = await classifier.classify(texts, signal)
      for (const [index, { name }] of told.entries()) {
        const [found] = this.#foundIn(scored[index], {
          where: `${server}/${name}`,
          text: texts[index]?.text ?? '',
          kind: 'tool_description',
          model: `${classifier.model.version}`,
        })
        if (found !== undefined && state.ofTools.size < MOST_TOOLS) state.ofTools.set(toolKey(server, name), found)
      }
    })
  }

  #classifierFor(state: Heard): Classifier | undefined {
    return state.underWay.size >= MOST_UNDER_WAY ? undefined : this.#options.classifier()
  }

  #wait(state: Heard, read: (signal: AbortSignal) => Promise<void>): void {
    // Rules alone decide about a text that was not scored; the state of the classifier says why.
    const reading: Promise<void> = read(AbortSignal.timeout(GIVE_UP_MS))
      .catch(() => undefined)
      .finally(() => state.underWay.delete(reading))
    state.underWay.add(reading)
  }

  async #readText(
    classifier: Classifier,
    {
      state,
      where,
      heard,
      signal,
    }: { readonly state: Heard; readonly where: string; readonly heard: ReadText; readonly signal: AbortSignal },
  ): Promise<void> {
    const [scored] = await classifier.classify([heard], signal)
    for (const finding of this.#foundIn(scored, { where, ...heard, model: `${classifier.model.version}` })) {
      state.findings.push(finding)
      if (state.findings.length > MOST_FINDINGS) state.findings.shift()
    }
  }

  /** What a model found in texts of this session, and in the description of the tool that is called; nothing while it runs in the shadow. */
  findings(session: object, call?: Pick<ToolCall, 'tool' | 'server'>): readonly Finding[] {
    const heard = this.#options.mode() === 'on' ? this.#heard.get(session) : undefined
    if (heard === undefined) return NONE
    const ofTool = call === undefined ? undefined : heard.ofTools.get(toolKey(call.server ?? '', call.tool))
    return ofTool === undefined ? heard.findings : [ofTool, ...heard.findings]
  }

  /** Settles when nothing of this session is being read any more or the time for it is over; nothing when there is nothing to wait for. */
  pending(session: object): Promise<void> | undefined {
    const { mode, waitMs } = this.#options
    const underWay = mode() === 'on' ? this.#heard.get(session)?.underWay : undefined
    if (underWay === undefined || underWay.size === 0 || waitMs === 0) return undefined
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, waitMs)
      void Promise.allSettled(underWay).then(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  /** What of the scores is worth telling, which is recorded as well. */
  #foundIn(scored: Classification | undefined, about: ReadText & { readonly where: string; readonly model: string }): readonly Finding[] {
    const found: Finding[] = []
    for (const [head, score] of Object.entries(scored?.heads ?? {})) {
      if (score < THRESHOLD) continue
      const span = scored?.spans.find((one) => one.head === head)
      const finding: Finding = {
        detector: 'classifier',
        version: about.model,
        kind: KINDS[head] ?? `model.${head}`,
        score: Math.round((TOLD + ((score - THRESHOLD) / (1 - THRESHOLD)) * (1 - TOLD)) * 1000) / 1000,
        where: about.where,
        span: [span?.start ?? 0, span?.end ?? about.text.length],
        detail: 'A model reads this as an instruction to the assistant rather than as content.',
      }
      found.push(finding)
      const { kind, where } = finding
      this.#options.record({ mode: this.#options.mode(), channel: about.kind, kind, score, where, span: [...finding.span] })
    }
    return found
  }

  #stateOf(session: object): Heard {
    const known = this.#heard.get(session)
    if (known !== undefined) return known
    const state: Heard = { findings: [], ofTools: new Map(), underWay: new Set() }
    this.#heard.set(session, state)
    return state
  }
}

const NONE: readonly Finding[] = []

const CHANNELS: Readonly<Record<string, TextKind>> = { tool_result: 'tool_result', memory: 'memory' }

interface ReadText {
  readonly text: string
  readonly kind: TextKind
}

function toolKey(server: string, tool: string): string {
  return `${server}\n${tool}`
}

/** What of an event a model reads: text from outside, of some length. */
function textOf(event: Event): ReadText | undefined {
  if (event.type !== 'context' || event.text.length < SHORTEST) return undefined
  if (event.integrity !== undefined && event.integrity !== 'untrusted') return undefined
  return { text: event.text.slice(0, LONGEST), kind: CHANNELS[event.channel] ?? 'document' }
}
