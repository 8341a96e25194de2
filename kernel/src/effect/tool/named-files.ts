/** Files that hold secrets, named by an argument of a tool that nobody expects to read files. */
import type { Leaf } from '../../event/leaves.ts'
import type { Surroundings } from '../place/path.ts'
import { fileEffects } from '../place/place-effects.ts'
import type { TracedEffect } from '../traced-effect.ts'

/** Arguments looked at. */
const ARGUMENTS = 64
/** The whole of an argument is a path that starts somewhere: a sentence that mentions one is not. */
const PATH = /^(?:file:\/|~[\w-]{0,32}\/|\/(?!\/)|[A-Za-z]:[\\/]|\\\\|%USERPROFILE%[\\/]|\$\{?HOME\}?\/)[^\s*?<>|"']{1,400}$/
/** Arguments that hold words to look for, or texts: a path in them is spoken of, not opened. */
const SPOKEN =
  /^(?:q|query|queries|search|search_?term|keyword|keywords|pattern|regex|text|texts|content|contents|body|html|markdown|message|title|subject|prompt|question|answer|reason|comment|note|notes|description|summary|old_?string|new_?string|old_?str|new_?str|replacement|ignore|exclude|tag|tags|label|labels)$/i

/** What would be read of secrets where the tool opens what it is given; nothing for paths that hold none. */
export function namedSecrets(leaves: readonly Leaf[], told: readonly TracedEffect[], at: Surroundings): readonly TracedEffect[] {
  const found: TracedEffect[] = []
  for (const { kind, pointer, text } of leaves.slice(0, ARGUMENTS)) {
    if (
      kind !== 'string' ||
      !PATH.test(text) ||
      SPOKEN.test(keyOf(pointer)) ||
      told.some(({ effect }) => isOfFile(effect.class, effect.arguments, pointer))
    )
      continue
    const use = { access: 'read', spelling: { arg: pointer, text }, certainty: 'inferred', detail: 'an argument names it' } as const
    found.push(...fileEffects(use, at).filter(({ effect }) => effect.class === 'secret.read'))
  }
  return found
}

/** The last name on the way to a value; places in lists are no names. */
function keyOf(pointer: string): string {
  return pointer.split('/').findLast((part) => part !== '' && !/^\d+$/.test(part)) ?? ''
}

function isOfFile(effectClass: string, args: readonly string[], pointer: string): boolean {
  return (effectClass.startsWith('fs.') || effectClass === 'secret.read') && args.includes(pointer)
}
