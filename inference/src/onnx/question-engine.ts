import { type ModelBundle, vocabularyOf } from '../bundle/check-bundle.ts'
import { type CallQuestion, readQuestion } from '../question.ts'
import { readWords, type WordKeys } from '../text/word-keys.ts'
import { Vocabulary } from '../text/vocabulary.ts'
import type { Engine, RawScores } from './engine.ts'
import { loadRuntime, type OnnxRuntime, SESSION_OPTIONS } from './runtime.ts'

/** Words of each part that a model reads, as it was trained. */
const LENGTHS = { request: 96, call: 64, passage: 96 } as const
type Part = keyof typeof LENGTHS
const PARTS = Object.keys(LENGTHS) as readonly Part[]
/** Questions that run together. */
const BATCH = 8

/** What the kernel knows of a call, in the order a model was trained on; a name that is not here is not read. */
const FACTS = (
  'fs.read fs.write fs.delete process.exec net.egress net.listen secret.read data.query data.mutate data.drop message.send money.move identity.grant ' +
  'code.publish code.install memory.write agent.delegate agent.config model.load device.actuate tool.invoke requested named chosen vouched payload obeyed ' +
  'inside unknown delegates outside instruction field pointed repeated'
).split(' ')

/** Loads a model that is asked about calls; each text is a question as `questionText` writes it. Throws when the runtime refuses it. */
export async function loadQuestionEngine(bundle: ModelBundle): Promise<Engine> {
  const vocabulary = vocabularyOf(bundle.files)
  if (!(vocabulary instanceof Vocabulary)) throw new Error(vocabulary.detail)
  const runtime = await loadRuntime()
  const session = await runtime.InferenceSession.create(bundle.files.get('model.onnx') ?? new Uint8Array(), SESSION_OPTIONS)
  const heads = bundle.card.heads.length
  return {
    card: bundle.card,
    async score(texts, cancelled) {
      const scores: RawScores[] = []
      for (let at = 0; at < texts.length; at += BATCH) {
        if (cancelled()) return undefined
        const questions = texts.slice(at, at + BATCH).map(({ text }) => readQuestion(text))
        const output = await session.run(tensorsOf(runtime, questions, vocabulary))
        const data = output['scores']?.data
        if (!(data instanceof Float32Array) || data.length !== questions.length * heads)
          throw new Error('the model answers in another shape than its card says')
        for (const index of questions.keys())
          scores.push({ logits: [...data.subarray(index * heads, (index + 1) * heads)], spans: [], cut: false })
      }
      return scores
    },
    release: () => session.release(),
  }
}

type Tensor = InstanceType<OnnxRuntime['Tensor']>

function tensorsOf(runtime: OnnxRuntime, questions: readonly CallQuestion[], vocabulary: Vocabulary): Record<string, Tensor> {
  const size = questions.length
  const whole = (values: readonly (readonly number[])[], length: number): Tensor =>
    new runtime.Tensor('int32', Int32Array.from(values.flat()), [size, length])
  const named: Record<string, Tensor> = {}
  for (const part of PARTS) {
    const read: readonly WordKeys[] = questions.map((question) => readWords(vocabulary, question[part], LENGTHS[part]))
    named[`${part}_rows`] = whole(
      read.map(({ rows }) => rows),
      LENGTHS[part],
    )
    named[`${part}_keys`] = whole(
      read.map(({ keys }) => keys),
      LENGTHS[part],
    )
  }
  const tools = questions.map(({ call }) => [readWords(vocabulary, call.split('\n', 1)[0] ?? '', LENGTHS.call).count])
  named['tool_words'] = whole(tools, 1)
  const facts = questions.flatMap(({ facts: known }) => FACTS.map((name) => known[name] ?? 0))
  named['facts'] = new runtime.Tensor('float32', Float32Array.from(facts), [size, FACTS.length])
  return named
}
