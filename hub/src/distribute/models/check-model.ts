import { type ModelCard, trialOf } from '@assize/inference'
import { HubError } from '../../platform/errors.ts'
import type { ModelTask } from '../../store/index.ts'

/** Checks a model as agents will, in a process of its own, and says what it reads. Throws a `HubError`. */
export async function checkModel(files: ReadonlyMap<string, Uint8Array>): Promise<{ readonly card: ModelCard; readonly task: ModelTask }> {
  const bundle = await trialOf(files)
  if (bundle.ok) return { card: bundle.card, task: bundle.card.reads === 'questions-1' ? 'calls' : 'texts' }
  throw modelRefusal(bundle.code, bundle.detail.split('. Nothing changes', 1)[0] ?? '')
}

/** `why` is part of a sentence, without its full stop. */
export function modelRefusal(code: string, why: string): HubError {
  return new HubError({
    code,
    status: 422,
    detail: `The model was not added: ${why}.`,
    protection: 'The models in use stay in use on every agent.',
    remedy: REMEDIES[code] ?? 'Mend what is named, or export the model again.',
  })
}

const REMEDIES: Readonly<Record<string, string>> = {
  expired: 'Give it an expiry that lies ahead, and check the clock of the hub.',
  'not-newer': 'Sign it as a newer release, or add it without a signature: the hub then signs it itself.',
  'bad-signature': 'Sign it with a key whose public half lies in `keys/` of the hub, or take manifest.json and signatures.json out of it.',
  'no-runtime': 'Install onnxruntime-node for the platform of the hub, which tries every model before it hands it out.',
  'too-large': 'Bring a smaller model, or bring it to agents by hand with `assize model activate`.',
  'wrong-content': 'Add the files that were signed, unchanged.',
}
