import type { ModelBundle } from '../bundle/check-bundle.ts'
import type { Engine } from './engine.ts'
import { loadQuestionEngine } from './question-engine.ts'
import { loadTokenEngine } from './token-engine.ts'
import { loadWordEngine } from './word-engine.ts'

/** Loads a checked bundle in the way its card says it reads. Throws when the runtime is missing or refuses the model. */
export function loadEngine(bundle: ModelBundle): Promise<Engine> {
  switch (bundle.card.reads) {
    case 'tokenizer':
      return loadTokenEngine(bundle)
    case 'questions-1':
      return loadQuestionEngine(bundle)
    case 'words-1':
      return loadWordEngine(bundle)
  }
}
