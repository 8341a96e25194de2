import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../event/json.ts'
import { effectsOf } from '../effects-of.ts'

function effects(tool: string, args: JsonObject, cwd = 'C:\\w'): string[] {
  return effectsOf({ type: 'tool.call', callId: 'c1', tool, args, cwd, home: 'C:\\Users\\U' }).effects.map(
    ({ effect }) => `${effect.class} ${effect.target}`,
  )
}

describe('the shell a command line is written for', () => {
  it.each([
    ['shell', { command: 'Remove-Item C:\\x' }],
    ['execute_command', { command: 'del C:\\x' }],
    ['execute_command', { command: 'del /q C:\\x' }],
    ['run_in_terminal', { command: 'if exist C:\\x del C:\\x' }],
    ['shell', { command: ['powershell.exe', '-NoProfile', '-Command', 'ri C:\\x'] }],
    ['shell', { command: ['cmd', '/c', 'del C:\\x'] }],
    ['Bash', { command: "rm 'C:\\x'" }],
    ['PowerShell', { command: 'rm C:\\x' }],
    ['exec', { command: 'del C:\\x', shell: 'C:\\Windows\\System32\\cmd.exe' }],
  ])('%s of %j on Windows', (tool, args) => expect(effects(tool, args as JsonObject)).toContain('fs.delete c:/x'))

  it('goes by what the call says before what its text looks like', () => {
    expect(effects('exec', { command: 'rm /x && echo $env:x', shell: '/bin/bash' }, '/w')).toContain('fs.delete /x')
    expect(effects('exec', { command: 'ri /x', shell: 'pwsh' }, '/w')).toContain('fs.delete /x')
    expect(effects('exec', { command: 'Remove-Item /x' }, '/w')).toEqual(['process.exec Remove-Item'])
  })
})
