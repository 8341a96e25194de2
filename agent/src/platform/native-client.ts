import { accessSync, constants } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Platform } from './platform.ts'

/** Which front-end hosts are given: the native program where it was built for this machine, else this one. */
export type FrontEndKind = 'native' | 'node'

/**
 * Path of the native front-end, or `undefined` where there is none or `ASSIZE_CLIENT=node` says to do without. It lies beside
 * the start-up file once that is built; run from its sources, this program uses it only for `ASSIZE_CLIENT=native`.
 */
export function nativeClient({ environment, os }: Pick<Platform, 'environment' | 'os'>): string | undefined {
  const wish = environment['ASSIZE_CLIENT']
  const fromSources = import.meta.url.endsWith('.ts')
  if (wish === 'node' || (fromSources && wish !== 'native')) return undefined
  const name = os === 'win32' ? 'assize-client.exe' : 'assize-client'
  const place = fromSources ? '../../dist/' : import.meta.url.includes('/chunks/') ? '../' : './'
  const path = fileURLToPath(new URL(`${place}${name}`, import.meta.url))
  try {
    accessSync(path, constants.X_OK)
    return path
  } catch {
    return undefined
  }
}

export function frontEndKind(platform: Pick<Platform, 'environment' | 'os'>): FrontEndKind {
  return nativeClient(platform) === undefined ? 'node' : 'native'
}

/**
 * Goes on as the native front-end, in the same process and with the same arguments, where there is one and the system can do
 * that. Must be called before standard input or output is touched. Returns where nothing changed.
 */
export function becomeNativeClient(platform: Platform, argv: readonly string[]): void {
  const client = platform.os === 'win32' ? undefined : nativeClient(platform)
  if (client === undefined || process.execve === undefined) return
  const environment = Object.entries(platform.environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  process.execve(client, [client, ...argv], Object.fromEntries(environment))
}
