import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type ClassifierText, OnnxClassifier } from '../inference/src/index.ts'
import { type Bench, type Figure, percentile } from './figures.ts'

const FOLDER = fileURLToPath(new URL('../models/bundles/injection/', import.meta.url))
const ROUNDS = 300
const TEXTS = 2400
const TOGETHER = 16
const UNDER_WAY = 4
const MEGABYTE = 1_048_576

/** The model that ships: what its first score, each score and its memory cost. */
export const classify: Bench = {
  name: 'classify',
  async run(): Promise<readonly Figure[]> {
    const files = new Map(readdirSync(FOLDER).map((name) => [name, new Uint8Array(readFileSync(`${FOLDER}${name}`))]))
    const words = (JSON.parse(readFileSync(`${FOLDER}vocabulary.json`, 'utf8')) as readonly string[]).filter((word) =>
      /^[a-z]{2,9}$/.test(word),
    )
    const make = textsOf(words)
    const before = process.memoryUsage.rss()
    const started = performance.now()
    const classifier = OnnxClassifier.start({ model: { name: 'injection', version: 1 }, files })
    try {
      await classifier.classify([make(60)])
      const first = performance.now() - started
      const took = await latencies(classifier, make)
      // The texts of the next measurement are this benchmark's own memory.
      const rss = (process.memoryUsage.rss() - before) / MEGABYTE
      const rate = await throughput(classifier, make)
      return [
        { what: 'first score after start', value: first, unit: 'ms', limit: { most: 1500 } },
        { what: '512 words, p50', value: percentile(took, 0.5), unit: 'ms', limit: { most: 6 } },
        { what: '512 words, p99', value: percentile(took, 0.99), unit: 'ms', limit: { most: 25 } },
        { what: 'texts of 512 characters', value: rate, unit: 'texts/s', limit: { least: 300 } },
        { what: 'memory added', value: rss, unit: 'MiB', limit: { most: 150 } },
      ]
    } finally {
      await classifier.close()
    }
  },
}

type Make = (count: number, characters?: number) => ClassifierText

/** Texts that were never seen before, of known words in no order: the cache has nothing to give. */
function textsOf(words: readonly string[]): Make {
  let state = 42
  const next = () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32
  return (count, characters) => {
    const text = Array.from({ length: count }, () => words[Math.floor(next() * words.length)] ?? '').join(' ')
    return { text: characters === undefined ? text : text.slice(0, characters), kind: 'tool_result' }
  }
}

async function latencies(classifier: OnnxClassifier, make: Make): Promise<readonly number[]> {
  const took: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const text = make(512)
    const start = performance.now()
    await classifier.classify([text])
    took.push(performance.now() - start)
  }
  return took.slice(20)
}

async function throughput(classifier: OnnxClassifier, make: Make): Promise<number> {
  const groups = Array.from({ length: TEXTS / TOGETHER }, () => Array.from({ length: TOGETHER }, () => make(160, 512)))
  const start = performance.now()
  const worker = async () => {
    for (let group = groups.pop(); group !== undefined; group = groups.pop()) await classifier.classify(group)
  }
  await Promise.all(Array.from({ length: UNDER_WAY }, worker))
  return TEXTS / ((performance.now() - start) / 1000)
}
