import { type Expanded, type Flow, NO_FLOW } from '../shell/expanded.ts'
import { commandName, type Invocation } from '../shell/invocation.ts'
import { act, type Reading, runFlow, runProgram, useAddress } from '../shell/reading.ts'
import { PROGRAM_ROWS, type ProgramRow, type Rule, type WordRole } from './program-table.ts'
import { usePlace } from './use-place.ts'

/** Follows a line of the command prompt. */
export type FollowLine = (text: string, invocation: Invocation, reading: Reading) => Flow

/** A reader for each program of the table. */
export function programReaders(follow: FollowLine): readonly (readonly [string, (invocation: Invocation, reading: Reading) => Flow])[] {
  return [...PROGRAM_ROWS].map(([name, row]) => [name, (invocation, reading) => readProgram(row, { invocation, reading, follow })] as const)
}

interface From {
  readonly invocation: Invocation
  readonly reading: Reading
  readonly follow: FollowLine
}

function readProgram(row: ProgramRow, from: From): Flow {
  const { invocation, reading } = from
  const words = invocation.words.slice(1)
  const operands: Expanded[] = []
  let flow: Flow = NO_FLOW
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as Expanded
    const option = optionOf(word, row)
    if (option === undefined) operands.push(word)
    else if (option.role !== undefined && (option.value ?? words[at + 1]) !== undefined) {
      const value = option.value ?? (words[at + 1] as Expanded)
      if (option.value === undefined) at += 1
      flow = useWord(value, option.role, from) ?? flow
    }
  }
  flow = useOperands(row, operands, from) ?? flow
  const line = words.map((word) => word.text).join(' ')
  const matched = row.rules.filter((rule) => rule.when.test(line.slice(0, 2000)))
  for (const rule of matched) doRule(rule, line, from)
  if (matched.length === 0 && row.otherwise !== 'nothing') runProgram(invocation, row.otherwise, { reading, detail: line.slice(0, 120) })
  return flow
}

interface Option {
  readonly role: WordRole | undefined
  readonly value: Expanded | undefined
}

function optionOf(word: Expanded, row: ProgramRow): Option | undefined {
  const found = /^[/-]{1,2}([A-Za-z?]+)(?::([\s\S]*))?$|^([A-Za-z]+)=([\s\S]*)$/.exec(word.text)
  if (found === null) return undefined
  const name = (found[1] ?? found[3] ?? '').toLowerCase()
  const role = row.options.get(name)
  if (found[1] === undefined && role === undefined) return undefined
  const value = found[2] ?? found[4]
  return { role, value: value === undefined ? undefined : { ...word, text: value } }
}

function useOperands(row: ProgramRow, operands: readonly Expanded[], from: From): Flow | undefined {
  let flow: Flow | undefined
  for (const [index, word] of operands.entries()) {
    const last = index === operands.length - 1
    const role = row.operands === 'copy' ? (last && index > 0 ? 'write' : 'read') : (row.operands[index] ?? row.operands.at(-1) ?? 'ignore')
    if (role === 'command')
      return useWord(
        {
          ...word,
          text: operands
            .slice(index)
            .map((one) => one.text)
            .join(' '),
        },
        role,
        from,
      )
    flow = useWord(word, role, from) ?? flow
  }
  return flow
}

function useWord(word: Expanded, role: WordRole, from: From): Flow | undefined {
  const { reading, invocation } = from
  const place = { reading, cwd: invocation.cwd }
  switch (role) {
    case 'read':
    case 'write':
    case 'delete':
      usePlace(word, role, place)
      return undefined
    case 'named':
      if (isAddress(word.text)) return fetchWord(word, from)
      usePlace(word, 'read', place)
      return undefined
    case 'address':
      return fetchWord(word, from)
    case 'host':
      if (!/^[/\d-]\w?$/.test(word.text))
        useAddress(
          { ...word, text: word.text.replace(/^\\\\/, '') },
          { reading, scheme: 'tcp', detail: `${commandName(invocation)} talks to it` },
        )
      return undefined
    case 'command':
      // `forfiles` puts the file it found in here.
      return from.follow(word.text.replace(/@(?:path|file|relpath|fname)\b/gi, '*'), invocation, reading)
    case 'code':
      return runCode(word, from)
    case 'person':
    case 'ignore':
      return undefined
  }
}

function isAddress(text: string): boolean {
  return /^(?:https?|ftp|file):/i.test(text) || /^\\\\[^\\?.]+\\/.test(text)
}

function fetchWord(word: Expanded, from: From): Flow {
  useAddress(word, { reading: from.reading, detail: `${commandName(from.invocation)} fetches`, retrieval: true })
  return { addresses: [word.text], decodes: false }
}

/** A library, script or address that the program runs as code. */
function runCode(word: Expanded, from: From): Flow | undefined {
  const { reading, invocation } = from
  const address = /(?:https?|ftp):\/\/[^\s,'"`)]+/i.exec(word.text)?.[0]
  if (address !== undefined) {
    const flow = fetchWord({ ...word, text: address }, from)
    runFlow(flow, invocation, reading)
    return undefined
  }
  const file = /^[^,]+/.exec(word.text)?.[0] ?? word.text
  if (/^(?:vbscript|javascript|about):/i.test(word.text)) return runFlow({ ...NO_FLOW, decodes: true }, invocation, reading) as undefined
  if (/[\\/.]/.test(file)) usePlace({ ...word, text: file }, 'read', { reading, cwd: invocation.cwd })
  if (/comsvcs/i.test(file))
    act(
      {
        class: 'secret.read',
        target: 'memory of another program',
        certainty: 'likely',
        kind: 'name',
        words: [word],
        detail: 'writes down the memory of a program',
      },
      reading,
    )
  runProgram(invocation, 'unknown', { reading, detail: `runs ${word.text.slice(0, 120)}`, words: [word] })
  return undefined
}

function doRule(rule: Rule, line: string, from: From): void {
  const { reading, invocation } = from
  const found = rule.when.exec(line)
  const named = found?.slice(1).find((group) => group !== undefined)
  const target = named?.replace(/^"(.*)"$/, '$1') ?? `${commandName(invocation)} ${line}`.slice(0, 120)
  const aimed = rule.class === 'identity.grant'
  const kind = aimed ? 'recipient' : rule.class === 'process.exec' ? 'command' : 'name'
  // A machine that nobody named is told by the program: that is what somebody has to have asked for.
  const itself = rule.class === 'device.actuate' ? invocation.words.slice(0, 1) : []
  const words = named === undefined ? itself : [{ text: target, known: invocation.words.every((word) => word.known), glob: false }]
  act({ class: rule.class, target, certainty: 'likely', kind, words, detail: rule.detail }, reading)
}
