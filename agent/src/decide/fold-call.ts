import type { Finding, Json, JsonObject, ToolCall, ToolDefinition } from '@assize/kernel'

/** Longest string of an argument that is recorded whole, UTF-16 code units. */
const LONGEST_TEXT = 4096
const HEAD = 2048
const TAIL = 512
/** Values recorded per call; the rest is counted. */
const MOST_VALUES = 2000
const DEEPEST = 64
const SHORT_VALUES = 64

/** The call as it is recorded: long values folded to head, tail and length, and secrets masked. */
export function foldCall(call: ToolCall, findings: readonly Finding[]): ToolCall {
  const secrets = findings.filter((finding) => finding.kind.startsWith('secret.'))
  const { callId, cwd, definition, envelope, home, platform, server, tool, type } = call
  const args = isShort(call.args, secrets) ? call.args : (new Folder(secrets).fold(call.args, '', 0) as JsonObject)
  // In the order of the record, so that it is written as it stands; what is absent is left out there.
  const folded: { readonly [Member in keyof Required<ToolCall>]: ToolCall[Member] | undefined } = {
    args,
    callId,
    cwd,
    definition: definition === undefined ? undefined : foldDefinition(definition),
    envelope,
    home,
    platform,
    server,
    tool,
    type,
  }
  return folded as ToolCall
}

/** The schema is in the tool listing; what matters here is what the model was told. Every call of a tool carries the same definition. */
function foldDefinition(definition: ToolDefinition): ToolDefinition {
  const known = FOLDED.get(definition)
  if (known !== undefined) return known
  const { name, description } = definition
  const folded = description === undefined ? { name } : { description: foldText(description), name }
  FOLDED.set(definition, folded)
  return folded
}

const FOLDED = new WeakMap<ToolDefinition, ToolDefinition>()

/** Arguments of most calls: a few short texts, nothing to be masked. */
function isShort(args: JsonObject, secrets: readonly Finding[]): boolean {
  if (secrets.length > 0) return false
  let seen = 0
  for (const key in args) {
    const value = args[key]
    seen += 1
    if (seen > SHORT_VALUES || key.length > LONGEST_TEXT || (typeof value === 'object' && value !== null)) return false
    if (typeof value === 'string' && value.length > LONGEST_TEXT) return false
  }
  return true
}

class Folder {
  private readonly secrets: readonly Finding[]
  private values = 0

  constructor(secrets: readonly Finding[]) {
    this.secrets = secrets
  }

  fold(value: Json, pointer: string, depth: number): Json {
    if (typeof value === 'string') return foldText(this.mask(value, pointer))
    if (typeof value !== 'object' || value === null) return value
    if (depth >= DEEPEST) return '[deeper values not recorded]'
    if (Array.isArray(value)) {
      const kept = this.take((value as readonly Json[]).length)
      const items = (value as readonly Json[]).slice(0, kept).map((item, index) => this.fold(item, `${pointer}/${index}`, depth + 1))
      return kept === value.length ? items : [...items, `[${value.length - kept} more not recorded]`]
    }
    const pairs = Object.entries(value as JsonObject)
    const kept = this.take(pairs.length)
    const folded = pairs
      .slice(0, kept)
      .map(([key, item]): [string, Json] => [foldText(key), this.fold(item, `${pointer}/${escaped(key)}`, depth + 1)])
    return Object.fromEntries(kept === pairs.length ? folded : [...folded, ['…', `[${pairs.length - kept} more not recorded]`]])
  }

  private take(wanted: number): number {
    const kept = Math.max(0, Math.min(wanted, MOST_VALUES - this.values))
    this.values += kept
    return kept
  }

  private mask(text: string, pointer: string): string {
    let [masked, at] = ['', 0]
    for (const { where, span, kind } of this.secrets.toSorted((left, right) => left.span[0] - right.span[0])) {
      if (where !== pointer || span[1] > text.length) continue
      // What overlaps with what is masked already goes with it.
      if (span[0] >= at) masked += `${text.slice(at, span[0])}[${kind}]`
      at = Math.max(at, span[1])
    }
    return masked + text.slice(at)
  }
}

function foldText(text: string): string {
  if (text.length <= LONGEST_TEXT) return text
  return `${text.slice(0, HEAD)}… [${text.length - HEAD - TAIL} more characters] …${text.slice(-TAIL)}`.toWellFormed()
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
