/** Reads a command by its row of the table. */
import type { Certainty, EffectClass } from '../effect.ts'
import type { CommandRow, Role } from './command-row.ts'
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { commandName, type Invocation, type Parsed, parseOptions } from './invocation.ts'
import { useTransfers } from './network-commands.ts'
import { outputOf } from './output.ts'
import { runHandedOn } from './handed-on.ts'
import { installPackage, runPackage } from './package-commands.ts'
import { unpacked } from './program-commands.ts'
import {
  act,
  copyContent,
  forgetContent,
  keepContent,
  type Reading,
  changeTree,
  runFlow,
  runProgram,
  useAddress,
  useFile,
  useTree,
} from './reading.ts'

export function readRow(row: CommandRow, invocation: Invocation, reading: Reading): Flow {
  if (PACKAGE_RUNNERS.test(commandName(invocation))) return runPackage(invocation.words.slice(1), invocation, reading)
  const options = row.options ?? {}
  const parsed = parseOptions(invocation.words.slice(1), new Set(Object.keys(options)))
  for (const { name, value } of parsed.options) if (value !== undefined) useWord(value, options[name] ?? 'ignore', { invocation, reading })
  const switched = parsed.options.map(({ name }) => row.switches?.[name]).find((role) => role !== undefined)
  const skip = parsed.options.some(({ name }) => /^(-e|-f|--regexp|--expression|--file)$/.test(name)) ? 0 : (row.skip ?? 0)
  const files = parsed.operands.slice(skip)
  if (commandName(invocation) === 'chmod' && setsUser(parsed.operands[0]?.text ?? '')) {
    const target = `chmod ${parsed.operands
      .slice(0, 2)
      .map(({ text }) => text)
      .join(' ')}`.slice(0, 120)
    act(
      {
        class: 'identity.grant',
        target,
        certainty: 'certain',
        kind: 'name',
        words: files.slice(0, 2),
        detail: 'runs as its owner, whoever starts it',
      },
      reading,
    )
  }
  if (CHANGES.test(commandName(invocation)) && parsed.options.some(({ name }) => /^(-R|--recursive)$/.test(name)))
    for (const word of files) changeTree(word, { reading, cwd: invocation.cwd })
  if (goesDeep(row, parsed)) for (const word of files) useTree(word, { reading, cwd: invocation.cwd })
  useOperands(files, switched ?? row.operands, { invocation, reading })
  if (row.operands === 'archive' && invocation.words.some(({ text }) => TAKES_AWAY.test(text)))
    for (const word of files.slice(1)) useFile(word, 'delete', { reading, cwd: invocation.cwd })
  runRow(row, parsed.operands, { invocation, reading })
  if (TYPED.test(commandName(invocation))) typedInto(parsed, { invocation, reading })
  if (STREAMS.test(commandName(invocation))) answersWith(parsed, { invocation, reading })
  if (/^(?:unzip|7z|7za|unar)$/.test(commandName(invocation)))
    unpacked(
      parsed.operands.find(({ text }) => /\.\w{2,4}$/.test(text)),
      parsed.options.find(({ name }) => name === '-d' || name === '-o')?.value,
      { invocation, reading },
    )
  moveContents(row, parsed, { invocation, reading })
  return outputOf(row, invocation, { files, reading })
}

/** They fetch a package and run what it brings along with the words behind it. */
const PACKAGE_RUNNERS = /^(?:npx|bunx|pnpx|uvx)$/

/** `zip -m`, `7z -sdel`: what is packed is gone from where it lay. */
const TAKES_AWAY = /^(?:-(?=[^m]*m)[a-zA-Z0-9]+|--move|-sdel|-df|-dr)$/

/** `4755`, `u+s`, `u=rws,g=rx`: whoever starts the program has the rights of its owner. */
function setsUser(mode: string): boolean {
  return mode.split(',', 64).some((clause) => SETS_USER.test(clause))
}

const SETS_USER = /^(?:0*[4-7][0-7]{3}|(?!g[go]*[+=])[ugoa]*[+=][rwxXt]*s[rwxXst]*)$/

/** Commands that change whose files are and who may use them. */
const CHANGES = /^(?:chmod|chown|chgrp|setfacl|chattr|xattr)$/

/** Folders are read with all that lies in them. */
function goesDeep(row: CommandRow, { options }: Parsed): boolean {
  return (
    row.operands === 'archive' || (row.operands === 'copy' && options.some(({ name }) => /^(-r|-R|-a|--recursive|--archive)$/.test(name)))
  )
}

/** What is known of files goes along when they are copied, moved, linked, or written by `tee`. */
function moveContents(row: CommandRow, { options, operands }: Parsed, from: From): void {
  const { invocation, reading } = from
  const place = { reading, cwd: invocation.cwd }
  const name = commandName(invocation)
  if (name === 'tee' || name === 'sponge')
    for (const word of operands)
      keepContent(word, invocation.input ?? NO_FLOW, { ...place, append: options.some((option) => option.name === '-a') })
  if (row.operands === 'delete') for (const word of operands) forgetContent(word, place)
  if (row.operands !== 'copy' && row.operands !== 'move') return
  const into = options.find((option) => option.name === '-t' || option.name === '--target-directory')?.value
  const sources = into === undefined && operands.length > 1 ? operands.slice(0, -1) : operands
  const target = into ?? (operands.length > 1 ? operands.at(-1) : DOT)
  const link = name === 'ln' || name === 'link' || options.some((option) => /^(-s|-l|--symbolic-link|--link)$/.test(option.name))
  for (const source of sources) if (target !== undefined) copyContent(source, target, { ...place, link })
  if (row.operands === 'move') for (const source of sources) forgetContent(source, place)
}

const DOT: Expanded = { text: '.', known: true, glob: false }

/** Commands that join their input and output to another machine; others only ask it something. */
const STREAMS = /^(?:nc|ncat|netcat|telnet|socat|openssl|rlogin|rsh|mosh)$/

interface From {
  readonly invocation: Invocation
  readonly reading: Reading
}

function useOperands(operands: readonly Expanded[], role: CommandRow['operands'], from: From): void {
  if (role === 'shell') {
    if (operands.length > 0) useWord(joined(operands), 'shell', from)
    return
  }
  for (const [index, word] of operands.entries()) {
    const last = index === operands.length - 1 && index > 0
    if (role === 'copy') useWord(word, last ? 'write' : 'read', from)
    else if (role === 'archive') useWord(word, index === 0 ? 'write' : 'read', from)
    else if (role !== 'move') useWord(word, role, from)
    else if (last) useWord(word, 'write', from)
    else {
      useWord(word, 'read', from)
      useWord(word, 'delete', from)
    }
  }
}

function useWord(word: Expanded, role: Role, from: From): void {
  const { invocation, reading } = from
  switch (role) {
    case 'read':
    case 'write':
    case 'delete':
      return useFile(word, role, { reading, cwd: invocation.cwd })
    case 'address': {
      if (commandName(invocation) === 'socat') return useSide(word, from)
      return /^\d+$/.test(word.text) || word.text.startsWith('.')
        ? undefined
        : useAddress(word, {
            reading,
            scheme: STREAMS.test(commandName(invocation)) ? 'tcp' : 'net',
            detail: `${commandName(invocation)} talks to it`,
          })
    }
    case 'named':
      return /^[a-z][\w+.-]*:\/\//i.test(word.text) && !/^file:/i.test(word.text)
        ? useAddress(word, { reading, detail: `${commandName(invocation)} shows it`, retrieval: true })
        : useFile(word, 'read', { reading, cwd: invocation.cwd })
    case 'package':
      return installPackage(word, invocation, reading)
    case 'script':
      return runProgram(invocation, 'unknown', { reading, detail: `runs ${word.text.slice(0, 120)}`, words: [word] })
    case 'shell':
      return runShellText(word, from)
    case 'setting': {
      const command = /(?:-Invoke\w*|-Hooks?|ProxyAutoDetect|Dpkg::Path|Solver::\w+|Bin::\w+)(?:::)?\{?=(.+)$/is.exec(word.text)?.[1]
      return command === undefined ? undefined : runShellText({ ...word, text: command }, from)
    }
    case 'listen':
      return act({ class: 'net.listen', target: word.text, certainty: 'certain', kind: 'name', words: [word] }, reading)
    case 'ignore':
      return undefined
  }
}

/** socat joins two sides: programs, ports that listen, other machines, files. */
function useSide(word: Expanded, from: From): void {
  const { invocation, reading } = from
  const [, kind = '', rest = ''] = /^([a-z\d-]{1,20}):(.*)$/is.exec(word.text) ?? []
  const plain = { ...word, text: rest.replace(/,.*$/s, '') }
  if (/^(?:exec|system|shell)$/i.test(kind))
    return runShellText({ ...word, text: rest.replace(/,(?:pty|stderr|setsid|sigint|sane|ctty|raw|echo=\d)\b.*$/s, '') }, from)
  if (/-l(?:isten)?$|-recv/i.test(kind)) return useWord(plain, 'listen', from)
  if (/^(?:tcp|udp|openssl|ssl|sctp|socks|proxy)/i.test(kind))
    return useAddress({ ...word, text: `tcp://${plain.text}` }, { reading, detail: 'socat talks to it' })
  if (/^(?:open|file|create|gopen|unix(?:-connect)?|pipe)$/i.test(kind)) useFile(plain, 'write', { reading, cwd: invocation.cwd })
}

/** Programs that are told line by line what to do, some of which runs here. */
const TYPED = /^(?:ed|ftp|lftp|ncftp|tftp|smbclient|mail|bc|gnuplot)$/

function typedInto({ options }: Parsed, { invocation, reading }: From): void {
  const given = options.filter(({ name }) => name === '-c' || name === '-e').map(({ value }) => value?.text ?? '')
  const text = [...given, invocation.input?.text ?? ''].join('\n').slice(0, 16_384)
  useTransfers(text, { reading, cwd: invocation.cwd })
  for (const [, command = ''] of text.matchAll(/^\s{0,20}!\s{0,20}(\S.{0,2000})$/gm))
    reading.nested(command, { ...invocation, input: undefined, inputFile: undefined })
}

/** A port that a program answers: whoever connects is served by it. */
function answersWith({ options, operands }: Parsed, { invocation, reading }: From): void {
  const name = commandName(invocation)
  const listens =
    name === 'socat'
      ? operands.some(({ text }) => /^[a-z\d]{1,10}-l(?:isten)?:/i.test(text))
      : options.some((option) => /^(?:-l|--listen)$/.test(option.name))
  const runs =
    name === 'socat'
      ? operands.some(({ text }) => /^(?:exec|system|shell):/i.test(text))
      : options.some((option) => /^(?:-e|-c|--exec|--sh-exec|--lua-exec)$/.test(option.name))
  if (listens && runs) runFlow({ addresses: ['tcp://0.0.0.0'], decodes: false }, invocation, reading)
}

function joined(words: readonly Expanded[]): Expanded {
  return { text: words.map(({ text }) => text).join(' '), known: words.every(({ known }) => known), glob: false }
}

/** A text that the command hands to a shell, or a program it starts. */
function runShellText(word: Expanded, { invocation, reading }: From): void {
  if (!word.known) runProgram(invocation, 'unknown', { reading, detail: `runs ${word.text.slice(0, 120)}`, words: [word] })
  reading.nested(word.text, invocation)
}

/** What running a command does besides using its words. */
const RUNS: Readonly<Record<'publisher' | 'privilege' | 'database' | 'keyring', readonly [EffectClass, Certainty, string?]>> = {
  publisher: ['code.publish', 'likely'],
  privilege: ['identity.grant', 'likely'],
  database: ['data.mutate', 'inferred'],
  keyring: ['secret.read', 'likely', 'the password store'],
}

function runRow(row: CommandRow, operands: readonly Expanded[], { invocation, reading }: From): void {
  const { runs } = row
  const line = [commandName(invocation), ...operands.slice(0, 2).map((word) => word.text)].join(' ').slice(0, 120)
  switch (runs) {
    case undefined:
      return
    case 'program':
      if (row.operands === 'ignore' && !/kill/.test(commandName(invocation))) runHandedOn(invocation.words.slice(1), invocation, reading)
      return runProgram(invocation, invocation.words.every((word) => word.known) ? 'likely' : 'unknown', { reading, detail: line })
    case 'installer':
      if (row.operands === 'package') return operands.length < 2 ? runProgram(invocation, 'likely', { reading, detail: line }) : undefined
      return told(['code.install', 'likely', `persistence: ${line}`], { line, words: operands.slice(0, 3), reading })
    case 'privilege':
      if (onlyLooks(invocation, operands)) return runProgram(invocation, 'certain', { reading, detail: line })
      return told(RUNS.privilege, { line, words: operands.slice(0, 3), reading })
    case 'environment':
      if (isHarmlessLook(operands, reading)) return
      return told(['secret.read', 'inferred', 'prints every environment variable'], { line: 'environment', words: [], reading })
    default:
      return told(RUNS[runs], { line, words: operands.slice(0, 2), reading })
  }
}

/** `mount`, `passwd -S USER`, `visudo -c`. */
function onlyLooks(invocation: Invocation, operands: readonly Expanded[]): boolean {
  const options = invocation.words.slice(1).map(({ text }) => text)
  const name = commandName(invocation)
  if (name === 'mount') return operands.length === 0 && options.every((text) => /^-[lvt]$/.test(text))
  if (name === 'passwd') return options.some((text) => /^(?:-S|--status|-Sa)$/.test(text))
  return name === 'visudo' && options.some((text) => /^(?:-c|--check)$/.test(text))
}

interface Told {
  readonly line: string
  readonly words: readonly Expanded[]
  readonly reading: Reading
}

function told([effectClass, certainty, detail]: readonly [EffectClass, Certainty, string?], { line, words, reading }: Told): void {
  const kind = effectClass === 'code.install' ? 'command' : 'name'
  act({ class: effectClass, target: line, certainty, kind, words, detail: detail ?? line }, reading)
}

const SECRET_WORD = /secret|token|passw|pwd|key|credential|auth|private|cert|[*.+?|[]/i

/** `printenv HOME`, `env | grep JAVA`: what comes out is told beforehand, and is no secret. */
function isHarmlessLook(operands: readonly Expanded[], reading: Reading): boolean {
  if (operands.length > 0) return operands.every((word) => word.known && !SECRET_WORD.test(word.text))
  const script = reading.payload[0]?.text ?? ''
  const looks = script.match(/\b(?:env|printenv)\b/g)?.length ?? 0
  const filters = [...script.matchAll(FILTERED)].map(([, , quoted, plain]) => quoted ?? plain ?? '')
  return looks > 0 && filters.length === looks && filters.every((pattern) => pattern.split(/\\?\|/).every(isPlainName))
}

/** Variables looked through for names; several only within quotes, where a bar starts no other program. */
const FILTERED = /\b(?:env|printenv)\s*\|\s*[ef]?grep\s+(?:-[inwEF]+\s+)?(?:(['"])([\w^=|\\-]{3,200})\1|([\w^=-]{3,40}))(?=\s|[;&|)]|$)/g

/** One of the names that a filter lets through. */
function isPlainName(pattern: string): boolean {
  return /^\^?\w[\w-]{2,39}=?$/.test(pattern) && !SECRET_WORD.test(pattern)
}
