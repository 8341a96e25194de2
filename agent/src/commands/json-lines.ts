import { AgentError } from '../platform/errors.ts'

/** Longest line that is read; a longer one is an error of its line, not of the stream. */
const MOST_LINE_BYTES = 64 * 1024 * 1024

export interface Line {
  /** From 1. */
  readonly number: number
  /** `undefined` when the line was too long. */
  readonly text: string | undefined
}

/** Lines of a stream, one by one, without holding more than one. Empty lines are left out. */
export async function* linesOf(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<Line> {
  let parts: Buffer[] = []
  let length = 0
  let number = 0
  const take = (): Line | undefined => {
    number += 1
    const text = length > MOST_LINE_BYTES ? undefined : Buffer.concat(parts).toString('utf8')
    parts = []
    length = 0
    return text !== undefined && text.trim() === '' ? undefined : { number, text }
  }
  for await (const piece of input) {
    let rest = typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
    for (let newline = rest.indexOf(10); newline >= 0; newline = rest.indexOf(10)) {
      length += newline
      if (length <= MOST_LINE_BYTES) parts.push(rest.subarray(0, newline))
      rest = rest.subarray(newline + 1)
      const line = take()
      if (line !== undefined) yield line
    }
    length += rest.length
    if (length <= MOST_LINE_BYTES) parts.push(Buffer.from(rest))
    else parts = []
  }
  const last = length === 0 ? undefined : take()
  if (last !== undefined) yield last
}

/** The object on a line. Throws an `AgentError` that names the line. */
export function parseLine(line: Line, from: string): unknown {
  if (line.text === undefined)
    throw new AgentError('usage', `Line ${line.number} of ${from} is longer than ${MOST_LINE_BYTES} bytes, so it was not judged.`)
  try {
    return JSON.parse(line.text)
  } catch {
    throw new AgentError('usage', `Line ${line.number} of ${from} is not JSON, so it was not judged.`)
  }
}
