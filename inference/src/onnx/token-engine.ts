import { Tokenizer } from '@huggingface/tokenizers'
import type { ModelBundle } from '../bundle/check-bundle.ts'
import type { ClassesCard, ModelCard } from '../bundle/card.ts'
import type { ClassifierText } from '../port.ts'
import { type HiddenText, hiddenIn } from '../text/hidden.ts'
import type { Engine, RawScores } from './engine.ts'
import { loadRuntime, type OnnxRuntime, SESSION_OPTIONS } from './runtime.ts'

/** Windows that run together: these models are an order of magnitude larger than our own. */
const BATCH = 4
/** Characters per token, generously: more of a text is never read than its model takes. */
const CHARACTERS = 16

interface Window {
  readonly text: number
  readonly ids: readonly number[]
}

interface Loaded {
  readonly runtime: OnnxRuntime
  readonly session: Awaited<ReturnType<OnnxRuntime['InferenceSession']['create']>>
  readonly card: ModelCard
  readonly classes: ClassesCard
  readonly reader: TokenReader
}

/** Loads a classifier as people bring it: a Hugging Face `tokenizer.json`, and one row of class logits for each window of tokens. */
export async function loadTokenEngine(bundle: ModelBundle): Promise<Engine> {
  const { card, files } = bundle
  const { classes } = card
  if (classes === undefined) throw new Error('the card does not say which class is an attack')
  const runtime = await loadRuntime()
  const reader = new TokenReader(parsed(files.get('tokenizer.json')), parsed(files.get('tokenizer_config.json')))
  const session = await runtime.InferenceSession.create(files.get('model.onnx') ?? new Uint8Array(), SESSION_OPTIONS)
  const loaded: Loaded = { runtime, session, card, classes, reader }
  return {
    card,
    async score(texts, cancelled) {
      const views = texts.flatMap((text, owner) => [
        { owner, text: text.text, passage: undefined },
        ...hiddenIn(text.text).map((passage) => ({ owner, text: passage.text, passage })),
      ])
      const read = views.map(({ text }) => reader.windows(text, card.limits.words, classes))
      const windows = read.flatMap(({ windows: own }, index) => own.map((ids): Window => ({ text: index, ids })))
      const best = views.map(() => -20)
      for (let at = 0; at < windows.length; at += BATCH) {
        if (cancelled()) return undefined
        const part = windows.slice(at, at + BATCH)
        const odds = await oddsOf(loaded, part)
        for (const [index, window] of part.entries()) best[window.text] = Math.max(best[window.text] ?? -20, odds[index] ?? Number.NaN)
      }
      return texts.map((text, owner) =>
        scoresOf(
          text,
          views.flatMap((view, index) =>
            view.owner === owner ? [{ ...view, odds: best[index] ?? Number.NaN, cut: read[index]?.cut === true }] : [],
          ),
        ),
      )
    },
    release: () => session.release(),
  }
}

interface ScoredView {
  readonly passage: HiddenText | undefined
  readonly odds: number
  readonly cut: boolean
}

/** Such a model does not say where an attack stands: the whole text, or the passage it was decoded from. */
function scoresOf({ text }: ClassifierText, views: readonly ScoredView[]): RawScores {
  const logit = views.reduce((most, { odds }) => Math.max(most, odds), -20)
  const spans = views.map(({ passage, odds }) => ({ head: 0, start: passage?.start ?? 0, end: passage?.end ?? text.length, logit: odds }))
  return { logits: [logit], spans: spans.filter(({ end }) => end > 0), cut: views[0]?.cut ?? false }
}

/** Logarithm of the odds of the attack class against all others. */
async function oddsOf({ runtime, session, classes }: Loaded, windows: readonly Window[]): Promise<readonly number[]> {
  const length = Math.max(...windows.map(({ ids }) => ids.length))
  const size = windows.length
  const [ids, mask] = [new BigInt64Array(size * length), new BigInt64Array(size * length)]
  for (const [row, window] of windows.entries()) {
    for (const [at, id] of window.ids.entries()) {
      ids[row * length + at] = BigInt(id)
      mask[row * length + at] = 1n
    }
  }
  const tensor = (data: BigInt64Array) => new runtime.Tensor('int64', data, [size, length])
  const inputs = { input_ids: tensor(ids), attention_mask: tensor(mask), token_type_ids: tensor(new BigInt64Array(size * length)) }
  const named = Object.entries(inputs).filter(([name]) => session.inputNames.includes(name))
  const output = (await session.run(Object.fromEntries(named)))[classes.output]
  if (!(output?.data instanceof Float32Array) || output.data.length !== size * classes.count)
    throw new Error('the model answers in another shape than its card says')
  const { data } = output
  return windows.map((_, row) => {
    const logits = [...data.subarray(row * classes.count, (row + 1) * classes.count)]
    const others = logits.filter((_logit, index) => index !== classes.attack)
    return (logits[classes.attack] ?? Number.NaN) - logSum(others)
  })
}

function logSum(logits: readonly number[]): number {
  const most = Math.max(...logits)
  return most + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0))
}

/** Cuts texts into windows of tokens, each between the marks that the model expects. */
class TokenReader {
  readonly #tokenizer: Tokenizer
  readonly #before: readonly number[]
  readonly #after: readonly number[]

  constructor(tokenizer: object, config: object) {
    this.#tokenizer = new Tokenizer(tokenizer, config)
    const marks = this.#tokenizer.encode('').ids
    this.#before = marks.slice(0, Math.ceil(marks.length / 2))
    this.#after = marks.slice(Math.ceil(marks.length / 2))
  }

  windows(
    text: string,
    mostTokens: number,
    { window, stride }: ClassesCard,
  ): { readonly windows: readonly (readonly number[])[]; readonly cut: boolean } {
    const seen = text.slice(0, mostTokens * CHARACTERS)
    const all = seen.trim() === '' ? [] : this.#tokenizer.encode(seen, { add_special_tokens: false }).ids
    const ids = all.slice(0, mostTokens)
    if (!ids.every(Number.isInteger)) throw new Error('the tokenizer gives no number for a word')
    const room = window - this.#before.length - this.#after.length
    const starts =
      ids.length <= room
        ? [0]
        : [...Array.from({ length: Math.ceil((ids.length - room) / stride) }, (_, index) => index * stride), ids.length - room]
    const windows = ids.length === 0 ? [] : starts.map((start) => [...this.#before, ...ids.slice(start, start + room), ...this.#after])
    return { windows, cut: seen.length < text.length || ids.length < all.length }
  }
}

function parsed(bytes: Uint8Array | undefined): object {
  if (bytes === undefined) return {}
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  if (typeof value !== 'object' || value === null) throw new Error('the tokenizer is no JSON object')
  return value
}
