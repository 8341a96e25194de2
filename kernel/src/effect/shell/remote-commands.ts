/** Commands that run somewhere else: in a container, in a cluster, on another machine. */
import type { EffectClass } from '../effect.ts'
import { fileEffects } from '../place/place-effects.ts'
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { commandName, type Invocation, parseOptions } from './invocation.ts'
import { act, type Reading, runFlow, runProgram, useAddress, useFile } from './reading.ts'
import { readClientElsewhere } from '../sql/database-clients.ts'

interface From {
  readonly invocation: Invocation
  readonly reading: Reading
}

/** Secrets that a command would bring here from where it runs. */
export function remoteSecrets(words: readonly Expanded[], { reading }: From): void {
  for (const word of words.flatMap(({ text, known }) => text.split(/[\s;|&]+/).map((part) => ({ text: part, known }))).slice(0, 64)) {
    if (!/[/~.]/.test(word.text)) continue
    const use = { access: 'read', spelling: { arg: reading.arg, text: word.text }, payload: reading.payload } as const
    for (const effect of fileEffects(use, { ...reading.at, cwd: undefined })) if (effect.effect.class === 'secret.read') reading.add(effect)
  }
}

/** What takes away for good: files with all below them or by pattern, file systems, databases. */
const DESTROYS =
  /^(?:rm (?:.{0,400} )?(?:-\w{0,8}[rR]|--recursive)|rm .{0,400}\*|find .{0,400} -delete\b|(?:shred|truncate|wipefs|dropdb|lvremove|vgremove|mkfs(?:\.\w{1,8})?) |dd .{0,400}\bof=\/dev\/|(?:zpool|zfs) destroy\b)/
/** What stands in front of a command without being it. */
const IN_FRONT = /^(?:sudo|doas|nohup|time|env|exec|-\w{1,8}|\w{1,40}=.*)$/

/** What would be gone there and cannot be brought back from here. */
export function destroyedElsewhere(words: readonly Expanded[], where: string, { reading }: From): void {
  const line = words
    .slice(0, 64)
    .map(({ text }) => text)
    .join(' ')
    .slice(0, 8192)
  for (const part of line.split(/[;|&\n]+/).slice(0, 64)) {
    const parts = part.replaceAll(/['"]/g, ' ').trim().split(/\s+/)
    const own = parts.findIndex((word) => !IN_FRONT.test(word))
    const command = own < 0 ? '' : parts.slice(own).join(' ')
    if (!DESTROYS.test(command)) continue
    const target = `${where} ${command}`.slice(0, 120)
    act({ class: 'data.drop', target, certainty: 'likely', kind: 'name', words: [], detail: 'takes away on another machine' }, reading)
  }
}

const FETCHES = /\b(?:curl|wget|fetch)\s/
const RUNNER = /^\s{0,8}(?:sudo\s{1,8})?(?:\S{1,80}\/)?(?:(?:ba|z|da|k|a)?sh|python\d?|perl|ruby|node)\b/

/** Code from the network that runs there is code from the network. */
export function fetchedElsewhere(words: readonly Expanded[], { invocation, reading }: From): void {
  const line = words
    .slice(0, 64)
    .map(({ text }) => text)
    .join(' ')
  const parts = line.slice(0, 8192).split('|')
  for (const [at, part] of parts.entries()) {
    const fetched = FETCHES.test(part) ? /https?:\/\/[^\s'";&<>)]{1,2000}/.exec(part)?.[0] : undefined
    if (fetched !== undefined && RUNNER.test(parts[at + 1] ?? ''))
      return runFlow({ addresses: [fetched], decodes: false }, invocation, reading)
  }
}

const VALUED = new Set(
  '-v --volume --mount -e --env --env-file -p --publish -w --workdir --name --network -u --user --entrypoint -l --label -h --hostname --add-host --cpus -m --memory --restart --platform --pull --gpus --device --cap-add --cap-drop --security-opt --tmpfs --ulimit --dns --log-driver --pid --ipc -f --file -t --tag --build-arg --target --shm-size --volumes-from'.split(
    ' ',
  ),
)

/** docker and podman: a container is another machine, except for what is mounted into it. */
export function readContainer(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  const at = words.findIndex(({ text }) => !text.startsWith('-'))
  const verb = words[at]?.text ?? ''
  if (verb === 'push' || verb === 'pull') transferred(verb, words, reading)
  const { options, operands } = parseOptions(words.slice(at + 1), VALUED)
  const mounts = options.flatMap(({ name, value }) => (value === undefined ? [] : mounted(name, value)))
  for (const { host, word } of mounts)
    if (/^[/~.$]/.test(host))
      useFile({ ...word, text: host }, 'write', { reading, cwd: invocation.cwd, detail: 'mounted into a container' })
  if (/^(run|create|exec)$/.test(verb) && words[at] !== undefined) runsInside(words.slice(at + 1), mounts, { invocation, reading })
  if (verb === 'build')
    for (const word of operands)
      if (/^(?:https?|git|ssh):\/\/|^git@/.test(word.text)) {
        useAddress(word, { reading, detail: 'fetches what it builds', retrieval: true })
        runFlow({ addresses: [word.text], decodes: false }, invocation, reading)
      }
  if (verb === 'cp')
    for (const word of operands)
      if (!/^[\w.-]+:/.test(word.text)) useFile(word, word === operands[0] ? 'read' : 'write', { reading, cwd: invocation.cwd })
  const noun = words.slice(at + 1).find(({ text }) => !text.startsWith('-'))
  const volumes = words.some(({ text }) => /^--volumes(?:=true)?$/.test(text))
  if ((verb === 'volume' && /^(?:rm|remove|prune)$/.test(noun?.text ?? '')) || (verb === 'system' && noun?.text === 'prune' && volumes))
    act(
      {
        class: 'data.drop',
        target: ['volumes', ...operands.slice(1, 4).map(({ text }) => text)].join(' ').slice(0, 120),
        certainty: 'likely',
        kind: 'name',
        words: operands.slice(1, 4),
        detail: 'takes away what containers kept',
      },
      reading,
    )
  const harmless = /^(ps|images|logs|inspect|version|info|stats|top|port|history|network|volume|context)$/.test(verb)
  const privileged = words.some((word) => /^--(privileged|pid=host|net=host|network=host)/.test(word.text))
  runProgram(invocation, privileged ? 'unknown' : harmless ? 'certain' : 'likely', {
    reading,
    detail: privileged ? 'a container with the machine’s own rights' : `${commandName(invocation)} ${verb}`,
  })
  return NO_FLOW
}

interface Mount {
  readonly host: string
  readonly inside: string
  readonly word: Expanded
}

function mounted(option: string, value: Expanded): readonly Mount[] {
  if (option === '-v' || option === '--volume') {
    const [host = '', inside = ''] = value.text.split(':')
    return [{ host, inside, word: value }]
  }
  if (option !== '--mount') return []
  const host = /(?:^|,)(?:source|src)=([^,]+)/.exec(value.text)?.[1]
  const inside = /(?:^|,)(?:target|dst|destination)=([^,]+)/.exec(value.text)?.[1]
  return host === undefined || inside === undefined ? [] : [{ host, inside, word: value }]
}

/** What the container does to a folder of the machine's is done to that folder; the rest stays inside. */
function runsInside(words: readonly Expanded[], mounts: readonly Mount[], { invocation, reading }: From): void {
  let at = 0
  while (at < words.length && (words[at] as Expanded).text.startsWith('-')) at += VALUED.has((words[at] as Expanded).text) ? 2 : 1
  const image = words[at]
  // Somebody's own, not one of those that everybody builds on.
  if (
    image !== undefined &&
    /^[\w.-]+(?::\d+)?\/[\w./-]+(?:[:@][\w.:-]+)?$/.test(image.text) &&
    invocation.words.some(({ text }) => /^(?:run|create)$/.test(text))
  )
    act(
      { class: 'code.install', target: `image:${image.text}`, certainty: 'likely', kind: 'name', words: [image], detail: 'runs the image' },
      reading,
    )
  const own = words
    .slice(0, at)
    .some(({ text }, index) => /^--(?:privileged|pid=host)$/.test(text) || (text === '--pid' && words[index + 1]?.text === 'host'))
  const command = words.slice(at + 1)
  let touched = false
  const outside = command.map((word) => {
    const text = mounts.reduce(
      (before, { host, inside }) =>
        before
          .split(/(?=[\s'"=;])/)
          .map((part) => moved(part, inside, host))
          .join(''),
      word.text,
    )
    touched ||= text !== word.text
    return { ...word, text }
  })
  fetchedElsewhere(command, { invocation, reading })
  // With the machine's own rights and processes, it gets out of the container by these.
  if (own && /^(?:nsenter|chroot)$/.test(command[0]?.text.split('/').at(-1) ?? '')) reading.run({ ...invocation, words: command })
  if (!touched) readClientElsewhere(command, invocation, reading)
  else
    reading.run({
      ...invocation,
      words: outside.filter((word, index) => word.text !== command[index]?.text || !word.text.startsWith('/')),
      input: undefined,
    })
}

function moved(part: string, inside: string, host: string): string {
  const lead = /^[\s'"=;]?/.exec(part)?.[0] ?? ''
  const path = part.slice(lead.length)
  const folder = inside.replace(/\/$/, '')
  return folder !== '' && (path === folder || path.startsWith(`${folder}/`))
    ? lead + host.replace(/\/$/, '') + path.slice(folder.length)
    : part
}

function transferred(verb: 'push' | 'pull', words: readonly Expanded[], reading: Reading): void {
  act(
    {
      class: verb === 'push' ? 'code.publish' : 'code.install',
      target: words.at(-1)?.text ?? verb,
      certainty: verb === 'push' ? 'certain' : 'likely',
      kind: 'name',
      words: words.slice(-1),
    },
    reading,
  )
}

const KUBE_VALUED = new Set(
  '-n --namespace -c --container --context --cluster --kubeconfig -f --filename -o --output -l --selector --as -s --server --token --user'.split(
    ' ',
  ),
)

/** Kinds of object that say who may do what in a cluster. */
const RIGHTS =
  /^(?:(?:cluster)?role(?:binding)?s?|serviceaccounts?|sa|token|certificatesigningrequests?|csr|subject|networkpolic(?:y|ies)|netpol)(?:\/|$)/

/** kubectl and oc: a cluster is looked at or changed. */
export function readKubectl(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  const dashes = words.findIndex(({ text }) => text === '--')
  const { options, operands } = parseOptions(dashes < 0 ? words : words.slice(0, dashes), KUBE_VALUED)
  const verb = operands[0]?.text ?? ''
  for (const { name, value } of options)
    if (/^(-f|--filename|-k|--kustomize)$/.test(name) && value !== undefined && /^https?:\/\//i.test(value.text)) {
      useAddress(value, { reading, detail: 'fetches what it sets up', retrieval: true })
      if (/^(?:apply|create|replace)$/.test(verb)) runFlow({ addresses: [value.text], decodes: false }, invocation, reading)
    } else if (/^(-f|--filename|--kubeconfig)$/.test(name) && value !== undefined && value.text !== '-')
      useFile(value, 'read', { reading, cwd: invocation.cwd })
  if (verb === 'cp')
    for (const word of operands.slice(1))
      if (!/^[\w./-]{0,200}:/.test(word.text)) useFile(word, word === operands.at(-1) ? 'write' : 'read', { reading, cwd: invocation.cwd })
  if (dashes >= 0) remoteSecrets(words.slice(dashes + 1), { invocation, reading })
  if (dashes >= 0) readClientElsewhere(words.slice(dashes + 1), invocation, reading)
  if (dashes >= 0) fetchedElsewhere(words.slice(dashes + 1), { invocation, reading })
  if (dashes >= 0) destroyedElsewhere(words.slice(dashes + 1), operands[1]?.text ?? verb, { invocation, reading })
  const line = [commandName(invocation), ...operands.slice(0, 3).map(({ text }) => text)].join(' ').slice(0, 120)
  if (/^(get|describe|edit)$/.test(verb) && operands.slice(1).some(({ text }) => /^secrets?(\/|$)/.test(text)))
    act(
      {
        class: 'secret.read',
        target: line,
        certainty: 'certain',
        kind: 'name',
        words: operands.slice(2, 3),
        detail: 'a secret of the cluster',
      },
      reading,
    )
  if (verb === 'set' && /^images?$/.test(operands[1]?.text ?? '')) for (const word of operands.slice(2)) useImage(word, reading)
  const changed = changedBy(verb, operands)
  if (changed !== undefined)
    act({ class: changed, target: line, certainty: 'likely', kind: 'name', words: operands.slice(1, 3), detail: line }, reading)
  else
    runProgram(
      invocation,
      /^(get|describe|logs|top|version|config|explain|api-resources|cluster-info|auth|diff)$/.test(verb) ? 'certain' : 'likely',
      { reading, detail: line },
    )
  return NO_FLOW
}

/** `app=registry.example/app:2`: what is in the image runs from now on. */
function useImage(word: Expanded, reading: Reading): void {
  const image = /^[\w.*-]{1,80}=([\w.-]{1,120}(?::\d{1,5})?\/[\w./-]{1,200})/.exec(word.text)?.[1]
  if (image === undefined) return
  act(
    {
      class: 'code.install',
      target: `image:${image}`,
      certainty: 'certain',
      kind: 'address',
      words: [{ ...word, text: image }],
      detail: 'runs the image',
    },
    reading,
  )
}

function changedBy(verb: string, operands: readonly Expanded[]): EffectClass | undefined {
  if (/^(?:create|apply|patch|replace|edit|delete|set|approve)$/.test(verb) && operands.slice(1, 3).some(({ text }) => RIGHTS.test(text)))
    return 'identity.grant'
  if (verb === 'delete') return 'data.drop'
  return /^(apply|create|patch|replace|scale|rollout|set|edit|drain|cordon|taint|label|annotate|expose|autoscale|run)$/.test(verb)
    ? 'data.mutate'
    : undefined
}
