import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Platform } from './platform.ts'

/** What to give to `spawn` so that a command starts as it would from the user's own configuration. */
export interface Spawnable {
  readonly file: string
  readonly args: readonly string[]
  /** Windows: the arguments are already quoted. */
  readonly verbatim: boolean
}

/** Whether there is such a program. Windows looks in more places than these, so there the answer is always yes. */
export function isProgram(command: string, { os, environment }: Pick<Platform, 'os' | 'environment'>): boolean {
  if (os === 'win32') return true
  const places = command.includes('/') ? [command] : (environment['PATH'] ?? '').split(delimiter).map((folder) => join(folder, command))
  return places.some((place) => {
    try {
      accessSync(place, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Windows cannot start `npx`, `npm` and other `.cmd` scripts directly: they go through the command interpreter, quoted. */
export function spawnable(command: string, args: readonly string[], os: Platform['os']): Spawnable {
  if (os !== 'win32' || /\.(exe|com)$/i.test(command)) return { file: command, args, verbatim: false }
  const line = [command, ...args].map(quoteForCmd).join(' ')
  return { file: 'cmd.exe', args: ['/d', '/s', '/c', `"${line}"`], verbatim: true }
}

/** Quotes one argument for the program's own parser, then every character that the command interpreter would act on. */
export function quoteForCmd(argument: string): string {
  const forProgram = `"${argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`
  return forProgram.replace(/[()\][%!^"`<>&|;, *?]/g, '^$&')
}
