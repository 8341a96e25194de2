/** awk: what it hands to a shell, and the files it opens by itself. */
import { type Expanded, NO_FLOW } from '../shell/expanded.ts'
import type { Invocation } from '../shell/invocation.ts'
import { type Reading, useFile } from '../shell/reading.ts'
import { runShellText } from './do-call.ts'
import { languageNamed } from './language.ts'
import { isSecretName } from './mentions.ts'
import { type Token, tokensOf } from './tokens.ts'
import { type CodeValue, joinedText, textValue, UNKNOWN } from './value.ts'

interface From {
  readonly invocation: Invocation
  readonly reading: Reading
}

export function awkEffects(code: string, from: From): void {
  const language = languageNamed('awk')
  if (language === undefined) return
  const { tokens } = tokensOf(code, language)
  let printing = false
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'name' && /^printf?$/.test(token.text)) printing = true
    else if (token.kind === 'mark' && /^[;{}]$/.test(token.text)) printing = false
    if (token.kind === 'name' && token.text === 'system') runShellText(valueAt(tokens, index + 2), from)
    else if (token.kind === 'mark') redirected(tokens, index, { ...from, printing })
    else if (token.kind === 'name' && token.text === 'ENVIRON') variable(tokens, index, from)
  }
}

function redirected(tokens: readonly Token[], index: number, from: From & { readonly printing: boolean }): void {
  const mark = tokens[index]?.text
  if (mark === '|') {
    const next = tokens[index + 1]
    const reads = next?.text === 'getline' || (next?.text === '&' && tokens[index + 2]?.text === 'getline')
    runShellText(reads ? valueBefore(tokens, index) : valueAt(tokens, next?.text === '&' ? index + 2 : index + 1), from)
  } else if (mark === '<' && tokens[index - 1]?.kind === 'name' && reachesGetline(tokens, index))
    opened(valueAt(tokens, index + 1), 'read', from)
  else if (mark === '>' && from.printing) opened(valueAt(tokens, tokens[index + 1]?.text === '>' ? index + 2 : index + 1), 'write', from)
}

function reachesGetline(tokens: readonly Token[], index: number): boolean {
  return tokens[index - 1]?.text === 'getline' || tokens[index - 2]?.text === 'getline'
}

function opened(value: CodeValue, access: 'read' | 'write', { invocation, reading }: From): void {
  if (value.text === undefined || !value.known || !/\D/.test(value.text)) return
  const word: Expanded = { text: value.text, known: true, glob: false }
  useFile(word, access, { reading, cwd: invocation.cwd, detail: 'named in code' })
}

/** Texts that stand side by side are one. */
function valueAt(tokens: readonly Token[], from: number): CodeValue {
  let value: CodeValue | undefined
  for (let index = from; index < tokens.length; index += 1) {
    const token = tokens[index] as Token
    if (token.kind === 'mark' && token.text === '(' && index === from) continue
    if (token.kind === 'mark' || (token.kind === 'name' && token.text === 'getline')) break
    const piece =
      token.kind === 'text' ? textValue(token.parts.filter((part) => typeof part === 'string').join('')) : { text: '', known: false }
    value = value === undefined ? piece : joinedText(value, piece)
  }
  return value ?? UNKNOWN
}

function valueBefore(tokens: readonly Token[], index: number): CodeValue {
  let start = index
  while (start > 0 && tokens[start - 1]?.kind !== 'mark') start -= 1
  return valueAt(
    tokens.slice(0, tokens[index - 1]?.text === ')' ? index - 1 : index),
    tokens[index - 1]?.text === ')' ? textStart(tokens, index - 1) : start,
  )
}

function textStart(tokens: readonly Token[], end: number): number {
  let start = end
  while (start > 0 && !(tokens[start - 1]?.kind === 'mark' && tokens[start - 1]?.text === '(')) start -= 1
  return start
}

function variable(tokens: readonly Token[], index: number, from: From): void {
  const key = tokens[index + 2]
  const name = key?.kind === 'text' && typeof key.parts[0] === 'string' ? key.parts[0] : ''
  if (isSecretName(name)) from.reading.nested(`: "$${name.replace(/\W/g, '')}"`, { ...from.invocation, input: NO_FLOW })
}
