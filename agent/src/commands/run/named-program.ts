import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { AgentError, messageOf, systemCode } from '../../platform/errors.ts'
import type { Platform } from '../../platform/platform.ts'

const NOBODY = 'so nothing was started.'

/**
 * Throws an `AgentError` where the named program cannot be there to be started. Behind walls a shell would say it, about a script that
 * nobody wrote. Windows has rules of its own for names; there it is found out at the start.
 */
export function mustBeProgram(name: string, { os, environment }: Pick<Platform, 'os' | 'environment'>): void {
  const path = environment['PATH'] ?? ''
  if (os === 'win32' || path === '') return
  const places = name.includes('/') ? [name] : path.split(delimiter).map((directory) => join(directory, name))
  const files = places.filter(isFile)
  if (files.length === 0) throw missing(name, name.includes('/'))
  if (!files.some(mayRun)) throw new AgentError('not-executable', `\`${files[0] ?? name}\` is not executable, ${NOBODY} Try \`chmod +x\`.`)
}

/** What a failure to start says. */
export function notStarted(name: string, error: Error): AgentError {
  if (systemCode(error) === 'ENOENT') return missing(name, /[/\\]/.test(name), error)
  const code = systemCode(error) === 'EACCES' ? 'not-executable' : 'usage'
  return new AgentError(code, `\`${name}\` could not be started (${messageOf(error)}).`, error)
}

function missing(name: string, isPath: boolean, cause?: Error): AgentError {
  const where = isPath ? 'Check the path.' : 'Check its name, and that its directory is in PATH.'
  return new AgentError('no-such-program', `There is no program \`${name}\`, ${NOBODY} ${where}`, cause)
}

/** As for a shell, a place that may not be looked into holds nothing. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function mayRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
