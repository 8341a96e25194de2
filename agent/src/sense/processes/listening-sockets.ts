import type { ListeningPort } from '../../platform/health.ts'
import { readStart } from './bounded-read.ts'

const TABLE_BYTES = 2 * 1024 * 1024
const LISTEN = '0A'

/** Listening TCP sockets by inode, from the kernel's own tables. */
export function listeningSockets(root: string): ReadonlyMap<string, ListeningPort> {
  const found = new Map<string, ListeningPort>()
  for (const table of ['tcp', 'tcp6']) {
    let text: string
    try {
      text = readStart(`${root}/net/${table}`, TABLE_BYTES).toString('latin1')
    } catch {
      continue
    }
    for (const line of text.split('\n')) {
      const fields = line.trim().split(/\s+/)
      if (fields[3] !== LISTEN) continue
      const [address, port] = (fields[1] ?? '').split(':')
      const inode = fields[9]
      if (address && port && inode) found.set(inode, { address: readAddress(address), port: Number.parseInt(port, 16) })
    }
  }
  return found
}

/** Addresses stand as 32-bit words in the machine's byte order, which is little-endian wherever Linux runs agents. */
export function readAddress(hex: string): string {
  const bytes = Buffer.from(hex, 'hex')
  for (let word = 0; word + 4 <= bytes.length; word += 4) bytes.subarray(word, word + 4).reverse()
  if (bytes.length === 4) return bytes.join('.')
  if (bytes.subarray(0, 12).equals(Buffer.from('00000000000000000000ffff', 'hex'))) return bytes.subarray(12).join('.')
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16))
  const zeros = [...groups.join(':').matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort((left, right) => right[0].length - left[0].length)[0]
  if (!zeros) return groups.join(':')
  const text = groups.join(':')
  const before = text.slice(0, zeros.index)
  const after = text.slice(zeros.index + zeros[0].length)
  return `${before}::${after.replace(/^:/, '')}`
}
