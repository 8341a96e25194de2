import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { checkModelFiles, OnnxClassifier, TEXT_KINDS, type TextKind } from '@assize/inference'
import { z } from 'zod'
import { builtInModel, readModelFolder } from '../control/models/model-folder.ts'
import { AgentError, EXIT } from '../platform/errors.ts'
import type { CommandContext } from './context.ts'
import { linesOf, parseLine } from './json-lines.ts'
import { figuresOf, type Judged } from './model-figures.ts'

const lineSchema = z.looseObject({
  text: z.string(),
  label: z.union([z.literal(0), z.literal(1), z.boolean(), z.enum(['benign', 'injection'])]),
  kind: z.string().optional(),
  source: z.string().optional(),
})
const TOGETHER = 64
const THRESHOLD = 0.5

interface Row extends Judged {
  readonly source: string
}

/** `assize model eval FILE…`: how well a model tells the labelled texts of these files apart, in all and by source. */
export async function runModelEval(context: CommandContext, files: readonly string[], folder: string | undefined): Promise<number> {
  const where = folder ?? builtInModel()
  if (where === undefined)
    throw new AgentError('usage', 'This agent came without a model, so nothing was evaluated. Name one with `--model DIR`.')
  const bundleFiles = new Map([...readModelFolder(where)].filter(([path]) => path !== 'manifest.json' && path !== 'signatures.json'))
  const bundle = checkModelFiles(bundleFiles)
  if (!bundle.ok) throw new AgentError('refused', `The model in \`${where}\` cannot be used: ${bundle.detail}`)
  const { name, version } = bundle.card
  const classifier = OnnxClassifier.start({ model: { name, version }, files: bundleFiles })
  try {
    const rows: Row[] = []
    for (const file of files) for await (const row of scored(classifier, file)) rows.push(row)
    const bySource = Object.fromEntries(
      [...Map.groupBy(rows, ({ source }) => source)].map(([source, part]) => [source, figuresOf(part, THRESHOLD)]),
    )
    const all = figuresOf(rows, THRESHOLD)
    if (context.json) await context.say(JSON.stringify({ model: { name, version }, all, bySource }))
    else
      for (const [source, figures] of [['all', all] as const, ...Object.entries(bySource)])
        await context.say(`${source}: ${JSON.stringify(figures)}`)
    return EXIT.done
  } finally {
    await classifier.close()
  }
}

async function* scored(classifier: OnnxClassifier, file: string): AsyncGenerator<Row> {
  let waiting: (z.infer<typeof lineSchema> & { readonly channel: TextKind | undefined })[] = []
  const flush = async (): Promise<readonly Row[]> => {
    const texts = waiting.map(({ text, channel }) => ({ text, kind: channel }))
    const scores = await classifier.classify(texts)
    const rows = waiting.map(({ label, source }, index) => ({
      attack: label === 1 || label === true || label === 'injection',
      score: scores[index]?.injection ?? 0,
      source: source ?? '',
    }))
    waiting = []
    return rows
  }
  const stream = createReadStream(file)
  for await (const line of linesOf(file.endsWith('.gz') ? stream.pipe(createGunzip()) : stream)) {
    const row = lineSchema.safeParse(parseLine(line, file))
    if (!row.success) throw new AgentError('usage', `Line ${line.number} of ${file} has no text and label, so nothing was evaluated.`)
    waiting.push({ ...row.data, channel: TEXT_KINDS.find((kind) => kind === row.data.kind) })
    if (waiting.length >= TOGETHER) yield* await flush()
  }
  yield* await flush()
}
