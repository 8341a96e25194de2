import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { linuxConnections } from './connections.ts'

const HEADER = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
const row = (local: string, remote: string, state: string, inode: number) =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0000000000000000 20 4 30 10 -1\n`

describe('connections to a port', () => {
  it('are told with their owners, while they are open and a moment after', async () => {
    const root = mkdtempSync(join(tmpdir(), 'assize-proc-'))
    mkdirSync(join(root, 'net'))
    mkdirSync(join(root, '42/fd'), { recursive: true })
    symlinkSync('socket:[77]', join(root, '42/fd/5'))
    writeFileSync(join(root, '42/comm'), 'curl\n')
    writeFileSync(
      join(root, 'net/tcp'),
      HEADER +
        row('0100007F:A001', '0100007F:2CAB', '01', 77) +
        row('0100007F:A002', '0100007F:2CAB', '06', 0) +
        // Its other end, a listener, another port, and another machine.
        row('0100007F:2CAB', '0100007F:A001', '01', 78) +
        row('0100007F:2CAB', '00000000:0000', '0A', 79) +
        row('0100007F:A003', '0100007F:2CAC', '01', 80) +
        row('0A00000A:A004', '0B00000A:2CAB', '01', 81),
    )
    writeFileSync(
      join(root, 'net/tcp6'),
      HEADER + row('0000000000000000FFFF00000100007F:A005', '0000000000000000FFFF00000100007F:2CAB', '01', 82),
    )
    expect(await linuxConnections(root).to(11435)).toEqual([
      { from: 0xa001, pid: 42, program: 'curl' },
      { from: 0xa002, pid: undefined, program: undefined },
      { from: 0xa005, pid: undefined, program: undefined },
    ])
    expect(await linuxConnections(join(root, 'nowhere')).to(11435)).toEqual([])
  })

  it.runIf(process.platform === 'linux')('are those of this very system', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const client = connect(port, '127.0.0.1')
    await new Promise((resolve) => client.once('connect', resolve))
    expect(await linuxConnections().to(port)).toContainEqual(expect.objectContaining({ from: client.localPort, pid: process.pid }))
    client.destroy()
    server.close()
  })
})
