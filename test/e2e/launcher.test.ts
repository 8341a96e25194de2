import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../tools/bootstrap/runtime.mjs'
import { NATIVE_CLIENT, runCommand } from '../../tools/start/stack.ts'

const why = existsSync(NATIVE_CLIENT) ? '' : ' (skipped: the native front-end is not built; that takes a Rust compiler)'
const EVENT = JSON.stringify({ hook_event_name: 'PreToolUse', tool_name: 'Bash', tool_input: { command: 'true' } })

/** The launcher in a tree of its own, whose Node only says that it was called. */
describe.skipIf(why !== '')(`the launcher and the native front-end${why}`, () => {
  let tree: string
  let source: string

  beforeAll(async () => {
    tree = await mkdtemp(join(tmpdir(), 'assize-launcher-'))
    for (const folder of ['agent/client/src', 'agent/dist', 'bin']) await mkdir(join(tree, folder), { recursive: true })
    await copyFile(join(root, 'assize'), join(tree, 'assize'))
    source = join(tree, 'agent/client/src/main.rs')
    for (const file of [source, join(tree, 'agent/client/Cargo.toml')]) await writeFile(file, '')
    await copyFile(NATIVE_CLIENT, join(tree, 'agent/dist/assize-client'))
    await writeFile(join(tree, 'bin/node'), '#!/bin/sh\necho node was called\n')
    for (const file of ['assize', 'agent/dist/assize-client', 'bin/node']) await chmod(join(tree, file), 0o755)
    await built(-60)
  })
  afterAll(() => rm(tree, { recursive: true, force: true }))

  /** How many seconds the sources are newer than the program. */
  async function built(seconds: number): Promise<void> {
    const time = Date.now() / 1000 + seconds
    for (const file of [source, join(tree, 'agent/client/Cargo.toml')]) await utimes(file, time, time)
  }

  async function frontEnd(args: readonly string[], env: NodeJS.ProcessEnv = {}, program = join(tree, 'assize')): Promise<string> {
    const path = `${join(tree, 'bin')}:${process.env['PATH'] ?? ''}`
    const { stdout, stderr } = await runCommand([program, ...args], { input: EVENT, env: { PATH: path, ...env } })
    if (stdout.includes('node was called')) return 'node'
    return stdout.includes('"permissionDecision":"deny"') || stderr.includes('could not be started') ? 'native' : `${stdout}${stderr}`
  }

  const state = join(tmpdir(), 'assize-launcher-nobody')

  it.each([
    [['--state', state, 'hook', 'claude-code'], 'native'],
    [[`--state=${state}`, '-v', 'hook', 'claude-code', '--deadline', '300'], 'native'],
    [['--state', state, 'mcp', '--server', 'mcp', '--', '/no/such/program', '--help'], 'native'],
    [['mcp', '/no/such/program', '-h'], 'native'],
    [['hook', 'claude-code', '--print-settings'], 'node'],
    [['mcp', '--help'], 'node'],
    [['-v', 'mcp', '--deadline', '300', '--line-bytes', '4096', '/no/such/program', '--url'], 'native'],
    [['mcp', '--url', 'https://server.example/mcp'], 'node'],
    [['--state', state, 'mcp', '--server', 's', '--url=https://server.example/mcp'], 'node'],
    [['mcp', '--listen', '7400', '--', 'some-server'], 'node'],
    [['--state', 'hook', 'status'], 'node'],
    [['decisions', '--tool', 'hook'], 'node'],
    [[], 'node'],
  ])('%j goes to %s', async (args, expected) => {
    expect(await frontEnd(args)).toBe(expected)
  })

  it('goes to Node when that is asked for, and when the sources have changed since the build', async () => {
    const hook = ['--state', state, 'hook', 'claude-code']
    expect(await frontEnd(hook, { ASSIZE_CLIENT: 'node' })).toBe('node')
    await built(60)
    expect(await frontEnd(hook)).toBe('node')
    await built(-60)
    expect(await frontEnd(hook)).toBe('native')
  })

  it('works through a link to its folder', async () => {
    await symlink(tree, `${tree}-link`)
    expect(await frontEnd(['--state', state, 'hook', 'claude-code'], {}, join(`${tree}-link`, 'assize'))).toBe('native')
    await rm(`${tree}-link`)
  })
})
