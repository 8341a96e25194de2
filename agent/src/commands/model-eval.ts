import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { checkModelFiles, evaluate, type LabelledText, OnnxClassifier, TEXT_KINDS } from '@assize/inference'
import { z } from 'zod'
import { builtInModel, readModelFolder } from '../control/models/model-folder.ts'
import { AgentError, EXIT } from '../platform/errors.ts'
import type { CommandContext } from './context.ts'
import { linesOf, parseLine } from './json-lines.ts'

const lineSchema = z.looseObject({
  text: z.string(),
  label: z.union([z.literal(0), z.literal(1), z.boolean(), z.enum(['benign', 'injection'])]),
  kind: z.string().optional(),
  source: z.string().optional(),
})
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
    const { all, bySource } = await evaluate(classifier, labelledTexts(files))
    if (context.json) await context.say(JSON.stringify({ model: { name, version }, all, bySource }))
    else
      for (const [source, figures] of [['all', all] as const, ...Object.entries(bySource)])
        await context.say(`${source}: ${JSON.stringify(figures)}`)
    return EXIT.done
  } finally {
    await classifier.close()
  }
}

async function* labelledTexts(files: readonly string[]): AsyncGenerator<LabelledText> {
  for (const file of files) {
    const stream = createReadStream(file)
    for await (const line of linesOf(file.endsWith('.gz') ? stream.pipe(createGunzip()) : stream)) {
      const row = lineSchema.safeParse(parseLine(line, file))
      if (!row.success) throw new AgentError('usage', `Line ${line.number} of ${file} has no text and label, so nothing was evaluated.`)
      const { text, label, source = '' } = row.data
      const kind = TEXT_KINDS.find((known) => known === row.data.kind)
      yield { text, kind, attack: label === 1 || label === true || label === 'injection', source }
    }
  }
}
