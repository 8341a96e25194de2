/** What an expression stands for, as far as that can be told without running it. */
export interface CodeValue {
  /** Its text; where part of it is decided at run time, `known` is false and the text holds what can be told. */
  readonly text?: string
  readonly known: boolean
  /** Elements of a list. */
  readonly items?: readonly CodeValue[]
  /** A thing of the language by its full name: `os.system`, `child_process`. */
  readonly name?: string
  /** It is what the function of that name gave back, not the function. */
  readonly result?: true
  /** The value a method is called on. */
  readonly on?: CodeValue
  /** It was decoded from a disguise. */
  readonly decoded?: boolean
  /** The variable of the environment it holds, where that is named like a secret. */
  readonly secret?: string
}

export const UNKNOWN: CodeValue = { known: false }

/** Longest text kept of one value. */
const TEXT_LENGTH = 65_536

export function textValue(text: string): CodeValue {
  return text.length > TEXT_LENGTH ? { text: text.slice(0, TEXT_LENGTH), known: false } : { text, known: true }
}

/** The text of a value, when all of it is known. */
export function knownText(value: CodeValue | undefined): string | undefined {
  return value?.known === true ? value.text : undefined
}

/** One text after the other; what is not known of one is not known of the whole. */
export function joinedText(left: CodeValue, right: CodeValue): CodeValue {
  const text = `${left.text ?? ''}${right.text ?? ''}`
  const known = left.known && right.known && left.text !== undefined && right.text !== undefined && text.length <= TEXT_LENGTH
  const secret = left.secret ?? right.secret
  return {
    text: text.slice(0, TEXT_LENGTH),
    known,
    ...(left.decoded === true || right.decoded === true ? { decoded: true } : {}),
    ...(secret === undefined ? {} : { secret }),
  }
}

/** `a/b`, as path libraries put it together: a later absolute part starts anew. */
export function joinedPath(parts: readonly CodeValue[]): CodeValue {
  let path: CodeValue = textValue('')
  for (const part of parts) {
    if (part.text === undefined) return { ...path, known: false }
    const anew = path.text === '' || /^(?:\/|[A-Za-z]:[\\/])/.test(part.text)
    path = anew ? part : joinedText({ ...path, text: `${(path.text ?? '').replace(/\/$/, '')}/` }, part)
  }
  return path
}

const WHOLE_ENVIRONMENT = /^(?:os\.environ|process\.env|ENV|_ENV|_SERVER|Deno\.env\.toObject)$/

/** What secret of the environment a value carries: the name of a variable, or `environment` for all of it. */
export function secretIn(values: readonly CodeValue[]): string | undefined {
  for (const value of values) {
    if (value.secret !== undefined) return value.secret
    if (value.name !== undefined && WHOLE_ENVIRONMENT.test(value.name)) return 'environment'
  }
  return undefined
}

/** The same value, known to carry the secrets of these. */
export function carrying(value: CodeValue, values: readonly CodeValue[]): CodeValue {
  const secret = value.secret ?? secretIn(values)
  return secret === undefined || value.secret === secret ? value : { ...value, secret }
}
