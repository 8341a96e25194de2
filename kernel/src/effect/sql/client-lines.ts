import { useFile } from '../shell/reading.ts'
import { type SqlReading, tell } from './statement-reader.ts'

/** `\! command`, `.shell command`, `\copy …`, `\i file`, `.output file`: what the client does itself. */
export function readClientLine(line: string, sql: SqlReading): void {
  const found = /^(?:(\\!|:?!!|system\s)|([\\.:])([A-Za-z.]*))\s*([\s\S]*)$/i.exec(line)
  if (found === null) return
  const [, runs, mark = '', spelled = '', rest = ''] = found
  const name = spelled.toLowerCase()
  const trimmed = rest.trim()
  const value = trimmed.endsWith(';') ? trimmed.slice(0, -1).trimEnd() : trimmed
  if (runs !== undefined || /^(?:shell|system)$/.test(name)) return runLine(value, sql)
  const piped = /^(['"]?)\|\s*([\s\S]*?)\1(?:\s|$)/.exec(value)
  if (piped !== null) return runLine(piped[1] === '' ? value.slice(1).trim() : (piped[2] as string), sql)
  if (mark === '\\' && name === '.') return useOne(value, 'read', sql)
  if (/^(?:i|ir|include|read|r|source|import|restore|open|load)$/.test(name)) {
    useOne(value, 'read', sql)
    if (name === 'load') tell({ class: 'code.install', target: `library:${firstWord(value)}`, detail: 'loads code into the database' }, sql)
    else if (name !== 'open')
      tell({ class: 'data.mutate', target: 'database', certainty: 'unknown', detail: `runs what stands in ${firstWord(value)}` }, sql)
    return
  }
  if (/^(?:o|out|output|once|w|tee|t|log|backup|save|dump|excel|g|gx)$/.test(name)) return writeTo(value, sql)
  if (name === 'copy') return copyLine(value, sql)
  if (/^(?:password|connect|c)$/.test(name) && name === 'password')
    tell({ class: 'identity.grant', target: firstWord(value) || 'database', certainty: 'likely' }, sql)
}

function firstWord(text: string): string {
  return (
    /^'([^']*)'|^"([^"]*)"|^\S+/
      .exec(text)
      ?.slice(0, 3)
      .find((part, index) => part !== undefined && index > 0) ??
    /^\S*/.exec(text)?.[0] ??
    ''
  )
}

function runLine(command: string, sql: SqlReading): void {
  tell(
    {
      class: 'process.exec',
      target: 'shell',
      certainty: command === '' ? 'unknown' : 'likely',
      detail: 'the database client runs a command',
    },
    sql,
  )
  if (command !== '') sql.command(command, 'posix')
}

function useOne(text: string, access: 'read' | 'write', sql: SqlReading): void {
  const file = firstWord(text)
  if (file !== '') useFile({ text: file, known: true, glob: false }, access, { reading: sql.reading, cwd: sql.cwd })
}

function writeTo(value: string, sql: SqlReading): void {
  if (value !== '' && !/^(?:stdout|off|on)$/i.test(value) && /[./\\]|^\w+$/.test(value)) useOne(value, 'write', sql)
}

/** `\copy t to 'file'`, `\copy t to program 'x'`, `\copy t from pstdin`. */
function copyLine(rest: string, sql: SqlReading): void {
  const found = /\b(to|from)\s+(program\s+)?('[^']*'|"[^"]*"|\S+)/i.exec(rest.slice(0, 4096))
  const out = found?.[1]?.toLowerCase() === 'to'
  tell(
    {
      class: out ? 'data.query' : 'data.mutate',
      target: firstWord(rest) || 'data',
      certainty: 'likely',
      detail: out ? 'copies it out' : 'copies into it',
    },
    sql,
  )
  const target = (found?.[3] ?? '').replace(/^(['"])([\s\S]*)\1$/, '$2')
  if (found?.[2] !== undefined) return runLine(target, sql)
  if (target !== '' && !/^(?:p?stdin|p?stdout)$/i.test(target))
    useOne(target.includes(' ') ? `'${target}'` : target, out ? 'write' : 'read', sql)
}
