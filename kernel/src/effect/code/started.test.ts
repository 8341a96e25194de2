import { describe, expect, it } from 'vitest'
import { effectsOf } from '../effects-of.ts'
import { processorTime } from '../../event/processor-time.fixture.ts'

const effects = (command: string): readonly string[] =>
  effectsOf({ type: 'tool.call', callId: 'c', tool: 'Bash', args: { command }, cwd: '/w', home: '/home/u' }).effects.map(
    ({ effect }) => `${effect.class} ${effect.target}`,
  )

describe('commands that code in other languages starts', () => {
  it.each([
    [`elixir -e 'System.cmd("rm", ["-rf", "/data/raw"])'`],
    [`elixir -e 'x = "a"; System.shell("rm -rf /data/raw"); y = "b"'`],
    [`racket -e '(system "rm -rf /data/raw")'`],
  ])('are told: %s', (command) => expect(effects(command)).toContain('fs.delete /data/raw'))

  it('takes time that grows with the code', () => {
    effects('true')
    const start = processorTime()
    for (let time = 0; time < 4; time += 1) effects(`elixir -e "exec ${time}, ${"'rm', ".repeat(2700)}"`)
    expect(processorTime() - start).toBeLessThan(500)
  })
})
