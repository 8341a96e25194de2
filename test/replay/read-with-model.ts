/** What a model reads in the results of a recorded session, as the agent would tell the kernel. */
import type { Finding } from '@assize/kernel'
import { checkModelFiles, OnnxClassifier } from '../../inference/src/index.ts'
import { Adviser } from '../../agent/src/decide/adviser.ts'
import { readModelFolder } from '../../agent/src/control/models/model-folder.ts'
import type { Recording } from './recordings.ts'

/** Findings by the text they are in. */
export type Read = ReadonlyMap<string, readonly Finding[]>

export interface Reader {
  read(recording: Recording): Promise<Read>
  close(): Promise<void>
}

export function readerOf(folder: string): Reader {
  const files = readModelFolder(folder)
  const bundle = checkModelFiles(files)
  if (!bundle.ok) throw new Error(bundle.detail)
  const { name, version } = bundle.card
  const classifier = OnnxClassifier.start({ model: { name, version }, files })
  const adviser = new Adviser({ mode: () => 'on', waitMs: 2000, classifier: () => classifier, record: () => undefined })
  return {
    async read(recording) {
      const read = new Map<string, readonly Finding[]>()
      for (const event of recording.events) {
        if (event.type !== 'tool_result' || read.has(event.text)) continue
        const alone = {}
        adviser.hear(alone, { type: 'context', channel: 'tool_result', text: event.text }, '')
        await adviser.pending(alone)
        read.set(event.text, adviser.findings(alone))
      }
      return read
    },
    close: () => classifier.close(),
  }
}
