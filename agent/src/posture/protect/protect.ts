/** Changes configurations so that calls pass the gates, and changes them back byte for byte. */
import { chmodSync, existsSync, rmdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Json } from '@assize/kernel'
import { AgentError, messageOf } from '../../platform/errors.ts'
import type { FileEntry } from '../../platform/file-plan.ts'
import { type ConfigFile, encoded, readConfig, replaceConfig, sameBytes } from './config-file.ts'
import { canonical, type Change, type Editor, edited, Unsafe } from './edit/change.ts'
import { jsonEditor } from './edit/json.ts'
import { tomlEditor } from './edit/toml.ts'
import { yamlEditor } from './edit/yaml.ts'
import { enter, holds, withdraw } from './entries.ts'
import { digest, type FileRecord, type Ledger } from './ledger.ts'
import { unwrapServers, wrapServers, type Wrapping } from './wrap-servers.ts'

/** Everything that is to be changed in one file. */
export interface FileTarget {
  readonly path: string
  readonly apps: readonly string[]
  readonly format: 'json' | 'toml' | 'yaml' | 'whole'
  readonly entries: readonly FileEntry[]
  /** MCP servers in it. */
  readonly servers?: Wrapping
  /** The whole text of a file of our own. */
  readonly text?: string
  readonly executable?: boolean
  /** Programs of every person on the machine read it, whoever writes it and however that person's new files are kept. */
  readonly everybody?: boolean
}

export interface FileReport {
  readonly path: string
  readonly apps: readonly string[]
  readonly done: 'changed' | 'unchanged' | 'left-alone' | 'restored' | 'cleaned'
  /** A sentence. */
  readonly detail: string
  /** Servers behind the gate, and those that a wrapper cannot stand in front of. */
  readonly behind: readonly string[]
  readonly remote: readonly string[]
}

const EDITORS: Readonly<Record<'json' | 'toml' | 'yaml', Editor>> = { json: jsonEditor, toml: tomlEditor, yaml: yamlEditor }

/** Never throws for a file that cannot be edited: it is left alone, and the report says why. */
export function protectFile(target: FileTarget, ledger: Ledger, dryRun: boolean): FileReport {
  return guarded(target.path, target.apps, 'changed', () => {
    const file = readConfig(target.path)
    const record = ledger.find(target.path)
    const base = baseline(file, record, target, ledger)
    const { text, behind, remote } = meant(base, target)
    const after = text === base.text && base.bytes !== undefined ? base.bytes : encoded(base, text)
    const report = { path: target.path, apps: target.apps, behind, remote }
    if (sameBytes(base.bytes, after)) return { ...report, done: 'unchanged', detail: 'There is nothing in it to protect.' }
    if (sameBytes(file.bytes, after)) return { ...report, done: 'unchanged', detail: 'It is protected already.' }
    if (dryRun) return { ...report, done: 'changed', detail: 'It would be changed.' }
    const kept: FileRecord = {
      path: target.path,
      apps: [...target.apps],
      format: target.format,
      ...(base.bytes === undefined ? {} : { before: digest(base.bytes) }),
      after: digest(after),
      folders: file.bytes === undefined ? [...missingFolders(file.target)] : [...(record?.folders ?? [])],
      entries: target.entries.map(({ at, as, value }) => ({
        at: [...at],
        as,
        value: structuredClone(value) as Json,
      })) as FileRecord['entries'],
    }
    target.servers?.remote?.keep()
    ledger.put(kept, base.bytes)
    replaceConfig(file, after, target.executable === true ? 0o755 : undefined)
    if (target.everybody === true && file.bytes === undefined) openToAll(file.target, kept.folders)
    return { ...report, done: 'changed', detail: 'It was changed; `assize unprotect` puts it back.' }
  })
}

function openToAll(path: string, folders: readonly string[]): void {
  if (process.platform === 'win32') return
  chmodSync(path, 0o644)
  for (const folder of folders) chmodSync(folder, 0o755)
}

/** Puts a file back as it was. One that was changed by somebody else since loses only what is ours. */
export function unprotectFile(target: FileTarget, ledger: Ledger, dryRun: boolean): FileReport | undefined {
  const record = ledger.find(target.path)
  if (record === undefined) return undefined
  return guarded(target.path, target.apps, 'restored', () => {
    const report = { path: target.path, apps: target.apps, behind: [], remote: [] }
    const file = readConfig(target.path)
    const untouched = file.bytes !== undefined && digest(file.bytes) === record.after
    const before = untouched ? ledger.before(record) : undefined
    const back = untouched ? before : cleaned(file, record, target)
    if (dryRun) return { ...report, done: untouched ? 'restored' : 'cleaned', detail: 'It would be put back.' }
    if (file.bytes !== undefined) {
      if (back === undefined) remove(file, record)
      else if (!sameBytes(back, file.bytes)) replaceConfig(file, back)
    }
    ledger.forget(target.path)
    if (file.bytes === undefined) return { ...report, done: 'cleaned', detail: 'It is gone already.' }
    return untouched
      ? { ...report, done: 'restored', detail: 'It is as it was before, byte for byte.' }
      : { ...report, done: 'cleaned', detail: 'It had been changed since; what is ours was taken out, and the rest left as it is.' }
  })
}

/** What a file says, or would say without us. */
export function textWithoutUs(target: FileTarget, ledger: Ledger): string | undefined {
  try {
    const file = readConfig(target.path)
    const { bytes, text } = baseline(file, ledger.find(target.path), target, ledger)
    return bytes === undefined ? undefined : text
  } catch (error) {
    if (error instanceof Unsafe) return undefined
    throw error
  }
}

/** Whether everything that protects is in the file now. */
export function isProtected(target: FileTarget): boolean {
  try {
    const { text } = readConfig(target.path)
    if (target.format === 'whole') return text === target.text
    const config = EDITORS[target.format].parse(text)
    const { changes } = target.servers === undefined ? { changes: [] } : wrapServers(config, target.servers)
    return changes.length === 0 && holds(config, target.entries)
  } catch (error) {
    if (error instanceof Unsafe) return false
    throw error
  }
}

/** What the file was before us: the copy, or what is left of it without us when somebody changed it since. */
function baseline(file: ConfigFile, record: FileRecord | undefined, target: FileTarget, ledger: Ledger): ConfigFile {
  if (record === undefined || file.bytes === undefined) return file
  const bytes = digest(file.bytes) === record.after ? ledger.before(record) : cleaned(file, record, target)
  if (bytes === undefined) return { ...file, bytes: undefined, text: '' }
  if (sameBytes(bytes, file.bytes)) return file
  const text = bytes.toString('utf8')
  return { ...file, bytes, text: file.bom ? text.slice(1) : text }
}

/** The file without what is ours; nothing when all of it was. */
function cleaned(file: ConfigFile, record: FileRecord, target: FileTarget): Buffer | undefined {
  if (file.bytes === undefined) return undefined
  if (target.format === 'whole') throw new Unsafe('somebody changed it; take it away by hand if it is no longer wanted')
  const editor = EDITORS[target.format]
  const config = editor.parse(file.text)
  const changes: readonly Change[] = [
    ...withdraw(config, record.entries as readonly FileEntry[]),
    ...(target.servers === undefined ? [] : unwrapServers(config, target.servers)),
  ]
  return changes.length === 0 ? file.bytes : encoded(file, edited(editor, file.text, changes))
}

function meant(
  base: ConfigFile,
  target: FileTarget,
): { readonly text: string; readonly behind: readonly string[]; readonly remote: readonly string[] } {
  if (target.format === 'whole') {
    if (base.bytes !== undefined && base.text !== target.text) throw new Unsafe('a file of this name is there already and is not ours')
    return { text: target.text ?? '', behind: [], remote: [] }
  }
  const editor = EDITORS[target.format]
  const config = editor.parse(base.text)
  const { changes, behind, remote } =
    target.servers === undefined ? { changes: [], behind: [], remote: [] } : wrapServers(config, target.servers)
  // A file is made for hooks only: servers that nobody configured need no gate.
  const all = [...changes, ...enter(config, target.entries)]
  const text = all.length === 0 ? base.text : edited(editor, base.text, all)
  if (canonical(editor.parse(text)) === canonical(config)) return { text: base.text, behind, remote }
  return { text, behind, remote }
}

/** Folders on the way to a file that are not there yet, outermost first. */
function missingFolders(path: string): readonly string[] {
  const missing: string[] = []
  for (let folder = dirname(path); !existsSync(folder) && folder !== dirname(folder); folder = dirname(folder)) missing.unshift(folder)
  return missing
}

function remove(file: ConfigFile, record: FileRecord): void {
  rmSync(file.target, { force: true })
  for (const folder of record.folders.toReversed()) {
    try {
      rmdirSync(folder)
    } catch {
      // Somebody put something into it: it stays.
      return
    }
  }
}

function guarded(path: string, apps: readonly string[], verb: 'changed' | 'restored', work: () => FileReport): FileReport {
  try {
    return work()
  } catch (error) {
    if (error instanceof AgentError) throw error
    return { path, apps, done: 'left-alone', detail: `It was not ${verb}: ${messageOf(error)}.`, behind: [], remote: [] }
  }
}
