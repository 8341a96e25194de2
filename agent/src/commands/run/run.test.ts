import { connect, createServer } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { currentPlatform } from '../../platform/platform.ts'
import { openGatewayDoor } from './gateway-door.ts'
import { mustBeProgram } from './named-program.ts'
import { routesThrough } from './routes.ts'
import { hasSandbox, quoted } from './sandbox.ts'
import { wallsOf } from './walls.ts'

describe('routes of a run', () => {
  it('lead every model client through the gateway', () => {
    const { variables, gaps } = routesThrough('http://127.0.0.1:7310', {})
    expect(variables).toEqual({
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:7310/anthropic',
      OPENAI_BASE_URL: 'http://127.0.0.1:7310/openai/v1',
      GOOGLE_GEMINI_BASE_URL: 'http://127.0.0.1:7310/gemini',
      OLLAMA_HOST: 'http://127.0.0.1:7310/ollama',
    })
    expect(gaps).toEqual([])
  })

  it('leave a variable alone that leads elsewhere, and say so without its keys', () => {
    const { variables, gaps } = routesThrough('http://127.0.0.1:7310', {
      OPENAI_BASE_URL: 'https://user:secret@proxy.corp.example/v1?key=secret',
    })
    expect(variables['OPENAI_BASE_URL']).toBeUndefined()
    expect(gaps).toHaveLength(1)
    expect(gaps[0]).toContain('proxy.corp.example')
    expect(gaps[0]).not.toContain('secret')
  })

  it('say what is missing without a gateway', () => {
    expect(routesThrough(undefined, {})).toMatchObject({ variables: {}, gaps: [expect.stringContaining('does not listen')] })
  })
})

describe('walls of a run', () => {
  const platform = {
    ...currentPlatform(),
    os: 'linux' as const,
    home: '/home/ann',
    temporary: '/tmp',
    environment: { SSH_AUTH_SOCK: '/tmp/ssh-1/agent' },
  }
  const walls = wallsOf({ platform, state: '/home/ann/.local/state/assize', cwd: '/home/ann/project', extra: ['/data/out'] })

  it('hide keys, sign-ins, service sockets and the agent itself', () => {
    for (const path of [
      '/home/ann/.ssh',
      '/home/ann/.aws',
      '/home/ann/.netrc',
      '/run',
      '/tmp/ssh-1/agent',
      '/home/ann/.local/state/assize',
    ])
      expect(walls.hidden).toContain(path)
  })

  it('open the working directory and what a person adds, not the home', () => {
    expect(walls.writable).toContain('/home/ann/project')
    expect(walls.writable).toContain('/data/out')
    expect(walls.writable).not.toContain('/home/ann')
  })

  it('are not promised where there are none', () => {
    expect(hasSandbox({ os: 'win32' })).toBe(false)
    expect(hasSandbox({ os: 'darwin' })).toBe(true)
  })
})

describe('words of a command', () => {
  it('reach the program as they are', (context) => {
    if (process.platform === 'win32') return context.skip()
    const words = ['a b', "it's", '$HOME', '`id`', '"', '', '\\', 'a\nb', '*']
    const { stdout } = spawnSync('/bin/sh', ['-c', `printf '%s\\0' ${words.map(quoted).join(' ')}`], { encoding: 'utf8' })
    expect(stdout.split('\0').slice(0, -1)).toEqual(words)
  })
})

describe('the door to the gateway', () => {
  it('passes bytes both ways and leaves nothing behind', async (context) => {
    if (process.platform === 'win32') return context.skip()
    const temporary = mkdtempSync(join(tmpdir(), 'assize-t-'))
    const echo = createServer((socket) => socket.pipe(socket))
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
    const address = echo.address()
    const door = await openGatewayDoor(typeof address === 'object' && address ? address.port : 0, temporary)
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(door.socket)
      socket.on('error', reject)
      socket.on('data', (chunk: Buffer) => {
        socket.destroy()
        resolve(chunk.toString())
      })
      socket.write('hello')
    })
    expect(answer).toBe('hello')
    await door.close()
    expect(spawnSync('ls', [temporary], { encoding: 'utf8' }).stdout).toBe('')
    await new Promise((resolve) => echo.close(resolve))
    rmSync(temporary, { recursive: true })
  })
})

describe('the program of a run', () => {
  const os = 'linux' as const
  const away = join(tmpdir(), 'x'.repeat(300))

  it.skipIf(process.platform === 'win32')('is found behind places of PATH that cannot be looked into', () => {
    expect(() => mustBeProgram('sh', { os, environment: { PATH: `${away}:/bin:/usr/bin` } })).not.toThrow()
    expect(() => mustBeProgram('x'.repeat(300), { os, environment: { PATH: '/bin' } })).toThrow(/^There is no program/)
  })
})
