import { HeaderLimit, HeaderProblem, type HeaderReader } from './header-reader.ts'
import type { HeaderFacts } from './header-facts.ts'

export const GGUF_MAGIC = 'GGUF'
const VERSIONS = [2, 3]
const MOST_TENSORS = 1_000_000n
const MOST_KEYS = 65_536n
const MOST_KEY_BYTES = 65_535n
const MOST_ELEMENTS = 4_000_000n
const MOST_TEXT_BYTES = 4_096n
const DEEPEST_ARRAY = 4

const STRING = 8
const ARRAY = 9
/** Bytes of each fixed-size value type. */
const SIZES: Readonly<Record<number, bigint>> = { 0: 1n, 1: 1n, 2: 2n, 3: 2n, 4: 4n, 5: 4n, 6: 4n, 7: 1n, 10: 8n, 11: 8n, 12: 8n }

const WANTED: Readonly<Record<string, 'name' | 'architecture'>> = { 'general.name': 'name', 'general.architecture': 'architecture' }

/** Reads name and architecture from a GGUF header, after its magic. Throws what `HeaderReader` throws. */
export async function readGguf(reader: HeaderReader, facts: HeaderFacts): Promise<void> {
  const version = await reader.u32()
  if (!VERSIONS.includes(version)) throw new HeaderProblem(`its GGUF version is ${version}, which this agent does not know`)
  const tensors = await reader.u64()
  const keys = await reader.u64()
  if (tensors > MOST_TENSORS) throw new HeaderProblem('its header claims an impossible number of tensors')
  if (keys > MOST_KEYS) throw new HeaderProblem('its header claims an impossible number of entries')
  const seen = new Set<string>()
  for (let index = 0n; index < keys; index += 1n) {
    const key = await text(reader, MOST_KEY_BYTES)
    if (seen.has(key)) throw new HeaderProblem('its header names the same entry twice')
    seen.add(key)
    const type = await reader.u32()
    const wanted = type === STRING ? WANTED[key] : undefined
    if (wanted) facts[wanted] = await text(reader, MOST_TEXT_BYTES)
    else await skipValue(reader, type, 0)
  }
}

async function text(reader: HeaderReader, most: bigint): Promise<string> {
  const length = await reader.u64()
  if (length > most) throw new HeaderProblem('its header holds an impossibly long name')
  return (await reader.take(Number(length))).toString('utf8')
}

async function skipValue(reader: HeaderReader, type: number, depth: number): Promise<void> {
  const size = SIZES[type]
  if (size !== undefined) return reader.skip(size)
  if (type === STRING) return reader.skip(await reader.u64())
  if (type !== ARRAY) throw new HeaderProblem('its header holds a value of an unknown type')
  if (depth >= DEEPEST_ARRAY) throw new HeaderProblem('its header nests lists too deeply')
  await skipArray(reader, depth)
}

async function skipArray(reader: HeaderReader, depth: number): Promise<void> {
  const type = await reader.u32()
  const count = await reader.u64()
  const size = SIZES[type]
  if (size !== undefined) return reader.skip(count * size)
  // A list of strings or lists takes at least eight bytes an element, whatever it claims.
  if (count * 8n > BigInt(reader.size - reader.position)) throw new HeaderProblem('its header speaks of more than the file holds')
  if (count > MOST_ELEMENTS) throw new HeaderLimit('its header holds a list longer than this agent reads')
  if (type === STRING) return reader.skipStrings(count)
  for (let index = 0n; index < count; index += 1n) await skipValue(reader, type, depth + 1)
}
