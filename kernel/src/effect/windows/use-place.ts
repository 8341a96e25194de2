import type { FileAccess } from '../place/place-effects.ts'
import type { Expanded } from '../shell/expanded.ts'
import { act, type Reading, useFile } from '../shell/reading.ts'
import { registryKey, useRegistry } from './registry.ts'

export interface PlaceUse {
  readonly reading: Reading
  readonly cwd: string | undefined
  readonly detail?: string
}

/** A path as Windows shells spell them: a file, a registry key, or what else they show as a drive. */
export function usePlace(word: Expanded, access: FileAccess, use: PlaceUse): void {
  const { reading } = use
  const text = word.text.replace(/^(?:microsoft\.powershell\.core\\)?filesystem::/i, '')
  if (text === '' || /^(?:nul|con|\$null|\\\\\.\\nul)$/i.test(text)) return
  const key = registryKey(text)
  if (key !== undefined) return useRegistry({ word, key, access, reading })
  const drive = /^(env|cert|function|alias|variable|wsman):/i.exec(text)?.[1]?.toLowerCase()
  if (drive !== undefined) return useDrive(drive, { ...word, text }, access, reading)
  useFile({ ...word, text: localSpelling(text, reading), glob: word.glob || /[*?]/.test(text) }, access, use)
}

/** Off Windows, PowerShell takes either slash. */
export function localSpelling(text: string, reading: Reading): string {
  return reading.at.platform === 'posix' && !/^[A-Za-z]:|^\\\\/.test(text) ? text.replaceAll('\\', '/') : text
}

function useDrive(drive: string, word: Expanded, access: FileAccess, reading: Reading): void {
  const name = word.text.slice(drive.length + 1).replace(/^[\\/]+/, '')
  const common = { words: [word], target: word.text.toLowerCase(), certainty: 'inferred' as const }
  if (drive === 'env' && access === 'read' && (name === '' || /[*?]/.test(name)))
    act({ ...common, class: 'secret.read', target: 'environment', kind: 'name', detail: 'prints every environment variable' }, reading)
  else if (drive !== 'env' && drive !== 'variable' && access !== 'read')
    act(
      {
        ...common,
        class: 'process.exec',
        target: drive,
        certainty: 'unknown',
        kind: 'command',
        detail: `changes what ${drive === 'cert' ? 'is trusted' : 'a name runs'}`,
      },
      reading,
    )
}
