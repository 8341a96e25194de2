/** A message as an event of a stream. */
export function asEvent(message: Buffer): string {
  const lines = message
    .toString('utf8')
    .trimEnd()
    .split(/\r\n|\n|\r/)
  return `event: message\n${lines.map((line) => `data: ${line}`).join('\n')}\n\n`
}
