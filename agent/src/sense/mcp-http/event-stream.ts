/** One event of a `text/event-stream`. */
export interface StreamEvent {
  readonly data: Buffer
  readonly id: string | undefined
}

/** The events of a stream, however it was cut. Throws on one that is longer than allowed. */
export async function* eventsOf(body: AsyncIterable<Buffer>, most: number): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder('utf-8')
  /** What came of a line that is not all there. */
  let parts: string[] = []
  let length = 0
  let data: string[] = []
  let size = 0
  let id: string | undefined
  for await (const part of body) {
    const text = decoder.decode(part, { stream: true })
    length += text.length
    if (length > most) throw new Error('an event is too long')
    if (text === '') continue
    const open = parts.at(-1)
    parts.push(text)
    // A line that is long in coming is not looked through anew with every piece of it.
    if (open?.endsWith('\r') !== true && !/[\r\n]/.test(text)) continue
    const lines = parts.join('').split(/\r\n|\n|\r(?!$)/)
    const rest = lines.pop() ?? ''
    parts = rest === '' ? [] : [rest]
    length = rest.length
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield { data: Buffer.from(data.join('\n')), id }
        data = []
        size = 0
        continue
      }
      const colon = line.indexOf(':')
      const [field, value] = colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]
      if (field === 'id') id = value
      if (field !== 'data') continue
      size += value.length
      if (size > most) throw new Error('an event is too long')
      data.push(value)
    }
  }
}
