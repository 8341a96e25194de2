import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { currentPlatform } from '../../platform/platform.ts'
import { connectAddress } from '../../platform/state-directory.ts'
import { refusedEgress } from './front-end.ts'

describe('asking for a connection', () => {
  const platform = currentPlatform()
  let state: string
  let mute: Server

  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), 'assize-t-'))
    mute = createServer((socket) => socket.on('error', () => undefined).resume())
  })
  afterEach(async () => {
    await new Promise((resolve) => mute.close(resolve))
    rmSync(state, { recursive: true })
  })

  const ask = () =>
    refusedEgress({ state, platform, cwd: '/w', app: 'claude', deadline: 150, asking: () => undefined }, { host: 'a.example', port: 443 })

  it('is a no, and nothing worse, where an agent takes the question and never answers', async () => {
    writeFileSync(join(state, 'agent.token'), 'x')
    await new Promise<void>((resolve) => mute.listen(connectAddress(state, platform), resolve))
    expect(await ask()).toMatch(/nobody could decide about the connection to a\.example/)
  })

  it('is a no where there is no agent', async () => {
    expect(await ask()).toMatch(/not running/)
  })
})
