import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { commandName, type Invocation, parseOptions } from './invocation.ts'
import { destroyedElsewhere, fetchedElsewhere, remoteSecrets } from './remote-commands.ts'
import { grantedElsewhere } from './fleet-commands.ts'
import { keepContent, type Reading, runProgram, useAddress, useFile } from './reading.ts'

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
    else if (name === '--unix-socket' || name === '--abstract-unix-socket')
      useFile(value, 'write', { ...from, detail: 'talks to a program of this machine' })
    else if (CURL_READS_AT.has(name)) readAt(value, name, { ...from, invocation })
    else if (/^(-o|--output|-c|--cookie-jar|-D|--dump-header|--trace|--trace-ascii|--stderr)$/.test(name)) useFile(value, 'write', from)
    else if (/^(-K|--config|-E|--cert|--key|--netrc-file|-b|--cookie)$/.test(name) && !value.text.includes('='))
      useFile(value, 'read', from)
  }
  if (options.some(({ name }) => name === '-K' || name === '--config'))
    runProgram(invocation, 'unknown', { reading, detail: 'its options stand in a file' })
  const flow = fetchAll(addresses, invocation, { reading, sends })
  const kept = options.filter(({ name, value }) => value?.text !== '-' && /^(-o|--output|-O|--remote-name|--remote-name-all)$/.test(name))
  for (const [index, { name, value }] of kept.entries()) {
    const file = name === '-o' || name === '--output' ? value : remoteName(addresses[index] ?? addresses[0])
    if (file === undefined || file.text === '-') continue
    if (value === undefined) useFile(file, 'write', from)
    keepContent(file, flow, from)
  }
  return kept.length > 0 && kept.length >= addresses.length ? NO_FLOW : flow
}

/** The last part of an address, as which it is kept. */
function remoteName(address: Expanded | undefined): Expanded | undefined {
  const name = address === undefined ? undefined : /\/([^/?#]+)\/?(?:[?#].*)?$/.exec(address.text.replace(/^[a-z]+:\/\//i, ''))?.[1]
  return name === undefined || address === undefined ? undefined : { ...address, text: name }
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
  const output = options.find(({ name }) => name === '-O' || name === '--output-document')?.value
  if (keeps && operands.length > 0) useFile({ text: '.', known: true, glob: false }, 'write', from)
  for (const file of output === undefined ? operands.map(remoteName) : [output])
    if (file !== undefined && file.text !== '-') keepContent(file, flow, from)
  return output?.text === '-' ? flow : NO_FLOW
}

const SSH_VALUED = new Set('-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -P -Q -R -S -W -w'.split(' '))

export function readSsh(invocation: Invocation, reading: Reading): Flow {
  const { options, operands } = parseOptions(invocation.words.slice(1), SSH_VALUED)
  const host = operands[0]
  if (host === undefined) return NO_FLOW
  for (const { name, value } of options) {
    const command = name === '-o' ? /^(?:ProxyCommand|LocalCommand|KnownHostsCommand)[ =]+(.+)$/is.exec(value?.text ?? '')?.[1] : undefined
    if (command !== undefined) reading.nested(command, { ...invocation, input: undefined })
  }
  useAddress(
    { ...host, text: hostOf(host.text) },
    { reading, scheme: 'ssh', detail: operands.length > 1 ? 'runs a command on another machine' : 'logs in to another machine' },
  )
  const command = operands.slice(1)
  if (command.length > 0 && /^(?:.*@)?(?:localhost|127\.\d+\.\d+\.\d+|::1)$/.test(hostOf(host.text)))
    reading.nested(command.map(({ text }) => text).join(' '), { ...invocation, input: undefined })
  else {
    remoteSecrets(command, { invocation, reading })
    fetchedElsewhere(command, { invocation, reading })
    destroyedElsewhere(command, hostOf(host.text), { invocation, reading })
    grantedElsewhere(command, hostOf(host.text), { invocation, reading })
  }
  return { addresses: [host.text], decodes: false }
}

function hostOf(text: string): string {
  return text.replace(/^[a-z]+:\/\//, '').replace(/^[^@/]*@/, '')
}

/** What is typed into a program that copies files: `put FILE`, `get FILE`, `!COMMAND`. */
export function useTransfers(typed: string, from: { readonly reading: Reading; readonly cwd: string | undefined }): void {
  for (const line of typed.slice(0, 16_384).split(/[\n;]/).slice(0, 200)) {
    const [, verb = '', rest = ''] = /^\s*(m?put|append|send|reput|m?get|lcd)\s+(.+?)\s*$/i.exec(line) ?? []
    for (const text of rest
      .split(/\s+/)
      .filter((word) => word !== '' && !word.startsWith('-'))
      .slice(0, 8))
      if (/^(?:m?put|append|send|reput)$/i.test(verb)) useFile({ text, known: true, glob: /[*?]/.test(text) }, 'read', from)
  }
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
  if (commandName(invocation) === 'sftp' && operands[0] !== undefined) {
    useAddress(
      { ...operands[0], text: hostOf(operands[0].text).replace(/:.*$/s, '') },
      { reading, scheme: 'ssh', detail: 'copies to or from it' },
    )
    useTransfers(invocation.input?.text ?? '', from)
    return NO_FLOW
  }
  for (const [index, word] of operands.entries()) {
    const last = index === operands.length - 1
    if (remote(word))
      useAddress(
        { ...word, text: hostOf(word.text).replace(/:.*$/s, '') },
        { reading, scheme: 'ssh', detail: last ? 'copies to another machine' : 'copies from another machine' },
      )
    else useFile(word, last && operands.length > 1 ? 'write' : 'read', from)
    // What the source does not hold is gone from the target.
    if (last && !remote(word) && options.some((option) => /^--del(?:ete(?:-\w+)?)?$/.test(option.name))) useFile(word, 'delete', from)
  }
  for (const { name, value } of options)
    if ((name === '-e' || name === '--rsh' || name === '-S') && value !== undefined)
      reading.nested(value.text, { ...invocation, input: undefined })
  if (options.some(({ name }) => name === '--rsync-path'))
    runProgram(invocation, 'unknown', { reading, detail: 'an option runs a command' })
  return NO_FLOW
}
