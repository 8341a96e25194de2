/** A way out of a sandbox without a network to one port of this machine: a socket in the file system. */
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'

export interface GatewayDoor {
  /** Where the sandboxed side connects. */
  readonly socket: string
  readonly close: () => Promise<void>
}

/** Passes every connection on to `127.0.0.1:port`. The directory is this user's alone. */
export async function openGatewayDoor(port: number, temporary: string): Promise<GatewayDoor> {
  const directory = mkdtempSync(join(temporary, 'assize-run-'))
  const socket = join(directory, 'gateway.sock')
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    for (const [side, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(side)
      side.on('error', () => other.destroy())
      side.on('close', () => {
        open.delete(side)
        other.destroy()
      })
    }
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socket, resolve)
  })
  return {
    socket,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const side of open) side.destroy()
      await closed
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
