import { parseAddress } from '../place/address.ts'
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { commandName, type Invocation, parseOptions } from './invocation.ts'
import { act, type Reading, runProgram, useAddress, useFile } from './reading.ts'

const CURL_VALUED = new Set(
  '-o --output -d --data --data-raw --data-binary --data-ascii --data-urlencode --json -F --form --form-string -T --upload-file -H --header -X --request -u --user -A --user-agent -e --referer -b --cookie -c --cookie-jar -x --proxy -K --config -w --write-out -m --max-time --connect-timeout --retry --retry-delay --retry-max-time --url -E --cert --key --cacert --capath -C --continue-at -D --dump-header --resolve --connect-to --interface --limit-rate -r --range -y -Y -z --time-cond --unix-socket --oauth2-bearer --max-redirs --output-dir --dns-servers --doh-url -t --netrc-file --preproxy --socks5 --socks5-hostname --trace --trace-ascii --stderr -P --ftp-port -Q --quote --proto --tls-max --ciphers --aws-sigv4'.split(
    ' ',
  ),
)
const CURL_BODY = new Set(
  '-d --data --data-raw --data-binary --data-ascii --data-urlencode --json -F --form --form-string -T --upload-file'.split(' '),
)
const CURL_READS_AT = new Set('-d --data --data-binary --data-ascii --data-urlencode --json -F --form -H --header'.split(' '))
const CURL_ADDRESS = new Set('--url -x --proxy --preproxy --socks5 --socks5-hostname --doh-url'.split(' '))

export function readCurl(invocation: Invocation, reading: Reading): Flow {
  const { options, operands } = parseOptions(invocation.words.slice(1), CURL_VALUED)
  const from = { reading, cwd: invocation.cwd }
  let sends = false
  const addresses = [...operands]
  for (const { name, value } of options) {
    if (CURL_BODY.has(name)) sends = true
    if ((name === '-X' || name === '--request') && value !== undefined && !/^(get|head|options)$/i.test(value.text)) sends = true
    if (value === undefined) continue
    if (CURL_ADDRESS.has(name)) addresses.push(value)
    else if (name === '-T' || name === '--upload-file') useFile(value, 'read', from)
    else if (CURL_READS_AT.has(name)) readAt(value, name, { ...from, invocation })
    else if (/^(-o|--output|-c|--cookie-jar|-D|--dump-header|--trace|--trace-ascii|--stderr)$/.test(name)) useFile(value, 'write', from)
    else if (/^(-K|--config|-E|--cert|--key|--netrc-file|-b|--cookie)$/.test(name) && !value.text.includes('='))
      useFile(value, 'read', from)
  }
  if (options.some(({ name }) => name === '-K' || name === '--config'))
    runProgram(invocation, 'unknown', { reading, detail: 'its options stand in a file' })
  return fetchAll(addresses, invocation, { reading, sends })
}

/** `-d @file`, `-F name=@file`, `--data-urlencode name@file`. */
function readAt(
  value: Expanded,
  option: string,
  from: { readonly reading: Reading; readonly cwd: string | undefined; readonly invocation: Invocation },
): void {
  const form = option === '-F' || option === '--form'
  const match = form
    ? /^[^=]*=[@<]([^;,]+)/.exec(value.text)
    : option === '--data-urlencode'
      ? /^[^=]*@(.+)$/.exec(value.text)
      : /^@(.+)$/.exec(value.text)
  if (match !== null) useFile({ ...value, text: match[1] as string }, 'read', { ...from, detail: 'sends the file' })
}

function fetchAll(
  addresses: readonly Expanded[],
  invocation: Invocation,
  from: { readonly reading: Reading; readonly sends: boolean },
): Flow {
  const { reading, sends } = from
  const name = commandName(invocation)
  for (const word of addresses)
    useAddress(word, { reading, scheme: 'http', detail: sends ? `${name} sends data` : `${name} fetches`, retrieval: !sends })
  if (addresses.length === 0) return NO_FLOW
  return { addresses: addresses.map((word) => word.text), decodes: false }
}

const WGET_VALUED = new Set(
  '-O --output-document -P --directory-prefix -o --output-file -a --append-output -i --input-file -t --tries -T --timeout -U --user-agent --header --post-data --post-file --body-data --body-file --method --user --password -e --execute -Q --quota -A -R -D -I -X -l --level --load-cookies --save-cookies --referer --limit-rate'.split(
    ' ',
  ),
)

export function readWget(invocation: Invocation, reading: Reading): Flow {
  const { options, operands } = parseOptions(invocation.words.slice(1), WGET_VALUED)
  const from = { reading, cwd: invocation.cwd }
  let [sends, keeps] = [false, true]
  for (const { name, value } of options) {
    if (/^--(post|body)-(data|file)$/.test(name)) sends = true
    if (value === undefined) continue
    if (/^--(post|body)-file$|^(-i|--input-file|--load-cookies)$/.test(name)) useFile(value, 'read', { ...from, detail: 'sends the file' })
    if (/^(-O|--output-document|-o|--output-file|-a|-P|--directory-prefix|--save-cookies)$/.test(name)) {
      keeps = false
      useFile(value, 'write', from)
    }
  }
  const flow = fetchAll(operands, invocation, { reading, sends })
  if (keeps && operands.length > 0) useFile({ text: '.', known: true, glob: false }, 'write', from)
  return flow
}

const SSH_VALUED = new Set('-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -P -Q -R -S -W -w'.split(' '))

export function readSsh(invocation: Invocation, reading: Reading): Flow {
  const { options, operands } = parseOptions(invocation.words.slice(1), SSH_VALUED)
  const host = operands[0]
  if (host === undefined) return NO_FLOW
  if (options.some(({ name, value }) => name === '-o' && /command/i.test(value?.text ?? '')))
    runProgram(invocation, 'unknown', { reading, detail: 'an option runs a command' })
  useAddress(
    { ...host, text: hostOf(host.text) },
    { reading, scheme: 'ssh', detail: operands.length > 1 ? 'runs a command on another machine' : 'logs in to another machine' },
  )
  return { addresses: [host.text], decodes: false }
}

function hostOf(text: string): string {
  return text.replace(/^[a-z]+:\/\//, '').replace(/^[^@/]*@/, '')
}

const COPY_VALUED = new Set(
  '-c -F -i -J -l -o -P -S -X -e --rsh --exclude --include --exclude-from --include-from --files-from --rsync-path --filter -f -T --temp-dir --password-file --port --bwlimit --backup-dir --compare-dest --log-file'.split(
    ' ',
  ),
)

/** scp, sftp and rsync: remote names have a colon before any slash. */
export function readCopy(invocation: Invocation, reading: Reading): Flow {
  const { options, operands } = parseOptions(invocation.words.slice(1), COPY_VALUED)
  const remote = (word: Expanded): boolean => /^[^/]*:(?!\\)/.test(word.text) && !/^[A-Za-z]:[\\/]/.test(word.text)
  const from = { reading, cwd: invocation.cwd }
  for (const [index, word] of operands.entries()) {
    const last = index === operands.length - 1
    if (remote(word))
      useAddress(
        { ...word, text: hostOf(word.text).replace(/:.*$/s, '') },
        { reading, scheme: 'ssh', detail: last ? 'copies to another machine' : 'copies from another machine' },
      )
    else useFile(word, last && operands.length > 1 ? 'write' : 'read', from)
  }
  if (options.some(({ name }) => name === '--rsync-path' || name === '-e' || name === '--rsh'))
    runProgram(invocation, 'unknown', { reading, detail: 'an option runs a command' })
  return NO_FLOW
}

const GIT_VALUED = new Set('-C -c --git-dir --work-tree --namespace --exec-path'.split(' '))
const GIT_LOCAL = new Set(
  'status log diff show branch tag blame add commit stash checkout switch restore merge rebase cherry-pick revert reset rev-parse rev-list describe ls-files ls-tree cat-file grep shortlog reflog bisect init mv notes worktree config apply am format-patch symbolic-ref for-each-ref name-rev merge-base whatchanged help version gc fsck prune count-objects sparse-checkout update-index hash-object show-ref check-ignore diff-tree range-diff rerere archive bundle lfs cherry verify-commit write-tree read-tree commit-tree update-ref var'.split(
    ' ',
  ),
)

export function readGit(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  let at = 0
  while (at < words.length && (words[at] as Expanded).text.startsWith('-')) {
    const name = (words[at] as Expanded).text
    if (
      (name === '-c' || name.startsWith('--exec-path')) &&
      /alias|sshcommand|pager|editor|hookspath|filter|fsmonitor|helper|exec-path/i.test(`${name}${words[at + 1]?.text ?? ''}`)
    ) {
      runProgram(invocation, 'unknown', { reading, detail: 'a Git setting runs a command' })
    }
    at += GIT_VALUED.has(name) ? 2 : 1
  }
  const verb = words[at]?.text ?? 'status'
  const { operands } = parseOptions(
    words.slice(at + 1),
    new Set(
      '-b --branch -o --origin -m --message --depth --upload-pack --receive-pack -c --config -F --author --date -n -L -S -G --format --pretty --since --until'.split(
        ' ',
      ),
    ),
  )
  return gitVerb({ verb, operands, options: words.slice(at + 1), invocation, reading })
}

interface GitCall {
  readonly verb: string
  readonly operands: readonly Expanded[]
  readonly options: readonly Expanded[]
  readonly invocation: Invocation
  readonly reading: Reading
}

function gitVerb(call: GitCall): Flow {
  const { verb, operands, options, invocation, reading } = call
  const from = { reading, cwd: invocation.cwd }
  const dot: Expanded = { text: '.', known: true, glob: false }
  if (options.some((word) => /^--(upload|receive)-pack\b|^--exec\b/.test(word.text)))
    runProgram(invocation, 'unknown', { reading, detail: 'a Git option runs a command' })
  const remote = operands[0]
  switch (verb) {
    case 'push':
      gitRemote(remote, { reading, detail: 'pushes commits' })
      act(
        {
          class: 'code.publish',
          target: remote === undefined ? 'git:origin' : gitName(remote.text),
          certainty: 'certain',
          kind: 'address',
          words: remote === undefined ? [] : [remote],
          detail: 'pushes commits',
        },
        reading,
      )
      return NO_FLOW
    case 'clone':
    case 'submodule':
    case 'fetch':
    case 'pull':
    case 'ls-remote':
      gitRemote(remote, { reading, detail: `git ${verb}`, retrieval: true })
      if (verb === 'clone') useFile(operands[1] ?? dot, 'write', from)
      return remote === undefined ? NO_FLOW : { addresses: [remote.text], decodes: false }
    case 'remote':
      if (operands[1] !== undefined && operands[2] !== undefined)
        useFile({ ...dot, text: '.git/refs/remotes' }, 'write', { ...from, detail: `remote ${operands[2].text}` })
      return NO_FLOW
    case 'rm':
    case 'clean':
      for (const word of operands.length > 0 ? operands : [dot]) useFile(word, 'delete', from)
      return NO_FLOW
    default:
      runProgram(invocation, GIT_LOCAL.has(verb) ? 'certain' : 'unknown', { reading, detail: `git ${verb}` })
      return NO_FLOW
  }
}

function gitName(text: string): string {
  return (
    parseAddress(text)?.url ?? (/^[\w.-]+@[\w.-]+:/.test(text) ? `ssh://${text.replace(/^[^@]*@/, '').replace(':', '/')}` : `git:${text}`)
  )
}

function gitRemote(
  word: Expanded | undefined,
  from: { readonly reading: Reading; readonly detail: string; readonly retrieval?: boolean },
): void {
  if (word === undefined) return
  const name = gitName(word.text)
  if (!name.startsWith('git:')) useAddress({ ...word, text: name }, from)
}
