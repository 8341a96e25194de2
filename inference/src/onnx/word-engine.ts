import { type ModelBundle, vocabularyOf } from '../bundle/check-bundle.ts'
import { PIECES, Vocabulary } from '../text/vocabulary.ts'
import type { Word } from '../text/words.ts'
import { type HiddenText, hiddenIn } from '../text/hidden.ts'
import { encodeText, WINDOW, writeWindow } from '../text/windows.ts'
import { TEXT_KINDS } from '../bundle/card.ts'
import type { ClassifierText } from '../port.ts'
import type { Engine, RawScores, RawSpan } from './engine.ts'
import { loadRuntime, type OnnxRuntime, SESSION_OPTIONS } from './runtime.ts'

/** Windows that run together; more would only cost memory. */
const BATCH = 16
/** Words on both sides of a hit that still belong to it, and how far below the strongest a word may be. */
const GAP = 6
const BELOW = 4
/** A word with less than this says nothing by itself. */
const LEAST_LOGIT = -2
const MOST_SPANS = 4

interface Window {
  readonly text: number
  readonly words: readonly Word[]
  readonly start: number
  readonly length: number
  readonly channel: number
}

/** Loads a model that reads words. Throws when the runtime refuses it. */
export async function loadWordEngine(bundle: ModelBundle): Promise<Engine> {
  const vocabulary = vocabularyOf(bundle.files)
  if (!(vocabulary instanceof Vocabulary)) throw new Error(vocabulary.detail)
  const runtime = await loadRuntime()
  const session = await runtime.InferenceSession.create(bundle.files.get('model.onnx') ?? new Uint8Array(), SESSION_OPTIONS)
  const { card } = bundle
  return {
    card,
    async score(texts, cancelled) {
      // What stands encoded in a text is read as a text of its own, and counts for the passage it stands in.
      const views = texts.flatMap((text, owner) => [
        { text, owner, passage: undefined },
        ...hiddenIn(text.text).map((passage) => ({ text: { ...text, text: passage.text }, owner, passage })),
      ])
      const windows = views.flatMap(({ text }, index) => windowsOf(text, index, card.limits.words))
      const answers: WindowScores[] = []
      // Windows of about the same length run together, so that short texts do not wait for long ones.
      const sorted = windows.toSorted((left, right) => left.length - right.length)
      for (let at = 0; at < sorted.length; at += BATCH) {
        if (cancelled()) return undefined
        answers.push(...(await runBatch({ runtime, session, vocabulary, heads: card.heads.length }, sorted.slice(at, at + BATCH))))
      }
      const byView = Map.groupBy(answers, (answer) => answer.window.text)
      const scored = views.map(({ text, owner, passage }, index) => ({
        owner,
        passage,
        scores: scoresOf(byView.get(index) ?? [], card.heads.length, text),
      }))
      const byText = Map.groupBy(scored, ({ owner }) => owner)
      return texts.map((_, index) => together(byText.get(index) ?? []))
    },
    release: () => session.release(),
  }
}

function windowsOf({ text, kind }: ClassifierText, index: number, mostWords: number): readonly Window[] {
  const { words, starts } = encodeText(text, mostWords)
  const channel = kind === undefined ? 0 : TEXT_KINDS.indexOf(kind) + 1
  return starts.map((start) => ({ text: index, words, start, length: Math.min(WINDOW, words.length - start), channel }))
}

interface View {
  readonly passage: HiddenText | undefined
  readonly scores: RawScores
}

/** The text as it stands comes first. */
function together([plain, ...hidden]: readonly View[]): RawScores {
  if (plain === undefined) return { logits: [], spans: [], cut: false }
  if (hidden.length === 0) return plain.scores
  const { logits, spans, cut } = plain.scores
  const inside = hidden.flatMap(({ passage, scores }) =>
    passage === undefined ? [] : scores.logits.map((logit, head) => ({ head, start: passage.start, end: passage.end, logit })),
  )
  return {
    logits: logits.map((logit, head) => hidden.reduce((most, { scores }) => maximum(most, scores.logits[head]), logit)),
    spans: [...spans, ...inside],
    cut,
  }
}

interface WindowScores {
  readonly window: Window
  readonly logits: readonly number[]
  /** heads × words of the window */
  readonly words: readonly Float32Array[]
}

interface Loaded {
  readonly runtime: OnnxRuntime
  readonly session: Awaited<ReturnType<OnnxRuntime['InferenceSession']['create']>>
  readonly vocabulary: Vocabulary
  readonly heads: number
}

async function runBatch({ runtime, session, vocabulary, heads }: Loaded, windows: readonly Window[]): Promise<readonly WindowScores[]> {
  const length = Math.max(...windows.map((window) => window.length))
  const size = windows.length
  const rows = new Int32Array(size * length)
  const pieces = new Int32Array(size * length * PIECES)
  for (const [row, window] of windows.entries()) writeWindow({ vocabulary, rows, pieces, length }, row, window)
  const output = await session.run({
    rows: new runtime.Tensor('int32', rows, [size, length]),
    pieces: new runtime.Tensor('int32', pieces, [size, length, PIECES]),
    channel: new runtime.Tensor(
      'int32',
      Int32Array.from(windows, (window) => window.channel),
      [size],
    ),
  })
  const [scores, words] = [numbersOf(output['scores']), numbersOf(output['words'])]
  if (scores.length !== size * heads || words.length !== size * heads * length)
    throw new Error('the model answers in another shape than its card says')
  return windows.map((window, row) => ({
    window,
    logits: [...scores.subarray(row * heads, (row + 1) * heads)],
    words: Array.from({ length: heads }, (_, head) =>
      words.subarray((row * heads + head) * length, (row * heads + head) * length + window.length),
    ),
  }))
}

function numbersOf(tensor: { readonly data: unknown } | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new Error('the model does not answer with numbers')
  return tensor.data
}

function scoresOf(windows: readonly WindowScores[], heads: number, { text }: ClassifierText): RawScores {
  const words = windows[0]?.window.words ?? []
  // A text without a word says nothing.
  const logits = Array.from({ length: heads }, (_, head) => windows.reduce((most, { logits: own }) => maximum(most, own[head]), -20))
  const spans = Array.from({ length: heads }, (_, head) => spansOf(windows, head)).flat()
  return { logits, spans, cut: endsEarly(words, text) }
}

/** Not a number stays so. */
function maximum(left: number, right: number | undefined): number {
  return right === undefined ? Number.NaN : Math.max(left, right)
}

/** Whether something readable follows the last word that was read. */
function endsEarly(words: readonly Word[], text: string): boolean {
  const end = words.at(-1)?.end
  return end !== undefined && /[\p{L}\p{N}]/u.test(text.slice(end, end + 2000))
}

/** Runs of words near the strongest ones of a window. */
function spansOf(windows: readonly WindowScores[], head: number): readonly RawSpan[] {
  const found: RawSpan[] = []
  for (const { window, words } of windows) {
    const line = words[head] ?? new Float32Array()
    const strongest = line.reduce((most, logit) => Math.max(most, logit), -Infinity)
    if (strongest < LEAST_LOGIT) continue
    const hits = [...line.keys()].filter((at) => (line[at] ?? -Infinity) >= strongest - BELOW)
    for (let at = 0; at < hits.length; ) {
      let last = at
      while (last + 1 < hits.length && (hits[last + 1] ?? 0) - (hits[last] ?? 0) <= GAP) last += 1
      const [first, end] = [window.words[window.start + (hits[at] ?? 0)], window.words[window.start + (hits[last] ?? 0)]]
      const logit = Math.max(...hits.slice(at, last + 1).map((hit) => line[hit] ?? -Infinity))
      if (first && end) found.push({ head, start: first.start, end: end.end, logit })
      at = last + 1
    }
  }
  return joined(found)
}

/** Windows overlap, so the same place is found twice. */
function joined(spans: readonly RawSpan[]): readonly RawSpan[] {
  const apart: RawSpan[] = []
  for (const span of spans.toSorted((left, right) => left.start - right.start)) {
    const last = apart.at(-1)
    if (last && span.start <= last.end)
      apart[apart.length - 1] = { ...last, end: Math.max(last.end, span.end), logit: Math.max(last.logit, span.logit) }
    else apart.push(span)
  }
  return apart.sort((left, right) => right.logit - left.logit).slice(0, MOST_SPANS)
}
