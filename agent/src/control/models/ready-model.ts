import { checkModelFiles, type ModelCard, type ModelFiles } from '@assize/inference'
import { AgentError } from '../../platform/errors.ts'
import { MANIFEST, SIGNATURES } from './model-signature.ts'

/** A model somebody named on the command line, checked but not signed for this machine. Throws an `AgentError`. */
export function readReady(all: ModelFiles, folder: string): { readonly card: ModelCard; readonly files: ModelFiles } {
  const files = new Map([...all].filter(([path]) => path !== MANIFEST && path !== SIGNATURES))
  const bundle = checkModelFiles(files)
  if (bundle.ok) return { card: bundle.card, files }
  throw new AgentError('refused', `The model in \`${folder}\` cannot be used: ${bundle.detail}`)
}
