import { type Classifier, evaluate, type LabelledText, OnnxClassifier, questionText, TEXT_KINDS } from '@assize/inference'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import { DEFAULT_TENANT } from '../hub.ts'
import type { ModelTask } from '../store/index.ts'
import { type GlobalOptions, say, usage } from './commands.ts'
import { withStore } from './offline.ts'

const textSchema = z.looseObject({
  text: z.string().max(1_000_000),
  label: z.union([z.literal(0), z.literal(1), z.boolean(), z.enum(['benign', 'injection'])]),
  kind: z.string().optional(),
  source: z.string().optional(),
})
const words = z.string().max(20_000)
const callSchema = z.looseObject({
  question: z.strictObject({ request: words, call: words, passage: words, source: words, facts: z.record(z.string().max(60), z.number()) }),
  serves: z.union([z.literal(0), z.literal(1), z.null()]),
  suite: z.string().optional(),
})

/** `assize-hub model eval TASK VERSION FILE…`: what is kept of it stands beside the card. Works beside a running hub. */
export async function runModelEval(
  options: GlobalOptions,
  { task, version, files }: { readonly task: ModelTask; readonly version: number; readonly files: readonly string[] },
): Promise<void> {
  await withStore(options.state, async ({ read, write }) => {
    const release = await read.modelRelease(DEFAULT_TENANT, task, version)
    if (release === undefined)
      throw usage(`There is no release ${version} of models that read ${task}.`, 'Look at `assize-hub model list`.')
    const content = new Map((await read.bundleFiles(DEFAULT_TENANT, release.hash)).map(({ path, bytes }) => [path, bytes]))
    const classifier = OnnxClassifier.start({ model: { name: release.name, version: release.version }, files: content })
    try {
      const { evaluation, data } = await evaluated(classifier, files)
      const figures = { ...evaluation, data }
      const by = 'command line'
      await write.addModelEvaluation(DEFAULT_TENANT, { hash: release.hash, at: Date.now(), by, figures: JSON.stringify(figures) })
      const lines = [['all', evaluation.all] as const, ...Object.entries(evaluation.bySource)]
      say(options, lines.map(([source, one]) => `${source === '' ? 'no source' : source}: ${JSON.stringify(one)}`).join('\n'), figures)
    } finally {
      await classifier.close()
    }
  })
}

async function evaluated(classifier: Classifier, files: readonly string[]) {
  const hashes = new Map(files.map((file) => [file, createHash('sha256')]))
  const evaluation = await evaluate(classifier, labelledIn(hashes))
  return { evaluation, data: [...hashes].map(([file, hash]) => ({ file: basename(file), sha256: hash.digest('hex') })) }
}

/** Labelled texts, or calls with whether they serve, whichever a line holds; each line is also added to its file's digest. */
async function* labelledIn(files: ReadonlyMap<string, ReturnType<typeof createHash>>): AsyncGenerator<LabelledText> {
  for (const [file, hash] of files) {
    const stream = createReadStream(file)
    const lines = createInterface({ input: file.endsWith('.gz') ? stream.pipe(createGunzip()) : stream, crlfDelay: Infinity })
    stream.on('error', (error) => lines.emit('error', error))
    let number = 0
    for await (const line of lines) {
      number += 1
      hash.update(`${line}\n`)
      if (line.trim() === '') continue
      const value = parsed(line)
      const text = textSchema.safeParse(value)
      const call = callSchema.safeParse(value)
      if (text.success) yield textOf(text.data)
      else if (call.success && call.data.serves !== null)
        yield { text: questionText(call.data.question), attack: call.data.serves === 0, source: call.data.suite ?? '' }
      else if (!call.success)
        throw usage(`Line ${number} of ${file} holds neither text and label nor question and serves.`, 'Mend it; nothing was evaluated.')
    }
  }
}

function textOf({ text, label, kind, source = '' }: z.infer<typeof textSchema>): LabelledText {
  const attack = label === 1 || label === true || label === 'injection'
  return { text, kind: TEXT_KINDS.find((known) => known === kind), attack, source }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
