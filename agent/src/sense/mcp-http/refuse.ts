import type { ServerResponse } from 'node:http'
import { errorReply, INVALID_REQUEST } from '../mcp-protocol.ts'

/** Clients show the text of an error that has the protocol's own shape. */
export function refuse(response: ServerResponse, status: number, text: string): void {
  say(response, status, errorReply(undefined, INVALID_REQUEST, `Assize: ${text}`))
}

/** One message as the whole answer. */
export function say(response: ServerResponse, status: number, message: Buffer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': message.length }).end(message)
}
