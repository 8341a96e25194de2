import { type Expanded, type Flow, NO_FLOW } from '../shell/expanded.ts'
import { commandName, type Invocation } from '../shell/invocation.ts'
import { act, type Reading, runProgram, useAddress } from '../shell/reading.ts'
import type { FollowLine } from './program-reader.ts'
import { registryKey, useRegistry } from './registry.ts'
import { useTask } from './scheduled-task.ts'
import { usePlace } from './use-place.ts'
import { keepWritten } from './written-script.ts'

/** `certutil -urlcache -f ADDRESS FILE`, `-decode IN OUT`, `-addstore STORE FILE`. */
export function readCertutil(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  const options = words.filter((word) => /^[-/]\w/.test(word.text)).map((word) => word.text.slice(1).toLowerCase())
  const operands = words.filter((word) => !/^[-/]\w/.test(word.text))
  const place = { reading, cwd: invocation.cwd }
  const address = operands.find((word) => /^(?:https?|ftp):/i.test(word.text))
  if (address !== undefined) {
    useAddress(address, { reading, detail: 'certutil fetches', retrieval: true })
    const file = operands[operands.indexOf(address) + 1]
    const target = file ?? { text: address.text.slice(address.text.lastIndexOf('/') + 1), known: address.known, glob: false }
    const flow = { addresses: [address.text], decodes: false }
    usePlace(target, 'write', place)
    keepWritten(target, flow, place)
    return flow
  }
  const codes = options.some((option) => /^(?:de|en)code(?:hex)?$/.test(option))
  for (const [index, word] of operands.entries()) usePlace(word, codes && index === 1 ? 'write' : 'read', place)
  if (codes && operands[1] !== undefined) keepWritten(operands[1], { addresses: [], decodes: true }, place)
  if (options.some((option) => /^(?:addstore|importpfx|installcert|pulse)$/.test(option)))
    act(
      {
        class: 'device.actuate',
        target: 'certificate store',
        certainty: 'likely',
        kind: 'name',
        words: operands.slice(0, 2),
        detail: 'changes which certificates are trusted',
      },
      reading,
    )
  return { addresses: [], decodes: codes }
}

/** `reg add KEY /v NAME /d DATA`, `reg save HKLM\SAM FILE`, `reg import FILE`. */
export function readReg(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  const verb = words[0]?.text.toLowerCase() ?? ''
  const place = { reading, cwd: invocation.cwd }
  if (verb === 'import' || verb === 'restore' || verb === 'load') {
    for (const word of words.slice(1)) if (registryKey(word.text) === undefined && !word.text.startsWith('/')) usePlace(word, 'read', place)
    runProgram(invocation, 'unknown', { reading, detail: 'changes the registry by what stands in a file' })
    return NO_FLOW
  }
  const access = verb === 'add' || verb === 'copy' ? 'write' : verb === 'delete' ? 'delete' : 'read'
  const at = words.findIndex((word) => /^\/v$/i.test(word.text))
  const name = at < 0 ? undefined : words[at + 1]
  for (const [index, word] of words.slice(1).entries()) {
    const key = registryKey(word.text)
    if (key !== undefined)
      useRegistry({
        word,
        key: name === undefined ? key : `${key}/${name.text.toLowerCase()}`,
        access: verb === 'copy' && index === 0 ? 'read' : access,
        reading,
      })
    else if ((verb === 'save' || verb === 'export') && index === 1) usePlace(word, 'write', place)
  }
  return NO_FLOW
}

/** `schtasks /create /tn NAME /tr COMMAND`, `/change`, `/run`, `/delete`. */
export function readSchtasks(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  const has = (name: string): boolean => words.some((word) => word.text.toLowerCase() === `/${name}`)
  const value = (name: string): Expanded | undefined => words[words.findIndex((word) => word.text.toLowerCase() === `/${name}`) + 1]
  const name = has('tn') ? value('tn') : undefined
  const file = has('xml') ? value('xml') : undefined
  if (file !== undefined) usePlace(file, 'read', { reading, cwd: invocation.cwd })
  if (has('s')) useAddress(value('s') ?? NOBODY, { reading, scheme: 'tcp', detail: 'schtasks talks to it' })
  if (has('create') || has('change')) useTask(name ?? NOBODY, reading)
  else if (has('run') || has('delete') || has('end'))
    runProgram(invocation, 'likely', { reading, detail: `scheduled job ${name?.text ?? ''}`.slice(0, 120) })
  return NO_FLOW
}

const NOBODY: Expanded = { text: '*', known: false, glob: true }

/** `sc create NAME binPath= …`, `sc stop NAME`. */
export function readServiceControl(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  const at = words[0]?.text.startsWith('\\\\') === true ? 1 : 0
  const [verb, name] = [words[at]?.text.toLowerCase() ?? '', words[at + 1]]
  if (at === 1)
    useAddress(
      { ...(words[0] as Expanded), text: (words[0] as Expanded).text.slice(2) },
      { reading, scheme: 'tcp', detail: 'sc talks to it' },
    )
  if (name === undefined || /^(?:query|queryex|qc|qdescription|enumdepend|getdisplayname|getkeyname|sdshow)$/.test(verb)) return NO_FLOW
  if (/^(?:create|config|failure|triggerinfo|sdset|privs)$/.test(verb))
    useRegistry({
      word: name,
      key: `/registry/hklm/system/currentcontrolset/services/${name.text.toLowerCase()}`,
      access: 'write',
      reading,
    })
  else if (verb === 'stop' || verb === 'delete' || verb === 'pause')
    act(
      {
        class: 'device.actuate',
        target: `service ${name.text}`,
        certainty: 'likely',
        kind: 'name',
        words: [name],
        detail: 'stops a service',
      },
      reading,
    )
  else runProgram(invocation, 'likely', { reading, detail: `sc ${verb} ${name.text}`.slice(0, 120) })
  return NO_FLOW
}

/** `bitsadmin /transfer JOB ADDRESS FILE`, `/addfile JOB ADDRESS FILE`, `/setnotifycmdline JOB PROGRAM …`. */
export function readBitsadmin(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  const at = words.findIndex((word) => /^(?:https?|ftp):|^\\\\/i.test(word.text))
  const notify = words.findIndex((word) => /^\/setnotifycmdline$/i.test(word.text))
  const place = { reading, cwd: invocation.cwd }
  if (notify >= 0) {
    const program = words[notify + 2] ?? NOBODY
    act(
      {
        class: 'code.install',
        target: `c:/windows/bits/${(words[notify + 1] ?? NOBODY).text}`.slice(0, 200),
        certainty: 'likely',
        kind: 'path',
        words: [program],
        detail: 'persistence: runs when a transfer ends',
      },
      reading,
    )
  }
  if (at < 0) return NO_FLOW
  const address = words[at] as Expanded
  const upload = words.some((word) => /^\/upload$/i.test(word.text))
  useAddress(address, { reading, detail: upload ? 'bitsadmin sends data' : 'bitsadmin fetches', retrieval: !upload })
  const file = words[at + 1]
  const flow = { addresses: [address.text], decodes: false }
  if (file !== undefined) usePlace(file, upload ? 'read' : 'write', place)
  if (file !== undefined && !upload) keepWritten(file, flow, place)
  return flow
}

/** `wmic process call create "…"`, `wmic /node:HOST …`. */
export function readWmic(follow: FollowLine): (invocation: Invocation, reading: Reading) => Flow {
  return (invocation, reading) => {
    const words = invocation.words.slice(1)
    const line = words.map((word) => word.text).join(' ')
    const host = /\/node:"?([^\s"]+)/i.exec(line)?.[1]
    if (host !== undefined) useAddress({ text: host, known: true, glob: false }, { reading, scheme: 'tcp', detail: 'wmic talks to it' })
    const format = /\/format:"?((?:https?|ftp):[^\s"]+)/i.exec(line)?.[1]
    if (format !== undefined) useAddress({ text: format, known: true, glob: false }, { reading, detail: 'wmic fetches and runs' })
    const created = /\bcall\s+create\s+([\s\S]+)$/i.exec(line)?.[1]
    if (created !== undefined) return follow(created.replace(/^["']([\s\S]*?)["']?$/, '$1'), invocation, reading)
    if (/\bshadowcopy\b.*\bdelete\b/i.test(line))
      act(
        { class: 'data.drop', target: 'shadow copies', certainty: 'certain', kind: 'name', words: [], detail: 'deletes backups' },
        reading,
      )
    else if (/\b(?:call|set|delete|create)\b/i.test(line) || format !== undefined)
      runProgram(invocation, 'unknown', { reading, detail: line.slice(0, 120) })
    return NO_FLOW
  }
}

/** `setx NAME VALUE` sets a variable of every program from now on. */
export function readSetx(invocation: Invocation, reading: Reading): Flow {
  const name = invocation.words.slice(1).find((word) => !word.text.startsWith('/'))
  if (name !== undefined)
    useRegistry({ word: name, key: `/registry/hkcu/environment/${name.text.toLowerCase()}`, access: 'write', reading })
  else runProgram(invocation, 'likely', { reading, detail: `${commandName(invocation)} without a name` })
  return NO_FLOW
}
