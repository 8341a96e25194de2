import type { HeaderFacts } from './header-facts.ts'
import { HeaderLimit, HeaderProblem, type HeaderReader } from './header-reader.ts'

const MOST_FIELDS = 500_000
const MOST_TEXT = 4_096
const STANDARD_DOMAINS = new Set(['', 'ai.onnx', 'ai.onnx.ml', 'ai.onnx.training', 'com.microsoft'])

interface Field {
  readonly number: number
  readonly wireType: number
  /** End of a length-delimited field's content; position after any other. */
  readonly end: number
}

interface Walk {
  readonly reader: HeaderReader
  readonly facts: HeaderFacts
  fields: number
}

type Visit = (walk: Walk, field: Field) => Promise<void>

/** Walks an ONNX model (a protobuf message) without loading it: producer, graph name, foreign operators, data outside the file. */
export async function readOnnx(reader: HeaderReader, facts: HeaderFacts): Promise<void> {
  const walk: Walk = { reader, facts, fields: 0 }
  await message(walk, reader.size, async (_, field) => {
    if (field.wireType !== 2) return
    if (field.number === 2) facts.architecture = await text(walk, field)
    if (field.number === 7) await message(walk, field.end, graph)
  })
  if (walk.fields === 0) throw new HeaderProblem('it is empty')
}

const graph: Visit = async (walk, field) => {
  if (field.wireType !== 2) return
  if (field.number === 2) walk.facts.name = await text(walk, field)
  if (field.number === 1) await message(walk, field.end, node)
  if (field.number === 5) await message(walk, field.end, tensor)
}

const node: Visit = async (walk, field) => {
  if (field.number !== 7 || field.wireType !== 2) return
  const domain = await text(walk, field)
  if (!STANDARD_DOMAINS.has(domain)) note(walk, 'it needs operators that come from outside the ONNX standard')
}

const tensor: Visit = async (walk, field) => {
  if (field.number === 13 && field.wireType === 2) await externalData(walk, field.end)
}

/** One key and value; a `location` may lead out of the model's folder. */
async function externalData(walk: Walk, end: number): Promise<void> {
  let key = ''
  let value = ''
  await message(walk, end, async (inner, field) => {
    if (field.wireType !== 2) return
    if (field.number === 1) key = await text(inner, field)
    if (field.number === 2) value = await text(inner, field)
  })
  if (key === 'location' && (/^([/\\]|[a-zA-Z]:)/.test(value) || value.split(/[/\\]/).includes('..')))
    note(walk, 'it loads data from outside its own folder')
}

async function message(walk: Walk, end: number, visit: Visit): Promise<void> {
  const { reader } = walk
  while (reader.position < end) {
    walk.fields += 1
    if (walk.fields > MOST_FIELDS) throw new HeaderLimit('it has more parts than this agent looks at')
    const field = await next(reader, end)
    await visit(walk, field)
    if (reader.position > field.end) throw new HeaderProblem('its parts overlap')
    reader.skip(BigInt(field.end - reader.position))
  }
}

async function next(reader: HeaderReader, end: number): Promise<Field> {
  const tag = await varint(reader)
  const number = Number(tag >> 3n)
  const wireType = Number(tag & 7n)
  if (number === 0 || number > 536_870_911) throw new HeaderProblem('it is not an ONNX model')
  const length = await lengthOf(reader, wireType)
  if (length > BigInt(end - reader.position)) throw new HeaderProblem('its parts speak of more than the file holds')
  return { number, wireType, end: reader.position + Number(length) }
}

async function lengthOf(reader: HeaderReader, wireType: number): Promise<bigint> {
  switch (wireType) {
    case 0:
      await varint(reader)
      return 0n
    case 1:
      return 8n
    case 2:
      return varint(reader)
    case 5:
      return 4n
    default:
      throw new HeaderProblem('it is not an ONNX model')
  }
}

async function varint(reader: HeaderReader): Promise<bigint> {
  let value = 0n
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = await reader.u8()
    value |= BigInt(byte & 0x7f) << shift
    if (byte < 0x80) return value
  }
  throw new HeaderProblem('it is not an ONNX model')
}

async function text(walk: Walk, field: Field): Promise<string> {
  const length = field.end - walk.reader.position
  if (length > MOST_TEXT) throw new HeaderProblem('it holds an impossibly long name')
  return (await walk.reader.take(length)).toString('utf8').slice(0, 200)
}

function note(walk: Walk, problem: string): void {
  if (!walk.facts.problems.includes(problem)) walk.facts.problems.push(problem)
}
