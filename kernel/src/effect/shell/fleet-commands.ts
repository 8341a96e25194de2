/** Commands that run on many machines at once: ansible, salt, parallel shells, and clients that pass a command line on. */
import type { EffectClass } from '../effect.ts'
import type { Expanded, Flow } from './expanded.ts'
import { NO_FLOW } from './expanded.ts'
import { commandName, type Invocation, type Parsed, parseOptions } from './invocation.ts'
import { type Act, act, type Reading, runProgram, useFile } from './reading.ts'

/** Where the command line stands that a client passes on. */
interface PassedOn {
  readonly valued: ReadonlySet<string>
  /** Words that have to come first: `ssh` of `vagrant ssh`. */
  readonly after: readonly string[]
  /** Words between these and the command: the machine, a query. */
  readonly skip: number
  /** Options whose value is the command; where there are some, no operand is one. */
  readonly options: readonly string[]
}

const ROWS: readonly (readonly [names: string, after: string, skip: number, options: string, valued: string])[] = [
  [
    'pdsh dsh clush mssh pssh parallel-ssh mpssh orgalorg',
    '',
    0,
    '',
    '-w -x -g -h -H -l -u -f -t -p -m -i -o -e -O --hosts --group --host --user --nodes',
  ],
  ['fab', '', 0, '', '-H --hosts -f -u --user -i -r --port'],
  ['knife', 'ssh', 1, '', '-x -P -i -a -c --ssh-user --attribute'],
  ['bolt', 'command run', 0, '', '-t --targets -n --nodes -q --query -u --user -p --password --run-as --inventoryfile'],
  ['vagrant', 'ssh', 0, '-c --command', ''],
  ['multipass lxc incus', 'exec', 1, '', '--env --cwd --user --group --mode -T -n -t'],
  ['tsh tailscale', 'ssh', 1, '', '-l --login -p --port --proxy --cluster'],
  ['gcloud', 'compute ssh', 1, '--command', '--zone --project --ssh-flag --ssh-key-file'],
  ['az', 'vm run-command', 0, '--scripts', '-g --resource-group -n --name --command-id --parameters'],
  ['heroku', 'run', 0, '', '-a --app -s --size -e --env -x --type'],
  ['fly flyctl', 'ssh console', 0, '-C --command', '-a --app -s -r --region'],
  ['machinectl', 'shell', 1, '', '-E --setenv --uid'],
]
const CLIENTS: ReadonlyMap<string, PassedOn> = new Map(
  ROWS.flatMap(([names, after, skip, options, valued]) => {
    const list = (text: string): readonly string[] => text.split(' ').filter(Boolean)
    const row = { after: list(after), skip, options: list(options), valued: new Set([...list(valued), ...list(options)]) }
    return list(names).map((name) => [name, row] as const)
  }),
)
const FLEETS = ['ansible', 'salt', 'salt-call', 'salt-ssh', 'mco']

/** Programs read here. Those that do more than pass commands on are told as what they are too. */
export const FLEET_COMMANDS: readonly string[] = [
  ...FLEETS,
  ...[...CLIENTS.keys()].filter((name) => !/^(?:gcloud|az|heroku|fly|flyctl)$/.test(name)),
]

/** What modules of ansible and functions of salt do; the first that fits counts. Data. */
const MODULES: readonly (readonly [names: RegExp, effectClass: EffectClass | 'look' | 'run'])[] = [
  [/^(?:command|shell|raw|win_shell|win_command|expect|cmd\.(?:run\w*|shell|exec_code\w*|powershell)|runner\.cmd)$/, 'run'],
  [
    /^(?:ping|win_ping|setup|debug|stat|find|gather_facts|assert|fail|wait_for|service_facts|package_facts|getent|test\.\w+|grains\.\w+|status\.\w+|pillar\.\w+|disk\.usage|network\.\w+|sys\.\w+|service\.(?:status|get_\w+|available))$/,
    'look',
  ],
  [
    /^(?:authorized_key|user|group|sudoers|known_hosts|htpasswd|pam\w*|acl|win_user|win_group\w*|\w*_user|\w*_role|\w*_grant|user\.\w+|group\.\w+|ssh\.\w+|shadow\.\w+)$/,
    'identity.grant',
  ],
  [
    /^(?:apt|yum|dnf|package|pip|npm|gem|snap|apk|pacman|zypper|homebrew|cpanm|composer|win_package|win_chocolatey|apt_repository|apt_key|yum_repository|rpm_key|cron|win_scheduled_task|pkg\.\w+|pip\.\w+|npm\.\w+|gem\.\w+|cron\.\w+)$/,
    'code.install',
  ],
  [
    /^(?:ufw|firewalld|iptables|nftables|selinux|reboot|shutdown|win_firewall\w*|sysctl|mount|parted|filesystem|lvol|iptables\.\w+|firewalld\.\w+|selinux\.\w+|system\.\w+)$/,
    'device.actuate',
  ],
]
const REMOVES = /\bstate=(?:absent|removed|purged|stopped|disabled)\b/
const ANSIBLE_VALUED = new Set(
  '-m --module-name -a --args -i --inventory -u --user -f --forks -e --extra-vars -l --limit --become-user --become-method -t --tree -o --private-key --key-file -B -P -M --vault-id'.split(
    ' ',
  ),
)
const SALT_VALUED = new Set('-t --timeout -c --config-dir --out --output -b --batch-size --state-output -N -I -i --user'.split(' '))

interface From {
  readonly invocation: Invocation
  readonly reading: Reading
}

export function readFleet(invocation: Invocation, reading: Reading): Flow {
  const name = commandName(invocation)
  const from = { invocation, reading }
  if (name === 'ansible') ansible(from)
  else if (name.startsWith('salt')) salt(name === 'salt-call', from)
  else if (name === 'mco') choria(from)
  else {
    passOn(name, from)
    runProgram(invocation, 'likely', { reading })
  }
  return NO_FLOW
}

const HOSTS = new Set('-w -H -h -t -m -a --hosts --host --targets --nodes --app -n --name'.split(' '))

/** The command line that a client passes on to a machine elsewhere, if it does. */
export function passOn(name: string, { invocation, reading }: From): void {
  const row = CLIENTS.get(name)
  if (row === undefined) return
  const words = invocation.words.slice(1)
  const dashes = words.findIndex(({ text }) => text === '--')
  const parsed = parseOptions(dashes < 0 ? words : words.slice(0, dashes), row.valued)
  if (!row.after.every((word, index) => parsed.operands[index]?.text === word)) return
  const host = parsed.options.find((option) => HOSTS.has(option.name))?.value
  const where = (row.skip > 0 ? parsed.operands[row.after.length] : host)?.text ?? name
  doneElsewhere(commandOf(parsed, row, dashes < 0 ? undefined : words.slice(dashes + 1)), where, { invocation, reading })
}

function commandOf({ options, operands }: Parsed, row: PassedOn, behind: readonly Expanded[] | undefined): readonly Expanded[] {
  const given = options.filter(({ name, value }) => row.options.includes(name) && value !== undefined)
  if (given.length > 0) return given.flatMap(({ value }) => (value === undefined ? [] : [value]))
  if (behind !== undefined) return behind
  return row.options.length > 0 ? [] : operands.slice(row.after.length + row.skip)
}

function ansible({ invocation, reading }: From): void {
  const { options, operands } = parseOptions(invocation.words.slice(1), ANSIBLE_VALUED)
  const valueOf = (...names: readonly string[]): Expanded | undefined => options.find(({ name }) => names.includes(name))?.value
  const module = valueOf('-m', '--module-name')?.text ?? 'command'
  const args = valueOf('-a', '--args')
  const inventory = valueOf('-i', '--inventory')
  if (inventory !== undefined && !inventory.text.includes(',')) useFile(inventory, 'read', { reading, cwd: invocation.cwd })
  if (options.some(({ name }) => name === '-C' || name === '--check'))
    return runProgram(invocation, 'certain', { reading, detail: `ansible ${module}, rehearsed` })
  used({ module: module.replace(/^(?:ansible|community)\.\w+\./, ''), args, where: operands[0]?.text ?? 'hosts' }, { invocation, reading })
}

/** `salt '*' cmd.run 'TEXT'`, `salt-call user.add NAME`. */
function salt(local: boolean, { invocation, reading }: From): void {
  const { operands } = parseOptions(invocation.words.slice(1), SALT_VALUED)
  const [call, ...rest] = local ? operands : operands.slice(1)
  if (call === undefined) return runProgram(invocation, 'likely', { reading })
  const text = rest.map((word) => word.text).join(' ')
  const args = text === '' ? undefined : { text, known: rest.every(({ known }) => known), glob: false }
  used({ module: call.text, args, where: local ? 'this machine' : (operands[0]?.text ?? '') }, { invocation, reading })
}

/** `mco rpc shell run command=…`. */
function choria({ invocation, reading }: From): void {
  const command = invocation.words.slice(1).map((word) => ({ ...word, text: /^command=(.*)$/s.exec(word.text)?.[1] ?? '' }))
  doneElsewhere(
    command.filter(({ text }) => text !== ''),
    'nodes',
    { invocation, reading },
  )
  runProgram(invocation, 'likely', { reading })
}

interface Module {
  readonly module: string
  readonly args: Expanded | undefined
  readonly where: string
}

function used({ module, args, where }: Module, { invocation, reading }: From): void {
  const text = args?.text ?? ''
  const known = MODULES.find(([names]) => names.test(module))?.[1] ?? 'data.mutate'
  const line = `${module} ${text}`.trim().slice(0, 120)
  if (known === 'look') return runProgram(invocation, 'certain', { reading, detail: `${commandName(invocation)} ${module}` })
  if (known === 'run') {
    runProgram(invocation, args?.known === false ? 'unknown' : 'likely', {
      reading,
      detail: `runs on ${where.slice(0, 60)}: ${text.slice(0, 60)}`,
    })
    const plain = text.replace(/(?:^|\s)(?:chdir|creates|removes|executable|warn|cwd|runas|shell|timeout|python_shell|cmd)=(?=\S)/g, ' ')
    return doneElsewhere([{ text: plain, known: args?.known ?? true, glob: false }], where, { invocation, reading })
  }
  const removes = REMOVES.test(text) || /\.(?:remove|delete|purge|absent|rmdir)$/.test(module)
  tell(
    {
      class: known === 'data.mutate' && removes ? 'data.drop' : known,
      target: `${where} ${line}`,
      detail: `on ${where.slice(0, 60)}: ${line}`,
    },
    args === undefined ? [] : named(args),
    reading,
  )
}

/** Who or what a module is told to work on; how, and with what, goes along with it. */
const OBJECT = /^(?:name|user|username|group|role|path|dest|url|repo|pkg|package|src)$/

/** By its names where it has some, else the first word: `user=deploy key=…`, `useradd deploy`. */
function named(args: Expanded): readonly Expanded[] {
  const values = args.text.match(/(?:[^\s'"=]+=)?(?:'[^']{0,2000}'|"[^"]{0,2000}"|\S+)/g) ?? []
  const told = values.slice(0, 32).map((value) => {
    const [, key = '', text = ''] = /^([^\s'"=]+(?==))?=?([\s\S]*)$/.exec(value) ?? []
    return { key, word: { ...args, text: text.replace(/^(['"])([\s\S]*)\1$/, '$2') } }
  })
  const objects = told.filter(({ key }) => OBJECT.test(key))
  return (objects.length > 0 ? objects : told.filter(({ key }) => key === '').slice(0, 1)).slice(0, 4).map(({ word }) => word)
}

function tell(parts: Pick<Act, 'class' | 'target' | 'detail'>, words: readonly Expanded[], reading: Reading): void {
  act({ ...parts, target: parts.target.slice(0, 200), certainty: 'likely', kind: 'name', words }, reading)
}

/** Classes that matter wherever they come about; files there are none of this machine's. */
const MATTERS: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'identity.grant',
  'code.install',
  'data.drop',
  'device.actuate',
  'net.egress',
  'code.publish',
  'agent.config',
])

/** What is done to files there changes what lies there. */
const FILES: Readonly<Partial<Record<EffectClass, EffectClass>>> = { 'fs.write': 'data.mutate', 'fs.delete': 'data.drop' }

/** Who may log in there, and nothing else of it. */
export function grantedElsewhere(command: readonly Expanded[], where: string, from: From): void {
  doneElsewhere(command, where, from, GRANTS)
}

const GRANTS: ReadonlySet<EffectClass> = new Set<EffectClass>(['identity.grant'])

/** What a command line does on another machine, as far as it matters from here. */
function doneElsewhere(command: readonly Expanded[], where: string, { reading }: From, matters = MATTERS): void {
  const text = command
    .slice(0, 64)
    .map((word) => word.text)
    .join(' ')
    .trim()
  if (text === '') return
  const place = where.slice(0, 60)
  for (const found of reading.elsewhere?.(text.slice(0, 16_384)) ?? []) {
    const { effect } = found
    const files = matters === GRANTS || !effect.target.startsWith('/') ? undefined : FILES[effect.class]
    if (files === undefined && !matters.has(effect.class)) continue
    const detail = [effect.detail, `on ${place}`].filter(Boolean).join(', ')
    const target =
      effect.class === 'net.egress' || effect.class === 'code.install' ? effect.target : `${place} ${effect.target}`.slice(0, 200)
    reading.add({
      ...found,
      kind: found.kind === 'path' ? 'name' : found.kind,
      effect: { ...effect, class: files ?? effect.class, target, detail, certainty: effect.certainty === 'unknown' ? 'unknown' : 'likely' },
      payload: reading.payload,
    })
  }
}
