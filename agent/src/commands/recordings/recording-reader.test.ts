import { describe, expect, it } from 'vitest'
import { messageOf } from '../../platform/errors.ts'
import { recordingOn } from './recording.ts'
import { RecordingReader } from './recording-reader.ts'

const TOOLS = '[{"name": "read_file", "description": "Reads \\"tools\\": [] off a disk."}, {"name": "list"}]'
const EVENTS = '[{"type": "user", "text": "Look at \\"tools\\": []."}]'

function read(reader: RecordingReader, text: string): unknown {
  try {
    return reader.read({ number: 1, text }, 'file')
  } catch (error) {
    return messageOf(error)
  }
}

function readAlone(text: string): unknown {
  try {
    return recordingOn({ number: 1, text }, 'file')
  } catch (error) {
    return messageOf(error)
  }
}

/** A reader that knows the tools. */
function knowing(tools = TOOLS): RecordingReader {
  const reader = new RecordingReader()
  for (let at = 0; at < 3; at += 1) reader.read({ number: at, text: `{"tools": ${tools}, "events": []}` }, 'file')
  return reader
}

describe('reading recordings of one application', () => {
  it('reads the tools once', () => {
    const reader = knowing()
    const [one, other] = [1, 2].map((number) =>
      reader.read({ number, text: `{"id": ${number}, "tools": ${TOOLS}, "events": ${EVENTS}}` }, 'file'),
    )
    expect(one).toEqual(readAlone(`{"id": 1, "tools": ${TOOLS}, "events": ${EVENTS}}`))
    expect(other?.id).toBe(2)
    expect(other?.tools).toBe(one?.tools)
  })

  it('knows several offers at a time', () => {
    const reader = knowing()
    const others = '[{"name": "send"}]'
    const lines = [TOOLS, others, others, TOOLS, others].map((tools, number) =>
      reader.read({ number, text: `{"tools": ${tools}, "events": []}` }, 'f'),
    )
    expect(lines[4]?.tools).toBe(lines[2]?.tools)
    expect(lines[3]?.tools).toBe(lines[0]?.tools)
    expect(lines[4]?.tools).toEqual([{ name: 'send' }])
  })

  it.each([
    ['after the events', `{"events": ${EVENTS}, "tools": ${TOOLS}}`],
    ['written closely', `{"tools":${TOOLS},"events":[]}`],
    ['with more behind them', `{"tools": [{"name": "list"}, {"name": "more"}], "events": []}`],
    [
      'within an argument',
      `{"events": [{"type": "tool_call", "tool": "offer", "args": {"tools": ${TOOLS}}}], "tools": [{"name": "list"}]}`,
    ],
    ['within an argument only', `{"events": [{"type": "tool_call", "tool": "offer", "args": {"tools": ${TOOLS}}}]}`],
    ['named twice', `{"tools": ${TOOLS}, "tools": [], "events": []}`],
    ['in a text', `{"id": "{\\"tools\\": []", "tools": ${TOOLS}, "events": ${EVENTS}}`],
    ['of a text that ends in their name', `{"id\\"tools": ${TOOLS}, "tools": [{"name": "list"}], "events": []}`],
    ['beside a number that is none', `{"tools": ${TOOLS}, "events": [{"type": "tool_call", "tool": "pay", "args": {"amount": 1e999}}]}`],
    [
      'beside a name that means something',
      `{"tools": ${TOOLS}, "events": [{"type": "tool_call", "tool": "x", "args": {"__proto__": {"a": 1}}}]}`,
    ],
    ['without a comma', `{"tools": ${TOOLS} "events": []}`],
    ['and one bracket more', `{"tools": ${TOOLS}], "events": []}`],
    ['that are none', '{"tools": "", "events": []}'],
    ['of no recording', `{"tools": ${TOOLS}, "events": [{"type": "told"}]}`],
    ['of a longer number', `{"tools": ${TOOLS}1, "events": []}`],
    ['named twice, then none', `{"tools": ${TOOLS}, "tools": "", "events": []}`],
    ['within an argument, beside none', `{"events": [{"type": "tool_call", "args": {"tools": ${TOOLS}}}], "tools": ""}`],
    ['nested deeply', `{"tools": [{"name": "a", "inputSchema": ${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}}], "events": []}`],
  ])('reads tools %s as if it knew none', (_, line) => {
    expect(read(knowing(), line)).toEqual(readAlone(line))
    const often = new RecordingReader()
    for (let at = 0; at < 4; at += 1) expect(read(often, line)).toEqual(readAlone(line))
  })
})
