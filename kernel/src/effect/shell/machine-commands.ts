/** Programs that change the machine itself: its discs, its fences, its kernel, whether it runs. Most of them can also only show it. */
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { commandName, type Invocation } from './invocation.ts'
import { act, type Reading, runProgram, useFile } from './reading.ts'

/** Names, and the command lines after the name that only look; without a pattern there are none. */
const ROWS: readonly (readonly [names: string, looks?: RegExp])[] = [
  ['reboot halt poweroff insmod swapoff mkswap setenforce grub-install pvcreate vgcreate lvcreate pvremove vgremove lvremove blkdiscard'],
  ['mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.ntfs mkfs.f2fs mke2fs dracut mkinitramfs update-grub'],
  ['shutdown', /^(?:-c|--show)\b/],
  ['init telinit', /^(?!\s*[0-6sS]\b)/],
  ['sysctl', /^(?!.*(?:=|(?:^|\s)-(?:w|p|f|-system|-load|-write)\b))/],
  ['iptables ip6tables ebtables arptables', /(?:^|\s)(?:-[nvx]*[LSC][nvx]*|--list(?:-rules)?|--check)\b/],
  ['nft', /^(?:-\S+\s+)*(?:list|monitor|describe)\b|^(?:-c|--check)\b/],
  ['ufw', /^(?:--dry-run\b|(?:status|show|version|help)\b|app (?:list|info)\b)/],
  ['firewall-cmd', /--(?:list|get|query|state|info|check)/],
  ['pfctl', /(?:^|\s)-[a-z]*[sn]/],
  ['fdisk', /(?:^|\s)(?:-l|-x|-s|--list\S*)\b/],
  ['sfdisk', /(?:^|\s)(?:-l|-d|-J|-V|--list|--dump|--json|--verify)\b/],
  ['sgdisk', /^(?:-[pvi]\b|--(?:print|verify|info))/],
  ['parted', /^(?:-l|--list)\b|\bprint\b(?!.*\b(?:mklabel|mktable|mkpart|rm|resizepart|set)\b)/],
  ['gpart', /^(?:show|list|status)\b/],
  ['diskutil', /^(?:list|info|activity|listFilesystems|(?:apfs|cs|appleRAID) list)\b/i],
  ['wipefs', /^(?!.*(?:-[a-z]*[ao]|--(?:all|offset))\b)/],
  ['fsck e2fsck fsck.ext4 xfs_repair', /(?:^|\s)-[a-zA-Z]*[nN]\b/],
  ['badblocks', /^(?!.*(?:^|\s)-[a-z]*[wn]\b)/],
  ['nvme', /^(?:list|smart-log|id-\w+|get-\S+|error-log|fw-log|show-\S+)\b/],
  ['hdparm', /(?:^|\s)-[IitTCgH]+\b/],
  ['mdadm', /--(?:detail|examine|query|scan|monitor)|(?:^|\s)-[DEQ]/],
  ['zpool zfs', /^(?:status|list|get|iostat|history|events|holds|version|diff)\b/],
  [
    'btrfs',
    /^(?:filesystem|fi|subvolume|sub|device|dev|scrub|balance|qgroup|quota|property|inspect-internal)\s+(?:df|show|usage|du|list|stats?|status|get\S*|dump-\w+)\b/,
  ],
  ['cryptsetup', /^(?:luksDump|status|isLuks|luksUUID|benchmark)\b|--(?:help|version)/],
  ['modprobe', /(?:^|\s)(?:-[nDc]|--(?:dry-run|show-depends|showconfig|show-config))\b/],
  ['efibootmgr', /^(?:-[vu]\b|--(?:verbose|unicode))?\s*$/],
  ['semanage', /(?:^|\s)(?:-l|--list)\b/],
  ['csrutil', /^(?:status|authenticated-root status)\b/],
  ['spctl', /--(?:status|assess)|^-a\b/],
  ['nvram', /^(?:-[xp]+)\b|^[\w%:][\w%:-]*$/],
  ['fdesetup', /^(?:status|list|isactive|supports\w+)\b/],
  ['bputil', /^-d\b/],
  ['auditctl', /^-[slv]\b/],
  ['tccutil', /^(?!reset\b)/],
  ['fwupdmgr', /^(?:get-\S+|refresh|report-history|security|show-history|verify)\b/],
]
const MACHINE: ReadonlyMap<string, RegExp | undefined> = new Map(
  ROWS.flatMap(([names, looks]) => names.split(' ').map((name) => [name, looks] as const)),
)

export const MACHINE_COMMANDS: readonly string[] = [...MACHINE.keys()]

/** Services that watch over a machine or fence it off. */
const WATCHES =
  /(?:^|[._/-])(?:audit|auditd|falcon|crowdstrike|osquery|osqueryd|wazuh|sentinel\w*|clam\w*|apparmor|selinux|firewalld?|ufw|nftables|iptables|fail2ban|mdatp|\w*defend(?:er)?|wdfilter|mpssvc|carbonblack|cbdaemon|cbagentd|santa|tetragon|falco|sysmon\w*|rsyslogd?|syslog-ng|eventlog|xprotect\w*)(?:$|[.@_-])/i

export function watchesOver(service: string): boolean {
  return WATCHES.test(service.slice(0, 200))
}

export function readMachine(invocation: Invocation, reading: Reading): Flow {
  const name = commandName(invocation)
  const words = invocation.words.slice(1)
  const line = words.map(({ text }) => text).join(' ')
  if (MACHINE.get(name)?.test(line.slice(0, 1000)) === true || /^(?:--?help|--?version|-[hV])$/.test(line)) {
    runProgram(invocation, 'certain', { reading, detail: `${name} ${line}`.trim().slice(0, 120) })
    return NO_FLOW
  }
  const operands = words.filter(({ text }) => !text.startsWith('-'))
  for (const word of operands) if (word.text.startsWith('/')) useFile(word, 'write', { reading, cwd: invocation.cwd })
  actuate(operands, invocation, reading)
  return NO_FLOW
}

/** What is changed is named by the words behind; without any, the program itself is what somebody has to have asked for. */
export function actuate(operands: readonly Expanded[], invocation: Invocation, reading: Reading): void {
  const target = [commandName(invocation), ...operands.slice(0, 2).map(({ text }) => text)].join(' ').slice(0, 120)
  const words = operands.length > 0 ? operands.slice(0, 2) : invocation.words.slice(0, 1)
  act({ class: 'device.actuate', target, certainty: 'likely', kind: 'name', words, detail: target }, reading)
}
