/** Model bundles: what they hold, and every reason not to run one. */
import { parse } from 'yaml'
import { type Vocabulary, readVocabulary } from '../text/vocabulary.ts'
import { cardSchema, type GoldenVector, goldenSchema, type ModelCard } from './card.ts'
import { objectionToGraph } from './inspect-graph.ts'

/** A bundle's files as they lie: path to bytes. */
export type ModelFiles = ReadonlyMap<string, Uint8Array>

export type ModelRefusalCode =
  | 'too-large'
  | 'missing-file'
  | 'extra-file'
  | 'invalid-card'
  | 'invalid-graph'
  | 'invalid-vocabulary'
  | 'invalid-golden'
  | 'failed-golden'
  | 'does-not-load'
  | 'too-slow'
  | 'no-runtime'

/** Why a model does not come into use. The detail says what happened, what it means and what to do. */
export interface ModelRefusal {
  readonly ok: false
  readonly code: ModelRefusalCode
  readonly detail: string
}

/** A bundle that may be tried: whole, readable, and made of nothing that is forbidden. It has not run yet. */
export interface ModelBundle {
  readonly ok: true
  readonly card: ModelCard
  readonly golden: readonly GoldenVector[]
  readonly files: ModelFiles
}

/** Most bytes of a whole bundle, of one graph, and of everything that is text. */
export const MODEL_BUNDLE_BYTES = 512 * 1024 * 1024
const TEXT_BYTES = 16 * 1024 * 1024
const CARD_BYTES = 256 * 1024
const LEAST_GOLDEN = 3
const MOST_GOLDEN = 500

const READING_FILE = { 'words-1': 'vocabulary.json', 'questions-1': 'vocabulary.json', tokenizer: 'tokenizer.json' } as const
const ALLOWED = new Set([
  'model.onnx',
  'card.yaml',
  'golden.jsonl',
  'vocabulary.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'LICENSE',
  'README.md',
])

/** Everything that can be said of a bundle without running it. Total: hostile bytes give a refusal. */
export function checkModelFiles(files: ModelFiles): ModelBundle | ModelRefusal {
  const size = [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0)
  if (size > MODEL_BUNDLE_BYTES) return refuseModel('too-large', `the model bundle has ${size} bytes, more than ${MODEL_BUNDLE_BYTES}`)
  const extra = [...files.keys()].find((path) => !ALLOWED.has(path))
  if (extra !== undefined)
    return refuseModel('extra-file', `the model bundle holds a file that does not belong there: ${extra.slice(0, 100)}`)
  const card = readCard(files)
  if (!('heads' in card)) return card
  const reading = READING_FILE[card.reads]
  for (const path of ['model.onnx', 'golden.jsonl', reading])
    if (!files.has(path)) return refuseModel('missing-file', `the model bundle holds no ${path}`)
  const objection = objectionToGraph(files.get('model.onnx') ?? new Uint8Array())
  if (objection !== undefined) return refuseModel('invalid-graph', `the model ${objection}`)
  const vocabulary = card.reads !== 'tokenizer' ? vocabularyOf(files) : undefined
  if (vocabulary !== undefined && 'code' in vocabulary) return vocabulary
  const golden = readGolden(files, card)
  return 'code' in golden ? golden : { ok: true, card, golden: golden.vectors, files }
}

/** The words a `words-1` bundle knows. */
export function vocabularyOf(files: ModelFiles): Vocabulary | ModelRefusal {
  const bytes = files.get('vocabulary.json') ?? new Uint8Array()
  if (bytes.length > TEXT_BYTES) return refuseModel('too-large', `the vocabulary has ${bytes.length} bytes, more than ${TEXT_BYTES}`)
  try {
    return readVocabulary(bytes)
  } catch {
    return refuseModel('invalid-vocabulary', 'the vocabulary is not a JSON list of words')
  }
}

/** The card of a bundle, of whose other files nothing is said. */
export function readCard(files: ModelFiles): ModelCard | ModelRefusal {
  const bytes = files.get('card.yaml')
  if (bytes === undefined) return refuseModel('missing-file', 'the model bundle holds no card.yaml')
  if (bytes.length > CARD_BYTES) return refuseModel('too-large', `the card has ${bytes.length} bytes, more than ${CARD_BYTES}`)
  try {
    const value: unknown = parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), { maxAliasCount: 20 })
    const card = cardSchema.safeParse(value)
    if (card.success) return card.data
    const issue = card.error.issues[0]
    return refuseModel(
      'invalid-card',
      `the card is not what a card must be (${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? ''})`,
    )
  } catch {
    return refuseModel('invalid-card', 'the card is not YAML')
  }
}

function readGolden(files: ModelFiles, card: ModelCard): { readonly vectors: readonly GoldenVector[] } | ModelRefusal {
  const bytes = files.get('golden.jsonl') ?? new Uint8Array()
  if (bytes.length > TEXT_BYTES) return refuseModel('too-large', `the golden vectors have ${bytes.length} bytes, more than ${TEXT_BYTES}`)
  try {
    const lines = new TextDecoder('utf-8', { fatal: true })
      .decode(bytes)
      .split('\n')
      .filter((line) => line !== '')
    if (lines.length < LEAST_GOLDEN || lines.length > MOST_GOLDEN)
      return refuseModel('invalid-golden', `there are ${lines.length} golden vectors instead of ${LEAST_GOLDEN} to ${MOST_GOLDEN}`)
    const vectors = lines.map((line) => goldenSchema.parse(JSON.parse(line)))
    const wrong = vectors.findIndex((vector) => vector.logits.length !== card.heads.length)
    if (wrong >= 0) return refuseModel('invalid-golden', `golden vector ${wrong + 1} does not have ${card.heads.length} logits`)
    return { vectors }
  } catch {
    return refuseModel('invalid-golden', 'the golden vectors cannot be read')
  }
}

const MEANING = 'Nothing changes on this machine; the model before, or the rules alone, stay in use.'
const REMEDIES: Readonly<Record<ModelRefusalCode, string>> = {
  'too-large': 'Bring a smaller model.',
  'missing-file': 'Export the bundle again.',
  'extra-file': 'Remove the file and sign the bundle again.',
  'invalid-card': 'Mend the card and sign the bundle again.',
  'invalid-graph': 'Export the model without it.',
  'invalid-vocabulary': 'Export the bundle again.',
  'invalid-golden': 'Write the golden vectors again with the training pipeline.',
  'failed-golden': 'Do not use it: it does not compute what its maker saw. Export it again.',
  'too-slow': 'Bring a smaller model.',
  'no-runtime': 'Install onnxruntime-node for this platform.',
  'does-not-load': 'Export it for the version of ONNX Runtime that this agent brings.',
}

/** `happened` is a sentence without its full stop. */
export function refuseModel(code: ModelRefusalCode, happened: string): ModelRefusal {
  return { ok: false, code, detail: `${happened}. ${MEANING} ${REMEDIES[code]}` }
}
