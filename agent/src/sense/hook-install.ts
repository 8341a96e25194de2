/** How hooks get into a host's configuration: which files, and the command line that fails closed where the host would not. */
import { join } from 'node:path'
import type { FilePlan, Place } from '../platform/file-plan.ts'

export interface InstallSetting extends Place {
  /** Program and arguments of the hook. */
  readonly command: readonly string[]
  /** What a file holds now; nothing when there is none. */
  readonly read: (path: string) => string | undefined
  /** Where the system's own files are, for images that are made on another machine. */
  readonly root: string
}

export interface HookInstall {
  /** Files and folders of which any says that the application is on this machine. */
  readonly signs: (place: Place) => readonly string[]
  readonly files: (setting: InstallSetting) => readonly FilePlan[]
  /** The same for everybody on the machine, in places that only an administrator may change. */
  readonly managed?: (setting: InstallSetting) => readonly FilePlan[]
  /** What keeps the host from using hooks that are there, each as a sentence with its remedy. */
  readonly obstacles?: (setting: InstallSetting) => readonly string[]
}

/** Whether a JSON file says that a switch is on or off, wherever in it. */
export function says(text: string | undefined, name: string, value: boolean): boolean {
  return new RegExp(`"${name}"\\s*:\\s*${String(value)}\\b`).test(text ?? '')
}

/** A file of the system, by operating system. */
export function systemFile(
  { os, root }: Pick<InstallSetting, 'os' | 'root'>,
  paths: Readonly<Record<InstallSetting['os'], string>>,
): string {
  return root === '' ? paths[os] : join(root, paths[os].replace(/^[A-Z]:/, ''))
}

/** Seconds that hosts wait for the hook; it answers from its own deadline of half of that. */
export const HOST_SECONDS = 10
/** When a hook that hangs is ended from outside, still before the host loses patience and goes on. */
const KILL_SECONDS = 8
export const FAILED = 'Blocked by Assize: its hook failed, so nobody could decide about the call. Run assize doctor.'

/**
 * The hook as one line for whatever shell the host uses. For a guarding event a hook that crashes, hangs, is missing or says
 * what is no answer refuses the call, which some hosts would otherwise let run. Not so on Windows, where the line is the bare
 * command.
 */
export function shellLine(setting: Pick<InstallSetting, 'command' | 'os'>, guarding: boolean, refusal?: string): string {
  const { command, os } = setting
  if (os === 'win32') return command.map(windowsWord).join(' ')
  // What only tells the agent something must not keep the host from anything.
  return guarding ? `sh -c ${posixWord(closedScript(setting, refusal))}` : `${command.map(posixWord).join(' ')} || true`
}

/** The same as a script for `sh`. `refusal` is what refuses a call on standard output, for hosts that go on after an exit code, or tell nobody why. */
export function closedScript({ command, os }: Pick<InstallSetting, 'command' | 'os'>, refusal?: string): string {
  const limit = os === 'darwin' ? `/usr/bin/perl -e 'alarm ${KILL_SECONDS}; exec @ARGV'` : `timeout -s KILL ${KILL_SECONDS}`
  const answer = `o=$(${limit} ${command.map(posixWord).join(' ')}) && case $o in {*}) printf %s "$o";; *) false;; esac`
  if (refusal !== undefined) return `${answer} || printf %s ${posixWord(refusal)}`
  return `${answer} || { [ $? -eq 2 ] || echo '${FAILED}' >&2; exit 2; }`
}

function posixWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

function windowsWord(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word.replaceAll('"', '\\"')}"`
}
