import { type Advice, type AdviceQuestion, CLEARS, DOUBTS, type JsonObject, type Open } from '@assize/kernel'
import { type Classifier, type LlamaJudge, questionText } from '@assize/inference'
import { z } from 'zod'

/** Settings under `models.advice:` and `models.judge:`. */
export const adviceConfigSchema = z.strictObject({
  /**
   * `off`: no model is asked about calls. `shadow`: it is, what it says is recorded and used for nothing. `on`: its word counts
   * within the kernel's bounds. `hub`: as the hub placed a model here, off without.
   */
  use: z.enum(['off', 'shadow', 'on', 'hub']).default('hub'),
  /** How long a call waits for the alignment model, milliseconds; with 0 it is not asked, and the judge alone is. */
  waitMs: z.int().min(0).max(2000).default(60),
  /** Models may also add a question about calls that rules let run. On recorded sessions that stopped nothing more. */
  doubts: z.boolean().default(false),
})
export const judgeConfigSchema = z.strictObject({
  /** A GGUF file; without one there is no judge. */
  path: z.string().min(1).max(4096).optional(),
  /** How long a call waits for the judge, milliseconds. */
  waitMs: z.int().min(1).max(30_000).default(2000),
})
export type CounselConfig = { readonly advice: z.infer<typeof adviceConfigSchema>; readonly judge: z.infer<typeof judgeConfigSchema> }

export interface CounselOptions {
  readonly config: CounselConfig
  /** What models may do here, now. */
  readonly mode: () => 'off' | 'shadow' | 'on'
  /** The alignment model, started when the first call needs it; nothing when there is none. */
  readonly alignment: () => Classifier | undefined
  readonly judge: () => Pick<LlamaJudge, 'ask'> | undefined
  /** Keeps in the journal what was said in the shadow. */
  readonly record: (detail: JsonObject) => void
}

/** Calls that may wait for models at once; one more is decided by rules alone. */
const MOST_WAITING = 16

/** Asks models about the calls that rules leave open: the alignment model first, the judge where that one leans to neither side. */
export class Counsel {
  readonly #options: CounselOptions
  #waiting = 0

  constructor(options: CounselOptions) {
    this.#options = options
  }

  /** What models say of an open call, within their time; none of it where they do not answer. Nothing where nobody is waited for. */
  ask(open: Open): Promise<readonly Advice[]> | undefined {
    const { doubts } = this.#options.config.advice
    const use = this.#options.mode()
    if (use === 'off' || (open.wanted === 'doubt' && !doubts) || this.#waiting >= MOST_WAITING) return undefined
    this.#waiting += 1
    const said = this.#consult(open).finally(() => {
      this.#waiting -= 1
    })
    if (use === 'on') return said
    void said.then((advice) => {
      if (advice.length > 0) this.#options.record({ wanted: open.wanted, said: advice.map((one) => ({ ...one })) })
    })
    return undefined
  }

  async #consult({ wanted, question }: Open): Promise<readonly Advice[]> {
    const asked = question()
    const first = await this.#alignment(asked)
    if (first !== undefined && (first.serves >= CLEARS || first.serves <= DOUBTS)) return [first]
    // A judge is slow: where the call would run, it is asked only about what the first model does not believe in.
    const worth = wanted === 'clear' || (first !== undefined && first.serves < 0.5)
    const second = worth ? await this.#judge(asked) : undefined
    return [first, second].filter((advice) => advice !== undefined)
  }

  async #alignment(question: AdviceQuestion): Promise<Advice | undefined> {
    const { waitMs } = this.#options.config.advice
    const classifier = waitMs === 0 ? undefined : this.#options.alignment()
    if (classifier === undefined) return undefined
    try {
      const [scored] = await classifier.classify([{ text: questionText(question) }], AbortSignal.timeout(waitMs))
      const serves = scored?.heads['serves']
      const { name, version } = classifier.model
      return serves === undefined ? undefined : { model: name, version: `${version}`, serves }
    } catch {
      // Rules alone decide about a call that no model spoke on; the state of the model says why.
      return undefined
    }
  }

  async #judge(question: AdviceQuestion): Promise<Advice | undefined> {
    const { path, waitMs } = this.#options.config.judge
    const judge = path === undefined ? undefined : this.#options.judge()
    if (judge === undefined) return undefined
    try {
      const { probability } = await judge.ask(question, AbortSignal.timeout(waitMs))
      return { model: 'judge', version: fileName(path ?? ''), serves: Math.round(probability * 10_000) / 10_000 }
    } catch {
      return undefined
    }
  }
}

function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path
}
