import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { looksOnly, parsePayload } from '../hook-facts.ts'
import { kiroHost } from './index.ts'

const read = (value: object) =>
  kiroHost.read(parsePayload(kiroHost.facts, JSON.stringify({ hook_event_name: 'preToolUse', cwd: '/w', ...value })))

describe("Kiro's own tools", () => {
  it('are known by what they do: what writes has a member called `command` that is none', () => {
    expect(read({ tool_name: 'fs_write', tool_input: { command: 'create', path: 'a.sh', file_text: 'x' } })).toMatchObject({
      tool: 'write_file',
      args: { path: 'a.sh', file_text: 'x' },
    })
    const replaced = { command: 'str_replace', path: 'a.sh', old_str: 'x', new_str: 'y' }
    expect(read({ tool_name: 'fs_write', tool_input: replaced })).toMatchObject({ tool: 'edit_file', args: { path: 'a.sh', new_str: 'y' } })
    expect(read({ tool_name: 'fs_write', tool_input: replaced })).not.toHaveProperty('args.command')
    expect(read({ tool_name: 'execute_bash', tool_input: { command: 'rm -r x' } })).toMatchObject({ tool: 'execute_command' })
    const operations = [{ mode: 'Line', path: '/a' }, { mode: 'Image', image_paths: ['/b', '/c'] }, 7]
    expect(read({ tool_name: 'fs_read', tool_input: { operations } })).toMatchObject({
      tool: 'read_file',
      args: { paths: ['/a', '/b', '/c'] },
    })
    expect(read({ tool_name: '@postgres/query', tool_input: { sql: 'SELECT 1' } })).toMatchObject({ server: 'postgres', tool: 'query' })
    const came = {
      hook_event_name: 'postToolUse',
      tool_name: '@web/get',
      tool_input: { url: 'https://x' },
      tool_response: { result: ['text'] },
    }
    expect(read(came)).toMatchObject({ kind: 'result', server: 'web', text: 'text', origin: 'https://x' })
  })
})

it('of its own tools only those count as looking that never write: `code` renames as well', () => {
  const looks = (tool_name: string) =>
    looksOnly(kiroHost.facts, parsePayload(kiroHost.facts, JSON.stringify({ hook_event_name: 'preToolUse', tool_name, tool_input: {} })))
  expect([looks('read'), looks('grep'), looks('code'), looks('shell'), looks('@web/read')]).toEqual([true, true, false, false, false])
})

describe("the hook in Kiro's file", () => {
  const line = (program: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'assize-kiro-'))
    writeFileSync(join(folder, 'hook'), `#!/bin/sh\n${program}\n`, { mode: 0o755 })
    const [file] = kiroHost.install.files({
      os: 'linux',
      home: folder,
      environment: {},
      root: '',
      command: [join(folder, 'hook')],
      read: () => undefined,
    })
    if (file?.format !== 'whole') throw new Error('there is no such file')
    return JSON.parse(file.text) as { version: string; hooks: { trigger: string; action: { command: string }; timeout: number }[] }
  }

  it('holds what the maker says a file of hooks is, and no more', () => {
    const { version, hooks } = line('true')
    expect([version, hooks.map(({ trigger }) => trigger)]).toEqual(['v1', ['PreToolUse', 'PostToolUse', 'UserPromptSubmit']])
    for (const hook of hooks)
      expect(Object.keys(hook).toSorted()).toEqual(['action', 'description', 'enabled', 'name', 'timeout', 'trigger'])
  })

  it.skipIf(process.platform === 'win32').each([
    ['allows', "echo '{}'", 0, ''],
    ['refuses', 'echo No. >&2; exit 2', 2, 'No.'],
    ['crashes', 'kill -SEGV $$', 2, 'Blocked by Assize'],
    ['says no JSON', 'echo oops', 2, 'Blocked by Assize'],
    ['says nothing', 'true', 2, 'Blocked by Assize'],
  ])('that %s adds nothing to the conversation, and never lets a call go on by failing', (_what, program, code, said) => {
    const [guard] = line(program).hooks
    const { status, stdout, stderr } = spawnSync('sh', ['-c', guard?.action.command ?? ''], { input: '{}', encoding: 'utf8' })
    expect([status, stdout, stderr.includes(said)]).toEqual([code, '', true])
  })
})
