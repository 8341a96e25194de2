import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import type { ModelFileSighting } from '../../platform/health.ts'
import { GGUF_MAGIC, readGguf } from './gguf.ts'
import type { HeaderFacts } from './header-facts.ts'
import { type ByteSource, HeaderLimit, type HeaderLimits, HeaderProblem, HeaderReader } from './header-reader.ts'
import { readOnnx } from './onnx.ts'
import { readSafetensors } from './safetensors.ts'

export type ModelFacts = Pick<ModelFileSighting, 'format' | 'name' | 'architecture' | 'problems'>

/** What a header may cost. Real ones have some megabytes, most of it the words of the tokenizer. */
export const HEADER_LIMITS: Omit<HeaderLimits, 'clock'> = { bytes: 24 * 1024 * 1024, millis: 2_000 }

const PICKLE_EXTENSIONS = new Set(['.pt', '.pth', '.bin', '.ckpt', '.pkl', '.pickle', '.joblib', '.dill', '.npy'])
const EXTENSIONS = new Set(['.gguf', '.safetensors', '.onnx', ...PICKLE_EXTENSIONS])
const PICKLE_PROBLEM = 'it can run code of its own when it is loaded; prefer safetensors or GGUF'

/** True for names worth opening: model formats, and the nameless blobs that Ollama and the Hugging Face cache keep. */
export function worthALook(path: string): boolean {
  return EXTENSIONS.has(extname(path).toLowerCase()) || /[\\/]blobs[\\/](sha256-)?[0-9a-f]{40,64}$/.test(path)
}

/** Reads a model file's header. Nothing when it is no model. Rejects only when the file cannot be read. */
export async function inspectFile(path: string, clock: () => number): Promise<ModelFacts | undefined> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const read = async (offset: number, length: number) => {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, offset)
      return buffer.subarray(0, bytesRead)
    }
    return await inspectBytes(path, { size, read }, { ...HEADER_LIMITS, clock })
  } finally {
    await file.close()
  }
}

/** The same over any source of bytes. Never throws for what the bytes say. */
export async function inspectBytes(path: string, source: ByteSource, limits: HeaderLimits): Promise<ModelFacts | undefined> {
  const start = Buffer.from(await source.read(0, Math.min(source.size, 512)))
  const format = formatOf(path, start)
  if (!format) return undefined
  const facts: HeaderFacts = { name: '', architecture: '', problems: [] }
  if (format === 'pickle') facts.problems.push(PICKLE_PROBLEM)
  else await readHeader(format, new HeaderReader(source, limits), facts)
  return { format, name: printable(facts.name), architecture: printable(facts.architecture), problems: facts.problems }
}

async function readHeader(format: 'gguf' | 'safetensors' | 'onnx', reader: HeaderReader, facts: HeaderFacts): Promise<void> {
  try {
    if (format === 'gguf') {
      await reader.take(GGUF_MAGIC.length)
      await readGguf(reader, facts)
    } else if (format === 'safetensors') await readSafetensors(reader, facts)
    else await readOnnx(reader, facts)
  } catch (error) {
    if (!(error instanceof HeaderProblem || error instanceof HeaderLimit)) throw error
    facts.problems.push(error.message)
  }
}

function formatOf(path: string, start: Buffer): ModelFacts['format'] | undefined {
  const extension = extname(path).toLowerCase()
  if (start.subarray(0, 4).toString('latin1') === GGUF_MAGIC || extension === '.gguf') return 'gguf'
  if (extension === '.safetensors' || (extension === '' && looksLikeSafetensors(start))) return 'safetensors'
  if (extension === '.onnx') return 'onnx'
  return (extension === '' || PICKLE_EXTENSIONS.has(extension)) && looksLikePickle(start) ? 'pickle' : undefined
}

function looksLikeSafetensors(start: Buffer): boolean {
  return start.length > 10 && start.readBigUInt64LE(0) < 100_000_000n && start[8] === 0x7b && start[9] === 0x22
}

/** By magic alone; a pickle is never opened any further. */
function looksLikePickle(start: Buffer): boolean {
  const [first = 0, second = 0] = start
  if (first === 0x80 && second >= 2 && second <= 5) return true
  // torch.save writes a zip whose first member is `NAME/data.pkl`.
  if (start.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004')
    return start
      .subarray(30, 30 + start.readUInt16LE(26))
      .toString('latin1')
      .endsWith('data.pkl')
  return start.subarray(0, 6).equals(Buffer.from('377abcaf271c', 'hex'))
}

/** Names come from hostile files and go to people's screens. */
function printable(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .slice(0, 200)
    .trim()
}
