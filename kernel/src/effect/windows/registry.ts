/** What Windows shells share whatever their grammar: the registry, variables of the system, and the programs Windows ships. */
import type { Expanded } from '../shell/expanded.ts'
import { act, type Reading } from '../shell/reading.ts'

const HIVES: Readonly<Record<string, string>> = {
  hkey_local_machine: 'hklm',
  hkey_current_user: 'hkcu',
  hkey_classes_root: 'hkcr',
  hkey_users: 'hku',
  hkey_current_config: 'hkcc',
}

/**
 * `HKCU:\Software\…`, `HKEY_LOCAL_MACHINE\…`, `Registry::HKLM\…`, `\\host\HKLM\…` as `/registry/hkcu/software/…`, lower case.
 * Undefined when it is no key.
 */
export function registryKey(spelled: string): string | undefined {
  const text = spelled
    .slice(0, 2048)
    .trim()
    .replaceAll('/', '\\')
    .replace(/^(?:microsoft\.powershell\.core\\)?registry::/i, '')
    .replace(/^\\\\[^\\]+\\(?=HK)/i, '')
  const hive = /^(hkey_[a-z_]+|hklm|hkcu|hkcr|hku|hkcc)(?::|\\|$)/i.exec(text)
  if (hive === null) return undefined
  const name = (hive[1] as string).toLowerCase()
  const rest = text
    .slice((hive[1] as string).length)
    .replace(/^:/, '')
    .toLowerCase()
    .split('\\')
    .filter(Boolean)
  return ['/registry', HIVES[name] ?? name, ...rest].join('/')
}

/** Keys and values below which a change makes something run by itself. */
const RUNS_BY_ITSELF: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\/currentversion\/(?:policies\/explorer\/)?run(?:once|onceex|services|servicesonce)?(?:\/|$)/, 'program started at login'],
  [/\/winlogon(?:\/|$)/, 'program started at login'],
  [/\/currentversion\/windows\/(?:load|run|appinit_dlls|loadappinit_dlls)$|\/currentversion\/windows$/, 'library loaded into programs'],
  [/\/image file execution options\/|\/silentprocessexit\//, 'program run in place of another'],
  [/\/(?:currentcontrolset|controlset\d+)\/services\//, 'service started by the system'],
  [
    /\/(?:currentcontrolset|controlset\d+)\/control\/(?:session manager|lsa|print\/(?:monitors|providers)|safeboot)(?:\/|$)/,
    'code loaded by the system',
  ],
  [/\/active setup\/installed components\//, 'program started at login'],
  [/\/command processor(?:\/|$)/, 'command run by every command prompt'],
  [
    /\/shell\/[^/]+\/command(?:\/|$)|\/shellex\/|\/(?:inprocserver32|localserver32|treatas|scriptleturl)(?:\/|$)/,
    'code run when a file or object is opened',
  ],
  [/\/control panel\/desktop(?:\/scrnsave\.exe)?$/, 'program run as screen saver'],
  [/^\/registry\/hk(?:cu|u\/[^/]+)\/environment(?:\/|$)/, 'variables of every program'],
  [/\/schedule\/taskcache\//, 'scheduled job'],
  [/\/browser helper objects\/|\/extensioninstallforcelist(?:\/|$)/, 'code loaded into the browser'],
]

/** Keys that hold the system's defences. */
const DEFENCES =
  /\/(?:windows defender|microsoft antimalware|windows firewall|firewallpolicy|sharedaccess)(?:\/|$)|\/policies\/system(?:\/(?:enablelua|consentprompt\w*|localaccounttokenfilterpolicy))?$|\/powershell\/(?:1\/shellids|scriptblocklogging|modulelogging|transcription)|\/amsi\/providers|\/eventlog\//
const SECRETS =
  /^\/registry\/hklm\/(?:sam|security)(?:\/|$)|\/winlogon$|\/putty\/sessions|\/realvnc|\/openssh\/agent\/keys|\/lsa\/(?:secrets|jd|skew1|gbg|data)/

export interface RegistryUse {
  readonly word: Expanded
  readonly key: string
  readonly access: 'read' | 'write' | 'delete'
  readonly reading: Reading
}

/** What using a registry key does. */
export function useRegistry(use: RegistryUse): void {
  const { word, key, access, reading } = use
  const certainty = word.known ? ('certain' as const) : ('likely' as const)
  const common = { target: key, certainty, words: [word] }
  if (access === 'read') {
    if (SECRETS.test(key)) act({ ...common, class: 'secret.read', kind: 'path', detail: 'stored passwords' }, reading)
    else act({ ...common, class: 'data.query', kind: 'name', detail: 'reads the registry' }, reading)
    return
  }
  const runs = RUNS_BY_ITSELF.find(([pattern]) => pattern.test(key))
  act(
    { ...common, class: 'data.mutate', kind: 'name', detail: access === 'delete' ? 'deletes from the registry' : 'changes the registry' },
    reading,
  )
  if (runs !== undefined && access === 'write')
    act({ ...common, class: 'code.install', kind: 'path', detail: `persistence: ${runs[1]}` }, reading)
  if (DEFENCES.test(key)) act({ ...common, class: 'device.actuate', kind: 'name', detail: 'changes the protection of the system' }, reading)
}
