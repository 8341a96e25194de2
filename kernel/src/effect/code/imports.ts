import type { CodeValue } from './value.ts'
import type { Token } from './tokens.ts'

/** The part of a reader that imports need. */
interface Place {
  readonly tokens: readonly Token[]
  readonly evaluation: {
    readonly language: { readonly name: string }
    readonly aliases: Map<string, string>
    readonly variables: Map<string, CodeValue>
  }
  at: number
  peek(ahead?: number): Token | undefined
  is(text: string, ahead?: number): boolean
}

/** `import a.b as c`, `from a import b as c`, `import {a as b} from 'm'`: what the names stand for. */
export function bindImport(place: Place): boolean {
  const word = place.peek()
  if (word?.kind !== 'name' || (word.text !== 'import' && word.text !== 'from')) return false
  if (place.evaluation.language.name === 'python') return word.text === 'from' ? fromImport(place) : plainImport(place)
  return place.evaluation.language.name === 'javascript' && word.text === 'import' && !place.is('(', 1) ? scriptImport(place) : false
}

/** `a.b.c`, and moves behind it. */
function dotted(place: Place): string {
  let name = ''
  for (let token = place.peek(); token !== undefined; token = place.peek()) {
    if (token.kind === 'name' && !/^(import|as|from)$/.test(token.text) && (name === '' || name.endsWith('.'))) name += token.text
    else if (token.kind === 'mark' && /^\.+$/.test(token.text)) name += token.text
    else break
    place.at += 1
  }
  return name
}

function plainImport(place: Place): true {
  place.at += 1
  for (;;) {
    const name = dotted(place)
    const local = alias(place)
    if (local !== undefined) place.evaluation.aliases.set(local, name)
    if (name === '' || !place.is(',')) return true
    place.at += 1
  }
}

function alias(place: Place): string | undefined {
  if (place.peek()?.text !== 'as' || place.peek(1)?.kind !== 'name') return undefined
  const name = place.peek(1)?.text
  place.at += 2
  return name
}

function fromImport(place: Place): true {
  place.at += 1
  const module = dotted(place)
  if (place.peek()?.text !== 'import') return true
  place.at += 1
  if (place.is('(')) place.at += 1
  for (;;) {
    const token = place.peek()
    if (token?.kind !== 'name') return true
    place.at += 1
    place.evaluation.aliases.set(alias(place) ?? token.text, `${module}.${token.text}`)
    if (!place.is(',')) return true
    place.at += 1
  }
}

function scriptImport(place: Place): true {
  const names: (readonly [local: string, exported: string | undefined])[] = []
  place.at += 1
  for (let token = place.peek(); token !== undefined && token.kind !== 'text' && names.length < 64; token = place.peek()) {
    place.at += 1
    if (token.text === '*' && place.peek()?.text === 'as') {
      names.push([place.peek(1)?.text ?? '', undefined])
      place.at += 2
    } else if (token.kind === 'name' && token.text !== 'from') {
      const inBraces = place.is('{', -2) || place.is(',', -2)
      const local = alias(place) ?? token.text
      names.push([local, inBraces && token.text !== 'default' ? token.text : undefined])
    } else if (token.kind === 'mark' && token.text === ';') return true
  }
  const module = place.peek()
  if (module?.kind === 'text' && typeof module.parts[0] === 'string') {
    const name = module.parts[0].replace(/^node:/, '').replace(/^fs\/promises$/, 'fs')
    for (const [local, exported] of names) place.evaluation.aliases.set(local, exported === undefined ? name : `${name}.${exported}`)
    place.at += 1
  }
  return true
}

/** `{ a, b: c } = …`: each name stands for a member of what follows. */
export function destructured(place: Place, value: () => CodeValue): boolean {
  if (place.evaluation.language.name !== 'javascript' || !place.is('{') || place.peek(1)?.kind !== 'name') return false
  const names: (readonly [local: string, member: string])[] = []
  let at = 1
  for (; at < 64; at += 1) {
    const token = place.peek(at)
    if (token?.kind === 'mark' && token.text === '}') break
    if (token?.kind !== 'name') return false
    if (place.is(':', at + 1) && place.peek(at + 2)?.kind === 'name') {
      names.push([place.peek(at + 2)?.text ?? '', token.text])
      at += 2
    } else names.push([token.text, token.text])
    if (place.is(',', at + 1)) at += 1
  }
  if (!place.is('}', at) || !place.is('=', at + 1)) return false
  place.at += at + 2
  const module = value().name
  if (module !== undefined) for (const [local, member] of names) place.evaluation.aliases.set(local, `${module}.${member}`)
  return true
}
