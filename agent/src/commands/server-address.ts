import { AgentError } from '../platform/errors.ts'

/** The address of a server that is reached over the web. Throws an `AgentError` on anything else. */
export function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new AgentError('usage', `\`${text}\` is no address of an MCP server, so nothing was started. Write \`--url https://HOST/PATH\`.`)
  return url
}
