/** Opens and closes a server that programs of this machine alone can reach. */
import type { Server } from 'node:http'
import { messageOf } from '../platform/errors.ts'

export const LOOPBACK = '127.0.0.1'

/** The port it listens on, or why it does not. Does not reject. */
export function openOnLoopback(server: Server, port: number): Promise<{ readonly port: number } | { readonly why: string }> {
  return new Promise((resolve) => {
    server.once('error', (error) => resolve({ why: messageOf(error) }))
    server.listen(port, LOOPBACK, () => {
      const address = server.address()
      resolve({ port: typeof address === 'object' && address !== null ? address.port : port })
    })
  })
}

/** Ends what is under way as well. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve()
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
