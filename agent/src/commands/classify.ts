import { checkModelFiles, type Classification, type ClassifierText, OnnxClassifier, TEXT_KINDS } from '@assize/inference'
import { z } from 'zod'
import { builtInModel, readModelFolder } from '../control/models/model-folder.ts'
import { AgentError, EXIT, messageOf } from '../platform/errors.ts'
import type { CommandContext } from './context.ts'
import { type Line, linesOf, parseLine } from './json-lines.ts'

const lineSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
  kind: z.enum(TEXT_KINDS).optional(),
})
type Asked = z.infer<typeof lineSchema>

/** Texts that are scored together, and groups under way at once: reading, scoring and writing overlap. */
const TOGETHER = 16
const UNDER_WAY = 4
/** A lone text is not kept waiting for company. */
const LINGER_MS = 2
const THRESHOLD = 0.5

/** `assize classify`: one text per line in, its scores per line out, in order. No agent takes part. */
export async function runClassify(context: CommandContext, folder: string | undefined): Promise<number> {
  const classifier = openClassifier(folder)
  try {
    const run = new Run(classifier, context)
    for await (const line of linesOf(process.stdin)) await run.take(line)
    return (await run.finish()) ? EXIT.done : EXIT.usage
  } finally {
    await classifier.close()
  }
}

function openClassifier(folder: string | undefined): OnnxClassifier {
  const where = folder ?? builtInModel()
  if (where === undefined)
    throw new AgentError('usage', 'This agent came without a model, so nothing was scored. Name a model bundle with `--model DIR`.')
  const files = readModelFolder(where)
  const bundle = checkModelFiles(files)
  if (!bundle.ok) throw new AgentError('usage', `The model in \`${where}\` is not used: ${bundle.detail}`)
  const { name, version } = bundle.card
  return OnnxClassifier.start({ model: { name, version }, files })
}

/** A line that cannot be scored gets an answer too, so that input and output keep step. */
type Read = { readonly asked: Asked } | Refused
interface Refused {
  readonly id?: string | number | undefined
  readonly error: string
}

class Run {
  readonly #classifier: OnnxClassifier
  readonly #context: CommandContext
  #group: Read[] = []
  readonly #underWay: Promise<void>[] = []
  #written: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #bad = false

  constructor(classifier: OnnxClassifier, context: CommandContext) {
    this.#classifier = classifier
    this.#context = context
  }

  async take(line: Line): Promise<void> {
    this.#group.push(read(line))
    if (this.#group.length >= TOGETHER) this.#flush()
    else this.#timer ??= setTimeout(() => this.#flush(), LINGER_MS)
    while (this.#underWay.length >= UNDER_WAY) await this.#underWay[0]
  }

  /** True when every line was a text. Throws an `AgentError` when the model gave up. */
  async finish(): Promise<boolean> {
    this.#flush()
    await this.#written
    return !this.#bad
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const group = this.#group
    if (group.length === 0) return
    this.#group = []
    const answered = this.#score(group)
    const written = this.#written.then(async () => {
      for (const answer of await answered) await this.#context.say(JSON.stringify(answer))
    })
    this.#written = written
    this.#underWay.push(written)
    const forget = () => void this.#underWay.splice(this.#underWay.indexOf(written), 1)
    void written.catch(() => undefined).finally(forget)
  }

  async #score(group: readonly Read[]): Promise<readonly object[]> {
    const asked = group.flatMap((line) => ('asked' in line ? [line.asked] : []))
    if (asked.length < group.length) this.#bad = true
    const started = performance.now()
    const scored = await this.#classify(asked.map(({ text, kind }) => ({ text, kind })))
    const millis = Math.round(((performance.now() - started) / Math.max(asked.length, 1)) * 1000) / 1000
    let next = 0
    return group.map((line) => {
      if ('error' in line) return line
      const classification = scored[next]
      next += 1
      return classification === undefined ? {} : answerOf(line.asked, classification, { millis, model: this.#classifier.model })
    })
  }

  async #classify(texts: readonly ClassifierText[]): Promise<readonly Classification[]> {
    try {
      return await this.#classifier.classify(texts)
    } catch (error) {
      throw new AgentError('internal', `The texts were not scored. ${messageOf(error)}`, error)
    }
  }
}

function read(line: Line): Read {
  let parsed: unknown
  try {
    parsed = parseLine(line, 'the input')
  } catch (error) {
    return { error: messageOf(error) }
  }
  const asked = lineSchema.safeParse(parsed)
  if (asked.success) return { asked: asked.data }
  const issue = asked.error.issues[0]
  const where = issue?.path.join('.') || 'the line'
  return { ...idOf(parsed), error: `Line ${line.number} was not scored: ${where} is wrong (${issue?.message ?? 'not a text'}).` }
}

/** Whoever asked can tell by its id which text went without a score. */
function idOf(parsed: unknown): { readonly id?: string | number } {
  const { data } = z.object({ id: z.union([z.string(), z.number()]) }).safeParse(parsed)
  return data ?? {}
}

function answerOf(
  { id, text }: Asked,
  { injection, heads, spans, cut }: Classification,
  rest: { readonly millis: number; readonly model: object },
) {
  return {
    id,
    injection,
    label: injection >= THRESHOLD ? 'injection' : 'benign',
    detectors: Object.entries(heads).flatMap(([head, score]) => (score >= THRESHOLD ? [`classifier.${head}`] : [])),
    spans: spans.map(({ start, end, score }) => ({ start, end, score })),
    ...(cut ? { cut, length: text.length } : {}),
    ...rest,
  }
}
