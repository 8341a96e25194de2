/** git: what its verbs, options and settings read, write, send and run. */
import { parseAddress } from '../place/address.ts'
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { gitPathSetting, gitSettingRuns } from './git-settings.ts'
import { type Invocation, parseOptions } from './invocation.ts'
import { act, folderAt, keepContent, keepFetched, type Reading, recalled, runProgram, useAddress, useFile } from './reading.ts'

const GLOBAL_VALUED = new Set('-C -c --git-dir --work-tree --namespace --exec-path --config-env --super-prefix'.split(' '))
const LOCAL = new Set(
  'status log diff show branch tag blame add commit stash checkout switch restore merge rebase cherry-pick revert reset rev-parse rev-list describe ls-files ls-tree cat-file grep shortlog reflog bisect init mv notes worktree config apply am format-patch symbolic-ref for-each-ref name-rev merge-base whatchanged help version gc fsck prune count-objects sparse-checkout update-index hash-object show-ref check-ignore diff-tree range-diff rerere archive bundle lfs cherry verify-commit write-tree read-tree commit-tree update-ref var'.split(
    ' ',
  ),
)
const VALUED = new Set(
  '--tree-filter --index-filter --msg-filter --commit-filter --parent-filter --env-filter --tag-name-filter -b --branch -o --origin -m --message --depth --config -F --file --author --date -n -L -S -G --format --pretty --since --until --upload-pack --receive-pack --exec --output --output-directory --template -x --extcmd --reference --separate-git-dir --prefix --remote'.split(
    ' ',
  ),
)
/** Options whose value is run, of any verb or of one. */
const RUNS = /^--(upload-pack|receive-pack|open-files-in-pager|extcmd|[a-z-]*-filter)$|^--exec$/
const WRITES = /^--(output|output-directory)$/

interface GitCall {
  readonly verb: string
  readonly operands: readonly Expanded[]
  readonly options: readonly { readonly name: string; readonly value: Expanded | undefined }[]
  readonly words: readonly Expanded[]
  readonly invocation: Invocation
  readonly reading: Reading
}

export function readGit(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  let [at, cwd] = [0, invocation.cwd]
  let tree: Expanded | undefined
  while (at < words.length && (words[at] as Expanded).text.startsWith('-')) {
    const name = (words[at] as Expanded).text
    const value = words[at + 1]
    if (name === '-C' && value !== undefined) cwd = folderAt(value.text, { cwd, reading })
    else if (name === '--work-tree' && value !== undefined) tree = value
    else if (name.startsWith('--work-tree=')) tree = { ...(words[at] as Expanded), text: name.slice(12) }
    else if (name === '-c' && value !== undefined) setting(value, { invocation, reading })
    else if (name.startsWith('--exec-path=')) loadsFrom({ ...(words[at] as Expanded), text: name.slice(12) }, { invocation, reading })
    at += GLOBAL_VALUED.has(name) ? 2 : 1
  }
  const verb = words[at]?.text ?? 'status'
  const rest = words.slice(at + 1)
  const valued = verb === 'clone' ? new Set([...VALUED, '-u', '-c']) : verb === 'commit' ? new Set([...VALUED, '-C', '-c', '-t']) : VALUED
  const { options, operands } = parseOptions(rest, valued)
  if (tree !== undefined) cwd = folderAt(tree.text, { cwd, reading })
  const call: GitCall = { verb, operands, options, words: rest, invocation: { ...invocation, cwd }, reading }
  useOptions(call)
  return useVerb(call)
}

/** `key=value`, for one command. */
function setting(word: Expanded, from: { readonly invocation: Invocation; readonly reading: Reading }): void {
  const equals = word.text.indexOf('=')
  const key = equals < 0 ? word.text : word.text.slice(0, equals)
  useSetting(key, { ...word, text: equals < 0 ? '' : word.text.slice(equals + 1) }, from)
}

/** True when the setting can run something. */
function useSetting(key: string, value: Expanded, from: { readonly invocation: Invocation; readonly reading: Reading }): boolean {
  if (gitPathSetting(key)) {
    loadsFrom(value, from)
    return true
  }
  const command = gitSettingRuns(key, value.text)
  if (command !== undefined) run({ ...value, text: command }, from)
  else substitutions(value, from)
  return command !== undefined
}

/** Other programs take a setting's value for a command line. */
function substitutions(value: Expanded, { invocation, reading }: { readonly invocation: Invocation; readonly reading: Reading }): void {
  const start = value.text.search(/\$\(|`/)
  if (start >= 0) reading.nested(`: ${value.text.slice(start)}`, invocation)
}

function run(command: Expanded, { invocation, reading }: { readonly invocation: Invocation; readonly reading: Reading }): void {
  if (!command.known) runProgram(invocation, 'unknown', { reading, detail: 'Git runs a command that is decided when it runs' })
  reading.nested(command.text, { ...invocation, input: undefined, inputFile: undefined })
}

/** Git runs whatever programs lie in that folder. */
function loadsFrom(folder: Expanded, { invocation, reading }: { readonly invocation: Invocation; readonly reading: Reading }): void {
  const path = folder.text.startsWith('/') || invocation.cwd === undefined ? folder.text : `${invocation.cwd}/${folder.text}`
  act(
    {
      class: 'code.install',
      target: path.startsWith('/') ? path : `/${path}`,
      certainty: folder.known ? 'certain' : 'likely',
      kind: 'path',
      words: [folder],
      detail: 'persistence: Git runs the programs in this folder',
    },
    reading,
  )
}

function useOptions({ verb, options, invocation, reading }: GitCall): void {
  const from = { reading, cwd: invocation.cwd }
  for (const { name, value } of options) {
    if (value === undefined) continue
    if (RUNS.test(name) || (name === '-u' && verb === 'clone') || (name === '-x' && /^(rebase|difftool)$/.test(verb)))
      run(value, { invocation, reading })
    else if (WRITES.test(name) || (name === '-o' && /^(format-patch|archive|bugreport)$/.test(verb))) useFile(value, 'write', from)
    else if (name === '--template' && /^(init|clone)$/.test(verb)) loadsFrom(value, { invocation, reading })
    else if (/^(-F|--file|-t)$/.test(name) && /^(commit|tag|notes|merge)$/.test(verb)) useFile(value, 'read', from)
    else if (name === '-c' || name === '--config') setting(value, { invocation, reading })
  }
}

const DOT: Expanded = { text: '.', known: true, glob: false }

function useVerb(call: GitCall): Flow {
  const { verb, operands, options, words, invocation, reading } = call
  const from = { reading, cwd: invocation.cwd }
  const remote = operands[0]
  switch (verb) {
    case 'push':
      return push(call)
    case 'clone':
    case 'submodule':
    case 'fetch':
    case 'pull':
    case 'ls-remote':
      return retrieve(call)
    case 'config':
      return config(call)
    case 'remote':
      if (operands[1] !== undefined && operands[2] !== undefined) keepRemote(operands[1], operands[2], call)
      if (operands[1] !== undefined && operands[2] !== undefined)
        useFile({ ...DOT, text: '.git/refs/remotes' }, 'write', { ...from, detail: `remote ${operands[2].text}` })
      return NO_FLOW
    case 'rm':
    case 'clean':
      for (const word of operands.length > 0 ? operands : [DOT]) useFile(word, 'delete', from)
      return NO_FLOW
    case 'diff':
      if (options.some(({ name }) => name === '--no-index')) for (const word of operands) useFile(word, 'read', from)
      break
    case 'grep':
      for (const { text } of words) if (/^-O./.test(text)) run({ ...DOT, text: text.slice(2) }, call)
      break
    case 'bisect':
      if (remote?.text === 'run')
        return reading.run({
          ...invocation,
          words: words.slice(words.indexOf(remote) + 1).length > 0 ? words.slice(words.indexOf(remote) + 1) : [DOT],
        })
      break
    case 'filter-branch':
      return NO_FLOW
    case 'credential':
      if (/^(fill|get)$/.test(remote?.text ?? '')) secret(reading)
      return NO_FLOW
    default:
  }
  runProgram(invocation, LOCAL.has(verb) ? 'certain' : 'unknown', { reading, detail: `git ${verb}` })
  return NO_FLOW
}

function secret(reading: Reading): void {
  act(
    {
      class: 'secret.read',
      target: 'Git credentials',
      certainty: 'certain',
      kind: 'name',
      words: [],
      detail: 'the stored password of a host',
    },
    reading,
  )
}

/** Settings that run something come back with every later use of Git. */
function config({ operands, options, invocation, reading }: GitCall): Flow {
  const [key, value] = operands[0]?.text === 'set' ? operands.slice(1) : operands
  const reads = options.some(({ name }) => /^(--get|--get-all|--get-regexp|--list|-l|--unset|--show-origin)/.test(name))
  runProgram(invocation, 'certain', { reading, detail: 'git config' })
  if (key === undefined || value === undefined || reads) return NO_FLOW
  elsewhere(key, value, { invocation, reading })
  if (!useSetting(key.text, value, { invocation, reading })) return NO_FLOW
  const file = options.some(({ name }) => name === '--global')
    ? '~/.gitconfig'
    : options.some(({ name }) => name === '--system')
      ? '/etc/gitconfig'
      : '.git/config'
  useFile({ ...DOT, text: file }, 'write', { reading, cwd: invocation.cwd, detail: `sets ${key.text.slice(0, 120)}` })
  return NO_FLOW
}

/** Addresses that take the place of others from then on: `url.<there>.insteadOf`, a proxy. */
function elsewhere(key: Expanded, value: Expanded, { reading }: { readonly invocation: Invocation; readonly reading: Reading }): void {
  const there =
    /^url\.(.{3,400})\.(?:push)?insteadof$/i.exec(key.text)?.[1] ??
    (/^https?\.(?:.{1,400}\.)?proxy$/i.test(key.text) ? value.text : undefined)
  const address = there === undefined ? undefined : parseAddress(remoteName(there), 'http')
  if (address === undefined || address.private || USUAL_HOST.test(address.host)) return
  act(
    {
      class: 'code.install',
      target: address.url,
      certainty: 'likely',
      kind: 'address',
      words: [{ ...key, text: there ?? '' }],
      detail: 'repositories would come from there',
    },
    reading,
  )
}

/** Another way to the same place. */
const USUAL_HOST = /^(?:ssh\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|dev\.azure\.com)$/

/** A remote that the session added is known by its address from then on. */
function keepRemote(name: Expanded, address: Expanded, { invocation, reading }: GitCall): void {
  if (address.known) keepContent(remoteFile(name), { addresses: [address.text], decodes: false }, { reading, cwd: invocation.cwd })
}

function knownRemote(name: Expanded | undefined, { invocation, reading }: Pick<GitCall, 'invocation' | 'reading'>): Expanded | undefined {
  const file = remoteFile(name ?? { ...DOT, text: 'origin' })
  const address = recalled(file, { reading, cwd: invocation.cwd })?.addresses[0]
  return address === undefined ? name : { ...(name ?? DOT), text: address }
}

/** Where it is remembered; no file of this name is written. */
function remoteFile(name: Expanded): Expanded {
  return { ...name, text: `.git/remotes/${name.text}` }
}

/** Pushed over, or deleted, is what others had: `-f`, `+branch`, `:branch`. A lease keeps what this machine has not seen. */
const OVERWRITES = /^(?:-f|--force|--mirror|--prune|-d|--delete)$/

function push({ operands, options, invocation, reading }: GitCall): Flow {
  const remote = knownRemote(operands[0], { invocation, reading })
  if (options.some(({ name }) => OVERWRITES.test(name)) || operands.slice(1).some(({ text }) => /^[+:]./.test(text)))
    act(
      {
        class: 'data.drop',
        target: remote === undefined ? 'git:origin' : remoteName(remote.text),
        certainty: 'likely',
        kind: 'name',
        words: operands.slice(0, 2),
        detail: 'commits at the remote are overwritten or deleted',
      },
      reading,
    )
  contact(remote, { reading, detail: 'pushes commits' })
  act(
    {
      class: 'code.publish',
      target: remote === undefined ? 'git:origin' : remoteName(remote.text),
      certainty: 'certain',
      kind: 'address',
      words: remote === undefined ? [] : [remote],
      detail: 'pushes commits',
    },
    reading,
  )
  return NO_FLOW
}

function retrieve(call: GitCall): Flow {
  const { verb, operands, words, invocation, reading } = call
  const remote = operands[0]
  if (verb === 'submodule' && remote?.text === 'foreach') {
    const text = words.slice(words.indexOf(remote) + 1).filter(({ text: word }) => !word.startsWith('--'))
    run({ text: text.map(({ text: word }) => word).join(' '), known: text.every(({ known }) => known), glob: false }, call)
    return NO_FLOW
  }
  // `ext::command` is a command that Git talks to.
  const external = /^ext::(.+)$/s.exec(remote?.text ?? '')?.[1]
  if (external !== undefined && remote !== undefined) {
    run({ ...remote, text: external }, call)
    if (external.includes('%'))
      reading.run({ ...invocation, words: externalWords(external).map((text) => ({ ...remote, text })), input: undefined })
  } else contact(remote, { reading, detail: `git ${verb}`, retrieval: true })
  if (verb === 'clone') useFile(operands[1] ?? DOT, 'write', { reading, cwd: invocation.cwd })
  const added = verb === 'submodule' && remote?.text === 'add'
  const [source, folder] = added ? operands.slice(1) : verb === 'clone' ? operands : []
  if (source !== undefined && external === undefined && /[/:]/.test(source.text) && !/^[./~]/.test(source.text)) {
    if (added) contact(source, { reading, detail: 'git submodule add', retrieval: true })
    keepFetched(folder ?? { ...source, text: clonedTo(source.text) }, source, { reading, cwd: invocation.cwd })
  }
  return remote === undefined ? NO_FLOW : { addresses: [remote.text], decodes: false }
}

/** The folder that a clone is put into when none is named. */
function clonedTo(address: string): string {
  return (
    address
      .replace(/\/+$/, '')
      .replace(/\.git$/, '')
      .split(/[/:]/)
      .at(-1) ?? ''
  )
}

/** Blanks part the words of `ext::`; `% ` is a blank within one. */
function externalWords(command: string): readonly string[] {
  return (command.slice(0, 8192).match(/(?:%.|[^\s%])+/gs) ?? []).map((word) => word.replace(/%(.)/gs, '$1'))
}

function remoteName(text: string): string {
  return (
    parseAddress(text)?.url ?? (/^[\w.-]+@[\w.-]+:/.test(text) ? `ssh://${text.replace(/^[^@]*@/, '').replace(':', '/')}` : `git:${text}`)
  )
}

function contact(
  word: Expanded | undefined,
  from: { readonly reading: Reading; readonly detail: string; readonly retrieval?: boolean },
): void {
  if (word === undefined) return
  const name = remoteName(word.text)
  if (!name.startsWith('git:')) useAddress({ ...word, text: name }, from)
}
