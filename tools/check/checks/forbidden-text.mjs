// Nothing in the tree names the machine it was written on, a secret, or a work item.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../bootstrap/runtime.mjs'
import { capture } from '../process.mjs'

const MOST_BYTES = 2 * 1024 * 1024
const SKIP = /^(pnpm-lock\.yaml|LICENSE)$|\.(binpb|png|woff2?|ico|gguf|onnx)$/
/** What models are trained on, and what the kernel and they are tried with, is written like anything people write. */
const SAMPLES =
  /^models\/(?:injection\/families\/(?:[a-z_]+[.]py|banks\/[a-z_-]+[.]txt)|checks\/[a-z-]+[.]jsonl)$|^test\/replay\/scenarios\/(?:suites|second|third|reserve)\/[a-z-]+[.]ts$/
const FORBIDDEN = [
  { what: 'a path of the machine it was written on', pattern: /(?:^|[\s'"`(=])\/work\/(?:main|shared|\.)/m },
  { what: 'a folder outside the repository', pattern: /\.\.\/shared\// },
  { what: 'a work item number; say what is meant', allowedIn: SAMPLES, pattern: /\bissues? #?\d+\b/i },
  { what: 'an unfinished place', allowedIn: new RegExp(`[.]test[.]ts$|${SAMPLES.source}`), pattern: /\b(?:TO[D]O|FIX[M]E|XX[X])\b[:(]/ },
  { what: 'a private key', pattern: /-----BEGIN (?:EC |RSA |OPENSSH )?PRIVATE KEY-----\s*\n[A-Za-z0-9+/]{40}/ },
  {
    what: 'something like a live token',
    // A detector of secrets is tested on made-up ones.
    allowedIn: /[.]test[.]ts$/,
    pattern: /\b(?:ghp_[A-Za-z0-9]{36}|xox[bp]-\d{10,}-|sk-ant-api\d\d-[A-Za-z0-9_-]{80})/,
  },
]

export const forbiddenText = {
  name: 'forbidden-text',
  async run() {
    const { stdout } = await capture('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'])
    const files = stdout.split('\0').filter((file) => file && !SKIP.test(file) && readable(file))
    return { note: `${files.length} files`, problems: files.flatMap(judge) }
  },
}

function readable(file) {
  const stat = statSync(join(root, file), { throwIfNoEntry: false })
  return stat?.isFile() && stat.size <= MOST_BYTES
}

function judge(file) {
  const text = readFileSync(join(root, file), 'utf8')
  return FORBIDDEN.flatMap(({ what, pattern, allowedIn }) => {
    if (allowedIn?.test(file)) return []
    const found = pattern.exec(text)
    return found ? [`${file}:${text.slice(0, found.index).split('\n').length} holds ${what}: ${found[0].trim().slice(0, 60)}`] : []
  })
}
