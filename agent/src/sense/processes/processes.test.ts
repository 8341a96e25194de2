import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { currentPlatform } from '../../platform/platform.ts'
import { watcherContract } from '../watcher.contract.ts'
import { PROCESS_KINDS } from './catalogue.ts'
import { exposures } from './exposures.ts'
import { processes } from './index.ts'
import { LinuxSource } from './linux-source.ts'
import { ListedSource } from './listed-source.ts'
import { readAddress } from './listening-sockets.ts'
import { recognise } from './recognise.ts'

const setting = { platform: currentPlatform(), now: () => Date.now() }

describe('processes', () => {
  watcherContract(async () => {
    const root = fakeProc()
    const source = new LinuxSource(root, '/dev/null')
    const pids = new Map<string, number>()
    return {
      watcher: processes(setting, { every: 20, scan: () => source.scan() }),
      appear: async (name) => {
        const pid = 100 + pids.size
        pids.set(name, pid)
        addProcess(root, pid, { executable: '/usr/bin/ollama', args: ['ollama', 'serve'] })
      },
      vanish: async (name) => rmSync(join(root, String(pids.get(name))), { recursive: true }),
    }
  })

  it('sees a real process and what it listens on', async (context) => {
    if (process.platform !== 'linux') return context.skip()
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    // This very process becomes recognisable by its first argument alone: the child inherits the listening socket.
    const child = spawn('/bin/sleep', ['30'], {
      argv0: 'llama-server',
      stdio: ['ignore', 'ignore', 'ignore', (server as unknown as { _handle: { fd: number } })._handle.fd],
    })
    try {
      await new Promise((resolve) => child.once('spawn', resolve))
      const seen = (await new LinuxSource().scan()).find((known) => known.pid === child.pid)
      expect(seen?.kind.kind).toBe('llama-server')
      expect(seen?.ports).toEqual([{ address: '127.0.0.1', port }])
      expect(Math.abs((seen?.startedAt ?? 0) - Date.now())).toBeLessThan(60_000)
    } finally {
      child.kill()
      server.close()
    }
  })

  it('notices that a pid was given to another process', async () => {
    const root = fakeProc()
    const source = new LinuxSource(root, '/dev/null')
    addProcess(root, 7, { executable: '/usr/bin/ollama', args: ['ollama'], ticks: 10 })
    for (let scan = 0; scan < 5; scan += 1) expect((await source.scan()).length).toBe(1)
    rmSync(join(root, '7'), { recursive: true })
    addProcess(root, 7, { executable: '/usr/bin/vi', args: ['vi'], ticks: 99 })
    await source.scan()
    expect(await source.scan()).toEqual([])
  })

  it('recognises a process that turns into another program soon after its start', async () => {
    const root = fakeProc()
    const source = new LinuxSource(root, '/dev/null')
    addProcess(root, 8, { executable: '/bin/sh', args: ['sh', '-c', 'exec codex'] })
    expect(await source.scan()).toEqual([])
    rmSync(join(root, '8', 'cmdline'))
    rmSync(join(root, '8', 'exe'))
    writeFileSync(join(root, '8', 'cmdline'), 'codex\0')
    symlinkSync('/usr/bin/codex', join(root, '8', 'exe'))
    expect((await source.scan())[0]?.kind.kind).toBe('codex')
  })

  it('shows helpers of one program as one sighting, and never an argument', async () => {
    const root = fakeProc()
    addProcess(root, 20, { executable: '/usr/bin/ollama', args: ['ollama', 'serve', '--key', 'hunter2'] })
    addProcess(root, 21, { executable: '/usr/bin/ollama', args: ['ollama', 'runner'], parent: 20 })
    const again = processes(setting, new LinuxSource(root, '/dev/null'))
    const shown = await new Promise<readonly { detail: unknown }[]>((resolve) => {
      const watching = again.start((sightings) => {
        resolve(sightings)
        void watching.stop()
      })
    })
    expect(shown.length).toBe(1)
    expect(JSON.stringify(shown)).not.toContain('hunter2')
  })

  it('uses a system-wide listing where there is no /proc', async () => {
    const source = new ListedSource({
      processes: () =>
        Promise.resolve({
          list: [
            {
              pid: 5,
              parentPid: 1,
              name: 'ollama.exe',
              path: 'C:\\Programs\\Ollama',
              command: 'ollama.exe',
              params: 'serve',
              started: '2026-11-22 10:00:00',
              user: 'me',
            },
          ],
        }),
      networkConnections: () =>
        Promise.resolve([
          { state: 'LISTEN', localAddress: '*', localPort: '11434', pid: 5 },
          { state: 'ESTABLISHED', localAddress: '1.2.3.4', localPort: '1', pid: 5 },
        ]),
    })
    const [seen] = await source.scan()
    expect(seen?.kind.kind).toBe('ollama')
    expect(seen?.facts.executable).toBe('C:\\Programs\\Ollama\\ollama.exe')
    expect(seen?.ports).toEqual([{ address: '0.0.0.0', port: 11434 }])
  })
})

describe('recognise', () => {
  it.each([
    [
      { executable: '/usr/bin/node', args: ['node', '--no-warnings', '/usr/lib/node_modules/@anthropic-ai/claude-code/cli.js'] },
      'claude-code',
    ],
    [{ executable: '/usr/bin/python3.12', args: ['python3', '-m', 'vllm.entrypoints.openai.api_server'] }, 'vllm'],
    [{ executable: '/usr/bin/python3', args: ['python3', '-u', '/opt/text-generation-webui/server.py'] }, 'text-generation-webui'],
    [{ executable: '/opt/llama', args: ['llama', 'serve', '-m', 'x'] }, 'llama-server'],
    [{ executable: 'C:\\Tools\\LLAMA-SERVER.EXE', args: [] }, 'llama-server'],
    [{ executable: '/usr/bin/node', args: ['claude'] }, 'claude-code'],
    [{ executable: '/opt/llama', args: ['llama', 'chat'] }, undefined],
    [{ executable: '/usr/bin/node', args: ['node', '-e', '@openai/codex'] }, undefined],
    [{ executable: '/bin/grep', args: ['grep', 'ollama', '@openai/codex'] }, undefined],
    [{ executable: '', args: [] }, undefined],
  ])('%j is %s', (facts, kind) => {
    expect(recognise(facts)?.kind).toBe(kind)
  })

  it('has no two kinds of one name', () => {
    const kinds = PROCESS_KINDS.map((entry) => entry.kind)
    expect(new Set(kinds).size).toBe(kinds.length)
  })
})

describe('exposures', () => {
  const kind = (name: string) => PROCESS_KINDS.find((entry) => entry.kind === name) ?? PROCESS_KINDS[0]!
  const facts = (...args: string[]) => ({ executable: 'x', args: ['x', ...args] })

  it('speaks of ports that others can reach, and only of those', () => {
    const seen = {
      ports: [
        { address: '0.0.0.0', port: 11434 },
        { address: '127.0.0.1', port: 1 },
        { address: '::1', port: 2 },
      ],
      variables: new Map<string, string>(),
    }
    expect(exposures(kind('ollama'), facts('serve'), seen)).toEqual([
      'listens beyond this machine on port 11434: whoever can reach it can use it',
    ])
  })

  it('speaks of options that make a server act and of origins without limit', () => {
    const none = { ports: [], variables: new Map<string, string>() }
    expect(exposures(kind('llama-server'), facts('--tools=all'), none)).toHaveLength(1)
    expect(exposures(kind('claude-code'), facts('--dangerously-skip-permissions'), none)).toHaveLength(1)
    expect(exposures(kind('ollama'), facts(), { ports: [], variables: new Map([['OLLAMA_ORIGINS', 'http://a, *']]) })).toHaveLength(1)
    expect(exposures(kind('ollama'), facts(), { ports: [], variables: new Map([['OLLAMA_ORIGINS', 'http://a.example']]) })).toEqual([])
  })
})

describe('readAddress', () => {
  it.each([
    ['0100007F', '127.0.0.1'],
    ['00000000', '0.0.0.0'],
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000001000000', '::1'],
    ['0000000000000000FFFF00000100007F', '127.0.0.1'],
    ['B80D01200000000000000000010000FE', '2001:db8::fe00:1'],
  ])('%s is %s', (hex, address) => {
    expect(readAddress(hex)).toBe(address)
  })
})

function fakeProc(): string {
  const root = mkdtempSync(join(tmpdir(), 'assize-proc-'))
  writeFileSync(join(root, 'stat'), 'cpu 0\nbtime 1700000000\n')
  mkdirSync(join(root, 'net'))
  return root
}

function addProcess(root: string, pid: number, of: { executable: string; args: readonly string[]; parent?: number; ticks?: number }): void {
  const directory = join(root, String(pid))
  const making = `${directory}.making`
  mkdirSync(making)
  writeFileSync(join(making, 'cmdline'), `${of.args.join('\0')}\0`)
  writeFileSync(join(making, 'environ'), 'OLLAMA_HOST=127.0.0.1\0SECRET=hunter2\0')
  writeFileSync(join(making, 'stat'), `${pid} (a (b) c) S ${of.parent ?? 1}${' 0'.repeat(17)} ${of.ticks ?? 5} 0`)
  symlinkSync(of.executable, join(making, 'exe'))
  renameSync(making, directory)
}
