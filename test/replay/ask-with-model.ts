/** What an alignment model says of the calls of a recorded session that rules leave open, as the agent would tell the kernel. */
import type { Advice, Policy } from '@assize/kernel'
import { checkModelFiles, OnnxClassifier, questionText } from '../../inference/src/index.ts'
import { readModelFolder } from '../../agent/src/control/models/model-folder.ts'
import { judgeRecording, type Told } from './judge-recording.ts'
import { familyOf, type Recording } from './recordings.ts'

export interface Counsellor {
  /** By the call's id. */
  ask(recording: Recording, policy: Policy, read: Told['read']): Promise<ReadonlyMap<string, readonly Advice[]>>
  close(): Promise<void>
}

/** `folder` may hold `{suite}`: each suite then has a model of its own, one that never saw it. */
export function counsellorOf(folder: string, doubts: boolean): Counsellor {
  const models = new Map<string, OnnxClassifier>()
  const modelFor = (recording: Recording): OnnxClassifier => {
    const path = folder.replaceAll('{suite}', familyOf(recording).replace(/^generated .*/, 'generated'))
    const model = models.get(path) ?? started(path)
    models.set(path, model)
    return model
  }
  return {
    async ask(recording, policy, read) {
      const model = modelFor(recording)
      const open = judgeRecording(recording, policy, { read }).flatMap(({ call, open: left }) =>
        left === undefined || (left.wanted === 'doubt' && !doubts) ? [] : [{ call, left }],
      )
      const scored = await model.classify(open.map(({ left }) => ({ text: questionText(left.question()) })))
      return new Map(
        open.map(({ call }, index) => [
          call.callId,
          [{ model: model.model.name, version: `${model.model.version}`, serves: scored[index]?.heads['serves'] ?? Number.NaN }],
        ]),
      )
    },
    close: async () => void (await Promise.all([...models.values()].map((model) => model.close()))),
  }
}

function started(path: string): OnnxClassifier {
  const files = readModelFolder(path)
  const bundle = checkModelFiles(files)
  if (!bundle.ok) throw new Error(bundle.detail)
  return OnnxClassifier.start({ model: { name: bundle.card.name, version: bundle.card.version }, files })
}
