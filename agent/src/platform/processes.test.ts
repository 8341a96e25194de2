import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { quoteForCmd, spawnable } from './command-line.ts'
import { linuxProcesses, parseStat } from './linux-processes.ts'
import { listedProcesses, parsePs, parseWindows } from './listed-processes.ts'
import { ulidSource } from './ulid.ts'

describe('the process tree', () => {
  it('is read from /proc up to the first process', async () => {
    if (process.platform !== 'linux') return
    const child = spawn('sleep', ['5'])
    const found = await linuxProcesses().ancestry(child.pid ?? 0)
    child.kill()
    expect(found[0]).toMatchObject({ pid: child.pid, parent: process.pid, name: 'sleep', arguments: ['sleep', '5'] })
    expect(found[1]).toMatchObject({ pid: process.pid })
  })

  it('survives names that look like the rest of the line', () => {
    const fields = Array.from({ length: 25 }, (_value, index) => String(index + 10))
    expect(parseStat(`7 (a) b) (c) S 42 ${fields.join(' ')}`)).toMatchObject({ name: 'a) b) (c', parent: 42 })
    expect(parseStat('')).toBeUndefined()
  })

  it('is read from listings elsewhere', async () => {
    const ps =
      '  1     0 Sun Nov 22 10:00:00 2026 /sbin/launchd\n 90     1 Sun Nov 22 10:00:01 2026 /Applications/Some App.app/Contents/MacOS/Some App\n'
    const found = await listedProcesses(() => Promise.resolve(parsePs(ps))).ancestry(90)
    expect(found.map((info) => info.name)).toEqual(['Some App', 'launchd'])
    expect(parseWindows('12\t4\t638\tclaude.exe\tC:\\x\\claude.exe\r\n')).toEqual([
      { pid: 12, parent: 4, started: '638', name: 'claude', executable: 'C:\\x\\claude.exe', arguments: [] },
    ])
    expect(await listedProcesses(() => Promise.reject(new Error('no'))).ancestry(1)).toEqual([])
  })
})

describe('commands on Windows', () => {
  it('go through the interpreter, quoted, unless they are programs', () => {
    expect(spawnable('node.exe', ['a b'], 'win32')).toEqual({ file: 'node.exe', args: ['a b'], verbatim: false })
    expect(spawnable('npx', ['-y', 'x'], 'linux')).toEqual({ file: 'npx', args: ['-y', 'x'], verbatim: false })
    const { file, args, verbatim } = spawnable('npx', ['-y', 'a&calc'], 'win32')
    expect([file, verbatim, args.slice(0, 3)]).toEqual(['cmd.exe', true, ['/d', '/s', '/c']])
    expect(args[3]).toContain('^&')
    expect(args[3]?.replaceAll('^&', '')).not.toContain('&')
  })

  it('leave no unescaped metacharacter', () => {
    for (const text of ['%PATH%', 'a"b', 'x|y', '(z)', '\\', 'a\\"'])
      expect(quoteForCmd(text).replaceAll(/\^./g, '')).not.toMatch(/[%"|()&<>^!]/)
  })
})

describe('ulids', () => {
  it('sort by when they were made, also within a millisecond and when the clock goes back', () => {
    let now = 1_000_000
    const next = ulidSource(() => now)
    const made = Array.from({ length: 3000 }, (_value, index) => {
      if (index === 1500) now -= 500
      return next()
    })
    expect(made).toEqual(made.toSorted())
    expect(new Set(made).size).toBe(3000)
    expect(made[0]).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
  })
})
