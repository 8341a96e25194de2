/** A message as an event of a stream. */
export function asEvent(message: Buffer): string {
  const lines = message
    .toString('utf8')
    .trimEnd()
    .split(/\r\n|\n|\r/)
  return `event: message\n${lines.map((line) => `data: ${line}`).join('\n')}\n\n`
}

/** The event with other data: its id, by which a stream is resumed, and all else stay. */
export function withData(event: Buffer, message: Buffer): string {
  const others = event
    .toString('utf8')
    .split(/\r\n|\n|\r/)
    .filter((line) => line !== '' && !/^\uFEFF?data(?::|$)/.test(line))
  const data = message
    .toString('utf8')
    .trimEnd()
    .split(/\r\n|\n|\r/)
    .map((line) => `data: ${line}`)
  return `${[...others, ...data].join('\n')}\n\n`
}
