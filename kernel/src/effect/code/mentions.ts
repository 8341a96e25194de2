import { parseAddress } from '../place/address.ts'
import type { Expanded } from '../shell/expanded.ts'
import type { Invocation } from '../shell/invocation.ts'
import { type Reading, useAddress, useFile } from '../shell/reading.ts'

const SECRET_NAME = /(^|_)(SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)(_|$)/i

/** A variable of the environment that is named like a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name)
}

/**
 * What code needs to reach another machine, in the languages people inline: a library, a built-in, another program, or a way
 * to make up a name at run time. Code without any of it can only mention an address.
 */
const REACHES_OUT =
  /\b(?:requests?|urllib\w*|urlopen|urlretrieve|httpx?|https|aiohttp|httplib|sockets?|fetch\w*|axios|XMLHttpRequest|WebSocket|EventSource|sendBeacon|superagent|undici|got|net|tls|dgram|LWP\w*|Net|HTTP\w*|TCP\w*|URI|open-uri|file_get_contents|fopen|curl\w*|wget|Invoke-\w+|iwr|irm|iex|WebClient|Download\w*|Start-\w+|smtplib|ftplib|paramiko|boto3|webbrowser|selenium|playwright|puppeteer|page|browser|driver|navigate\w*|goto|location|git|ssh|scp|subprocess|child_process|popen\w*|system|spawn\w*|exec\w*|eval\w*|compile|Function|require|import_module|__import__|importlib|getattr|ctypes|load_dataset|from_pretrained|read_csv|read_json|read_html|read_parquet|hub|send\w*|post|download\w*)\b/

export function reachesOut(code: string): boolean {
  return REACHES_OUT.test(withoutAddresses(code))
}

/** What code that cannot be followed plainly names: files are read, addresses contacted where it could. */
export function takeMentions(code: string, { invocation, reading }: { readonly reading: Reading; readonly invocation: Invocation }): void {
  const from = { reading, cwd: invocation.cwd }
  const reaches = reachesOut(code)
  for (const text of plainMentions(code)) {
    const word: Expanded = { text, known: true, glob: false }
    if (parseAddress(text) !== undefined && !text.startsWith('file:')) {
      if (reaches) useAddress(word, { reading: from.reading, detail: 'named in code' })
    } else useFile(word, 'read', { ...from, detail: 'named in code' })
  }
}

/** An address holds words of its own. */
function withoutAddresses(code: string): string {
  return code.slice(0, 65_536).replace(/[a-z][a-z0-9+.-]{1,10}:\/\/[^\s'"`<>)\\]+/g, ' ')
}

/** Addresses and paths that stand as such in code, at most 32. */
function plainMentions(code: string): readonly string[] {
  const found =
    code
      .slice(0, 65_536)
      .match(
        /[a-z][a-z0-9+.-]{1,10}:\/\/[^\s'"`<>)\\]+|(?:~|\$HOME|\.{1,2})?\/[\w.@+-]+(?:\/[\w.@+-]+)*|\b[A-Za-z]:\\[^\s'"`<>|]+|(?<=['"])\.[a-z][\w./-]*(?=['"])/g,
      ) ?? []
  return [...new Set(found)].slice(0, 32)
}
