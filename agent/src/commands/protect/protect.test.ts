import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { SAMPLES } from '../../posture/protect/corpus.fixture.ts'
import { HOOK_HOSTS } from '../../sense/index.ts'

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url))

interface Printed {
  readonly files: readonly {
    readonly path: string
    readonly done: string
    readonly behind: readonly string[]
    readonly remote: readonly string[]
    readonly detail: string
  }[]
  readonly hooks: readonly { readonly app: string; readonly ok: boolean; readonly detail: string }[]
}

function machine() {
  const home = mkdtempSync(join(tmpdir(), 'assize-home-'))
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), text)
  }
  const assize = (...args: readonly string[]): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> =>
    new Promise((resolve) => {
      const environment = { PATH: process.env['PATH'], HOME: home, ASSIZE_CLIENT: 'node' }
      const child = spawn(process.execPath, ['--no-warnings', MAIN, '--state', join(home, '.state'), ...args], { env: environment })
      let [out, err] = ['', '']
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
      child.on('close', (code) => resolve({ code, out, err }))
    })
  /** Every file with its bytes, every folder; without the agent's own. */
  const picture = (): Record<string, string> => {
    const seen: Record<string, string> = {}
    const look = (folder: string): void => {
      for (const name of readdirSync(folder)) {
        const path = join(folder, name)
        if (path === join(home, '.state')) continue
        if (statSync(path).isDirectory()) {
          seen[`${relative(home, path)}/`] = ''
          look(path)
        } else seen[relative(home, path)] = readFileSync(path, 'base64')
      }
    }
    look(home)
    return seen
  }
  return { home, put, assize, picture }
}

describe('assize protect', () => {
  it('protects everything that is found, says truthfully that no agent answers yet, and takes every byte back', async () => {
    const { home, put, assize, picture } = machine()
    for (const { path, text } of SAMPLES) put(path, text)
    mkdirSync(join(home, 'Documents', 'Cline'), { recursive: true })
    const before = picture()

    const dry = await assize('--json', 'protect', '--dry-run')
    expect(dry.err).toBe('')
    expect(picture()).toEqual(before)
    const planned = JSON.parse(dry.out) as Printed

    const done = await assize('--json', 'protect')
    const printed = JSON.parse(done.out) as Printed
    expect(printed.files.map(({ path }) => path).toSorted()).toEqual(planned.files.map(({ path }) => path).toSorted())
    expect(printed.files.filter((file) => file.done !== 'changed')).toEqual([])
    const behind = printed.files.flatMap((file) => file.behind)
    const addresses = SAMPLES.flatMap(({ text }) => [...text.matchAll(/(?<![.\w])(?:url|serverUrl|httpUrl|uri)\b"?\s*[:=]\s*"?https?:/g)])
    expect(behind.length).toBe(SAMPLES.flatMap((sample) => sample.local).length + addresses.length)
    expect(printed.files.flatMap((file) => file.remote)).toEqual([])
    expect(done.code).toBe(1)
    expect(printed.hooks.map((hook) => hook.app).toSorted()).toEqual(HOOK_HOSTS.map((host) => host.facts.client).toSorted())
    for (const hook of printed.hooks) expect(hook).toMatchObject({ ok: false, detail: expect.stringMatching(/no agent answers/) as string })

    const again = JSON.parse((await assize('--json', 'protect')).out) as Printed
    expect(again.files.filter((file) => file.done !== 'unchanged')).toEqual([])

    const back = await assize('--json', 'unprotect')
    expect(back.code).toBe(0)
    expect((JSON.parse(back.out) as Printed).files.filter((file) => file.done !== 'restored')).toEqual([])
    expect(picture()).toEqual(before)
  }, 60_000)

  it('knows a trusted hook from one that its host would skip, and what keeps hooks from running', async () => {
    const { home, put, assize } = machine()
    put('.codex/config.toml', 'model = "x"\n[features]\nhooks = false\n')
    put('.claude/settings.json', '{"disableAllHooks": true}')
    const first = JSON.parse((await assize('--json', 'protect', 'codex', 'claude-code')).out) as Printed
    expect(first.hooks).toMatchObject([
      { app: 'claude-code', ok: false, detail: expect.stringMatching(/disableAllHooks/) as string },
      { app: 'codex', ok: false, detail: expect.stringMatching(/hooks = false/) as string },
    ])
    // A group before ours moves it, and the record of trust is about its place.
    const path = join(home, '.codex', 'hooks.json')
    const hooks = JSON.parse(readFileSync(path, 'utf8')) as { hooks: { PreToolUse: unknown[] } }
    hooks.hooks.PreToolUse.unshift({ hooks: [{ type: 'command', command: 'mine' }] })
    writeFileSync(path, JSON.stringify(hooks))
    const doctor = await assize('--json', 'doctor')
    expect(JSON.parse(doctor.out)).toContainEqual({
      name: 'codex',
      ok: false,
      detail: expect.stringMatching(/Run `assize protect codex`/) as string,
    })
    await assize('protect', 'codex')
    expect(readFileSync(join(home, '.codex', 'config.toml'), 'utf8')).toContain('pre_tool_use:1:0')
    expect((await assize('unprotect', 'codex')).code).toBe(0)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ hooks: { PreToolUse: [{ hooks: [{ type: 'command', command: 'mine' }] }] } })
    expect(readFileSync(join(home, '.codex', 'config.toml'), 'utf8')).toBe('model = "x"\n[features]\nhooks = false\n')
    expect(existsSync(join(home, '.claude', 'settings.json'))).toBe(true)
  }, 60_000)

  it('says in few words what would be done, what was done, and what was left alone', async () => {
    const { put, assize } = machine()
    put('.cursor/mcp.json', '{ "mcpServers": { "a": { "command": "npx", "args": ["a"] } } }')
    put('.config/zed/settings.json', '{ broken')
    const said = async (...words: readonly string[]) => (await assize(...words)).out.trimEnd().split('\n')
    const dry = await said('protect', '--dry-run', 'cursor', 'zed')
    expect(dry[0]).toMatch(/^to change   cursor  \S+mcp\.json$/)
    expect(dry.at(-1)).toBe('2 files would be changed; nothing was done. 1 file left alone for the reason beside it.')
    expect(dry).toContainEqual(
      expect.stringMatching(/^left-alone {2}zed {2}\S+ {2}It was not changed: it is not JSON \(.* in line 1, column 3\)/),
    )
    const done = await said('protect', 'cursor')
    expect(done[0]).toMatch(/^changed     cursor  \S+mcp\.json$/)
    expect(done.at(-1)).toBe('2 files changed; `assize unprotect` puts every byte back.')
    expect((await said('unprotect', '--dry-run')).at(-1)).toBe('2 files would be put back; nothing was done.')
    expect((await said('unprotect')).at(-1)).toBe('2 files put back.')
    expect(await said('unprotect')).toEqual(['Nothing was found to change.'])
  }, 60_000)

  it('refuses names that it does not know', async () => {
    const { assize, picture } = machine()
    const { code, err } = await assize('protect', 'clippy')
    expect([code, err]).toEqual([2, expect.stringMatching(/no application `clippy`, so nothing was changed; known: .*codex/)])
    expect(picture()).toEqual({})
  })

  it('protects the servers of one project when told to, nothing else, and takes them out again after others changed the file', async () => {
    const { home, put, assize, picture } = machine()
    const server = (name: string) => `{ "${name}": { "command": "npx", "args": ["-y", "${name}"] } }`
    put('.cursor/mcp.json', `{ "mcpServers": ${server('mine')} }`)
    put('work/.mcp.json', `\uFEFF{\r\n  "mcpServers": ${server('a')} // shared\r\n}`)
    put('work/.vscode/mcp.json', `{ "servers": ${server('b')}, "inputs": [] }\n`)
    put('work/.cursor/mcp.json', `{ "mcpServers": ${server('c')} }`)
    put('work/.codex/config.toml', `[mcp_servers.d]\ncommand = "d"\n`)
    put('work/.kiro/settings/mcp.json', '{ broken')
    const before = picture()
    const dry = JSON.parse((await assize('--json', 'protect', '--project', join(home, 'work'), '--dry-run')).out) as Printed
    expect(picture()).toEqual(before)
    const done = await assize('--json', 'protect', '--project', join(home, 'work'))
    const printed = JSON.parse(done.out) as Printed
    const of = ({ files }: Printed) => files.map(({ path, done: what }) => [relative(join(home, 'work'), path), what])
    const all = ['.mcp.json', '.cursor/mcp.json', '.vscode/mcp.json', '.codex/config.toml']
    expect(of(printed)).toEqual([...all.map((path) => [path, 'changed']), ['.kiro/settings/mcp.json', 'left-alone']])
    expect(of(dry)).toEqual(of(printed))
    expect(printed.files.flatMap(({ behind }) => behind)).toEqual(['a', 'c', 'b', 'd'])
    expect(printed.hooks.map(({ detail }) => detail)).toEqual(all.map(() => expect.stringContaining('paths of this machine')))
    expect(picture()['.cursor/mcp.json']).toBe(before['.cursor/mcp.json'])
    expect(done.code).toBe(1)

    // Somebody adds a server meanwhile: only what is ours goes.
    const vscode = join(home, 'work', '.vscode', 'mcp.json')
    writeFileSync(vscode, readFileSync(vscode, 'utf8').replace('"inputs": []', '"inputs": [1]'))
    const undone = await assize('--json', 'unprotect')
    expect([undone.code, undone.err]).toEqual([0, ''])
    const after = picture()
    const left = Buffer.from(after['work/.vscode/mcp.json'] ?? '', 'base64').toString()
    expect(JSON.parse(left)).toEqual({ servers: JSON.parse(server('b')), inputs: [1] })
    expect({ ...after, 'work/.vscode/mcp.json': '' }).toEqual({ ...before, 'work/.vscode/mcp.json': '' })
  })

  it.skipIf(process.platform === 'win32')('writes for everybody what everybody can read, however its own files are kept', async () => {
    const { home, assize } = machine()
    const umask = process.umask(0o077)
    try {
      const image = join(home, 'image')
      const printed = JSON.parse((await assize('--json', 'protect', '--managed', '--root', image)).out) as Printed
      const changed = printed.files.filter(({ done }) => done === 'changed').map(({ path }) => path)
      expect(changed.length).toBeGreaterThan(7)
      for (const path of changed) {
        expect(statSync(path).mode & 0o044, path).toBe(0o044)
        for (let folder = dirname(path); folder !== home; folder = dirname(folder))
          expect(statSync(folder).mode & 0o055, folder).toBe(0o055)
      }
    } finally {
      process.umask(umask)
    }
  })
})
