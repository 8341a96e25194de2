import type { HeaderFacts } from './header-facts.ts'
import { HeaderLimit, HeaderProblem, type HeaderReader, MOST_PIECE } from './header-reader.ts'

const DEEPEST = 8
const MOST_TENSORS = 100_000

/** Reads a safetensors header: a length, then JSON. Throws what `HeaderReader` throws. */
export async function readSafetensors(reader: HeaderReader, facts: HeaderFacts): Promise<void> {
  const length = await reader.u64()
  if (length > BigInt(reader.size - 8)) throw new HeaderProblem('its header speaks of more than the file holds')
  if (length > BigInt(MOST_PIECE)) throw new HeaderLimit('its header is larger than this agent reads')
  const bytes = await reader.take(Number(length))
  if (bytes[0] !== 0x7b) throw new HeaderProblem('its header does not begin as safetensors do')
  if (deeperThan(bytes, DEEPEST)) throw new HeaderProblem('its header nests too deeply')
  const header = parse(bytes)
  const metadata = record(header['__metadata__'])
  facts.name = text(metadata['modelspec.title'] ?? metadata['name'])
  facts.architecture = text(metadata['modelspec.architecture'] ?? metadata['architecture'])
  checkOffsets(header, reader.size - 8 - Number(length))
}

function parse(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(bytes.toString('utf8')))
  } catch {
    throw new HeaderProblem('its header is not JSON')
  }
}

function checkOffsets(header: Readonly<Record<string, unknown>>, dataBytes: number): void {
  const names = Object.keys(header)
  if (names.length > MOST_TENSORS) throw new HeaderLimit('it holds more tensors than this agent looks at')
  for (const name of names) {
    if (name === '__metadata__') continue
    const offsets = record(header[name])['data_offsets']
    const [from, to] = Array.isArray(offsets) ? (offsets as unknown[]) : []
    if (typeof from !== 'number' || typeof to !== 'number' || from < 0 || to < from || to > dataBytes)
      throw new HeaderProblem('it places tensors outside the file')
  }
}

/** Counts brackets outside strings, before any parser sees them. */
export function deeperThan(bytes: Uint8Array, limit: number): boolean {
  let depth = 0
  let quoted = false
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index]
    if (quoted) {
      if (byte === 0x5c) index += 1
      else if (byte === 0x22) quoted = false
    } else if (byte === 0x22) quoted = true
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1
      if (depth > limit) return true
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1
  }
  return false
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 200) : ''
}
