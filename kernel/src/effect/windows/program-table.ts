/** What the programs of Windows do with their words. Data, read by `program-reader.ts`. */
import type { EffectClass } from '../effect.ts'

/**
 * What becomes of a word. `named`: an address if it has a scheme, else a file. `command`: a line for the command prompt that
 * runs at once. `code`: a library or script that runs.
 */
export type WordRole = 'read' | 'write' | 'delete' | 'named' | 'address' | 'host' | 'command' | 'code' | 'person' | 'ignore'

/** When the words of the line match, running it does this; the target is the match's first group, or the line. */
export interface Rule {
  readonly when: RegExp
  readonly class: EffectClass
  readonly detail: string
}

export interface ProgramRow {
  /** What words that are no options are: one role for each, the last for all that follow. `copy`: the last is written. */
  readonly operands: readonly WordRole[] | 'copy'
  /** Options that take a value; `/name value`, `/name:value`, `-name value` and `name=value` alike. */
  readonly options: ReadonlyMap<string, WordRole>
  readonly rules: readonly Rule[]
  /** Running it when no rule matches: a program of the system whose own doings are no concern. */
  readonly otherwise: 'nothing' | 'likely' | 'unknown'
}

type Source = readonly [names: string, operands: string, options: string, otherwise: ProgramRow['otherwise'], ...rules: Rule[]]

function rule(when: RegExp, effectClass: EffectClass, detail: string): Rule {
  return { when, class: effectClass, detail }
}

const SOURCES: readonly Source[] = [
  // Only show or compute.
  [
    'tasklist systeminfo ipconfig hostname whoami quser query qwinsta getmac netstat arp chcp mode timeout choice clip where ver vol tree driverquery gpresult powercfg wslpath tzutil label chkntfs sfc',
    'ignore',
    's=host f=ignore u=ignore p=ignore',
    'nothing',
  ],
  ['findstr', 'ignore read', 'c=ignore g=read f=read d=read', 'nothing'],
  ['more find fc comp print', 'read', '', 'nothing'],
  ['nslookup ping tracert pathping finger nbtstat portqry', 'host', 'n=ignore l=ignore w=ignore i=ignore', 'nothing'],
  ['taskkill tskill', 'ignore', 'im=ignore pid=ignore f=ignore s=host', 'likely'],
  // Files.
  ['xcopy', 'copy', 'd=ignore exclude=read', 'nothing'],
  [
    'robocopy',
    'read write ignore',
    'log=write mt=ignore',
    'nothing',
    rule(/\s\/(?:mir|purge|mov|move)\b/i, 'fs.delete', 'deletes what is elsewhere'),
  ],
  ['icacls cacls takeown attrib compact cipher subst', 'write ignore', 'f=write s=ignore grant=ignore w=delete', 'nothing'],
  ['makecab expand extrac32 diantz', 'read write', 'd=write f=ignore l=write', 'nothing'],
  ['esentutl', 'ignore', 'y=read d=write', 'nothing', rule(/\/vss|\bvss\b/i, 'secret.read', 'copies files that are locked')],
  ['forfiles', 'ignore', 'p=read m=ignore c=command d=ignore', 'nothing'],
  // The registry and what runs by itself.
  ['regedit regini', 'code', 's=code e=write i=code', 'unknown'],
  ['at', 'ignore', '', 'nothing', rule(/\d{1,2}:\d{2}/, 'code.install', 'persistence: scheduled job')],
  // The network.
  ['tftp ftp telnet', 'host', 's=code a=ignore', 'nothing'],
  ['mstsc', 'read', 'v=host', 'nothing'],
  ['psexec psexec64 paexec winrs', 'host command', 'r=host u=ignore p=ignore i=ignore', 'unknown'],
  [
    'winrm',
    'ignore',
    'r=host',
    'nothing',
    rule(/\b(?:quickconfig|qc|set|create)\b/i, 'net.listen', 'lets other machines in'),
    rule(/\b(?:invoke|i)\b/i, 'process.exec', 'calls a method on a machine'),
  ],
  [
    'netsh',
    'ignore',
    '',
    'nothing',
    rule(/^(?!.*\b(?:show|dump|export)\b).*\b(?:adv)?firewall\b/i, 'device.actuate', 'changes the firewall'),
    rule(/\bportproxy\s+(?:add|set)\b/i, 'net.listen', 'passes connections on'),
    rule(/\bkey\s*=\s*clear\b/i, 'secret.read', 'shows the passwords of wireless networks'),
    rule(/\bwinhttp\s+(?:set|import)\b|\binterface\b.*\b(?:set|add|delete)\b/i, 'device.actuate', 'changes the network of the machine'),
    rule(/\badd\s+helper\s+(\S+)/i, 'code.install', 'persistence: loads a library from now on'),
    rule(/\btrace\s+start\b/i, 'secret.read', 'records what goes over the network'),
  ],
  // Who may do what, and secrets.
  [
    'net net1',
    'ignore',
    '',
    'nothing',
    rule(/^user\s+(\S+)\s.*(?:\/add|\/active|\/delete)|^user\s+(\S+)\s+(?!\/)\S+/i, 'identity.grant', 'changes who may log in'),
    rule(/^(?:localgroup|group)\s+(?:"[^"]*"|\S+)\s+(\S+)\s+\/(?:add|delete)/i, 'identity.grant', 'changes who belongs to a group'),
    rule(/^share\s+(\S+=\S+)/i, 'identity.grant', 'gives others access to a folder'),
    rule(/^(?:stop|pause)\s+(.+)/i, 'device.actuate', 'stops a service'),
    rule(/^(?:start|use|send)\b/i, 'process.exec', 'starts a service or connects to a machine'),
    rule(/^accounts\s+\/\w+/i, 'identity.grant', 'changes how people log in'),
  ],
  [
    'cmdkey',
    'ignore',
    '',
    'nothing',
    rule(/\/list\b/i, 'secret.read', 'lists stored logins'),
    rule(/\/(?:add|generic)[: ](\S+)/i, 'identity.grant', 'stores a login'),
  ],
  [
    'vaultcmd ntdsutil mimikatz lazagne procdump procdump64 nltest dsquery csvde ldifde',
    'ignore',
    '',
    'unknown',
    rule(/\/list|creds|ifm|lsass|sekurlsa|-ma\b/i, 'secret.read', 'shows stored passwords'),
  ],
  ['runas', 'command', 'user=person', 'nothing', rule(/\/user:(\S+)/i, 'process.exec', 'as another person')],
  // The machine and its defences.
  [
    'vssadmin wbadmin',
    'ignore',
    '',
    'nothing',
    rule(/\bdelete\b|\bresize\b/i, 'data.drop', 'deletes backups'),
    rule(/\bcreate\b/i, 'process.exec', 'makes a copy of a disk'),
  ],
  [
    'bcdedit bootcfg',
    'ignore',
    '',
    'nothing',
    rule(/\/(?:set|delete|create|import|default|bootsequence|debug)\b|\s\/\w+/i, 'device.actuate', 'changes how the machine starts'),
  ],
  ['wevtutil', 'ignore', '', 'nothing', rule(/\b(?:cl|clear-log|sl|set-log|um)\b/i, 'device.actuate', 'removes records of the system')],
  [
    'fsutil auditpol diskpart format defrag shutdown logoff rstrui manage-bde mountvol diskshadow reagentc dism pkgmgr',
    'ignore',
    's=code',
    'nothing',
    rule(
      /^(?!.*\/(?:get-\w+|\?))(?:.*\b(?:delete\w*|setzerodata|set\w*|clear|remove|dirty|disable\w*|enable\w*|create\w*|lock|off)\b|[a-z]:|.*\/[a-z])/i,
      'device.actuate',
      'acts on the machine itself',
    ),
  ],
  [
    'mpcmdrun',
    'ignore',
    'file=write url=address',
    'nothing',
    rule(/-(?:removedefinitions|restore|downloadfile)/i, 'device.actuate', 'changes the protection of the system'),
  ],
  // Programs of the system that run what they are handed.
  ['mshta', 'code', '', 'nothing'],
  ['regsvr32', 'code', 'i=code', 'nothing'],
  [
    'rundll32 odbcconf cmstp installutil regasm regsvcs wscript cscript msxsl control pcalua hh scriptrunner presentationhost infdefaultinstall mavinject verclsid syncappvpublishingserver ieexec dfsvc appvlp conhost explorer',
    'code ignore',
    'i=code s=ignore u=ignore f=code a=code',
    'nothing',
    rule(
      /\b(?:OpenURL\w*|FileProtocolHandler\w*|RunHTMLApplication\w*|LaunchApplication\w*)\s+(\S+)/i,
      'code.install',
      'opens what may run',
    ),
  ],
  [
    'msiexec',
    'ignore',
    'i=named package=named p=named q=ignore a=named j=named x=ignore uninstall=ignore',
    'nothing',
    rule(/\/(?:i|package|a|j\w?)\s*(\S+)/i, 'code.install', 'installs a program'),
  ],
  ['desktopimgdownldr', 'ignore', 'lockscreenurl=address', 'nothing'],
]

function rowOf([, operands, options, otherwise, ...rules]: Source): ProgramRow {
  return {
    operands: operands === 'copy' ? 'copy' : (operands.split(' ') as WordRole[]),
    options: new Map(
      options
        .split(' ')
        .filter(Boolean)
        .map((option) => option.split('=') as [string, WordRole]),
    ),
    rules,
    otherwise,
  }
}

/** By lower-case name without `.exe`. */
export const PROGRAM_ROWS: ReadonlyMap<string, ProgramRow> = new Map(
  SOURCES.flatMap((source) => {
    const row = rowOf(source)
    return source[0].split(' ').map((name) => [name, row] as const)
  }),
)
