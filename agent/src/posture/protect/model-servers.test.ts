import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { yamlEditor } from './edit/yaml.ts'
import { enter, withdraw } from './entries.ts'
import { edited } from './edit/change.ts'
import { ollama } from './model-servers.ts'

function machine(files: Readonly<Record<string, string>>, os: 'linux' | 'darwin' = 'linux') {
  const root = mkdtempSync(join(tmpdir(), 'assize-root-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return { root, server: ollama({ os, home: join(root, 'home/ada'), environment: {} }, '/etc/assize/agent.yaml', root) }
}

const UNIT = '[Service]\nExecStart=/usr/local/bin/ollama serve\nEnvironment="PATH=/usr/bin"\n'

describe('Ollama moves behind the gateway', () => {
  it('as a service of the system, by a drop-in that has the last word', () => {
    const { root, server } = machine({ 'etc/systemd/system/ollama.service': UNIT })
    expect(server).toMatchObject({
      port: 11434,
      behind: 11435,
      obstacles: [],
      restart: expect.stringMatching(/systemctl daemon-reload/) as string,
    })
    expect(server.plans[1]).toMatchObject({ path: join(root, 'etc/systemd/system/ollama.service.d/zz-assize.conf'), format: 'whole' })
    expect(server.plans[1]).toMatchObject({
      text: expect.stringMatching(/^\[Service\]\nEnvironment="OLLAMA_HOST=127\.0\.0\.1:11435"$/m) as string,
    })
  })

  it('as a service of a package, without touching the file of the package', () => {
    const { root, server } = machine({ 'usr/lib/systemd/system/ollama.service': UNIT })
    expect(server.plans[1]?.path).toBe(join(root, 'etc/systemd/system/ollama.service.d/zz-assize.conf'))
  })

  it('as a service of the person', () => {
    const { root, server } = machine({ 'home/ada/.config/systemd/user/ollama.service': UNIT })
    expect(server.plans[1]?.path).toBe(join(root, 'home/ada/.config/systemd/user/ollama.service.d/zz-assize.conf'))
    expect(server.restart).toContain('systemctl --user')
  })

  it('from whatever port it has', () => {
    const { server } = machine({
      'etc/systemd/system/ollama.service': UNIT,
      'etc/systemd/system/ollama.service.d/override.conf': '[Service]\nEnvironment="OLLAMA_HOST=http://127.0.0.1:8000" "A=b"\n',
      'etc/systemd/system/ollama.service.d/zz-assize.conf': '[Service]\nEnvironment="OLLAMA_HOST=127.0.0.1:9"\n',
    })
    expect([server.port, server.behind]).toEqual([8000, 8001])
  })

  it('not when other machines use it', () => {
    const { server } = machine({ 'etc/systemd/system/ollama.service': `${UNIT}Environment=OLLAMA_HOST=0.0.0.0\n` })
    expect(server.plans).toEqual([])
    expect(server.obstacles[0]).toMatch(/other machines/)
  })

  it('by hand where there is no service', () => {
    for (const { server } of [machine({}), machine({}, 'darwin')]) {
      expect(server.plans.map(({ path }) => path)).toEqual(['/etc/assize/agent.yaml'])
      expect(server.restart).toContain('OLLAMA_HOST=127.0.0.1:11435 ollama serve')
    }
  })
})

describe('the configuration of the agent', () => {
  const entries = machine({}).server.plans.flatMap((plan) => (plan.format === 'whole' ? [] : plan.entries))
  it.each([
    [''],
    ['# nothing yet\n'],
    ['# nothing yet'],
    ['pack: strict\n'],
    ['pack: strict # mine\nsense:\n  models: {}\n'],
    ['sense:\n  modelApi:\n    port: 7310 # here\n'],
    ['sense: { modelApi: { port: 7310 } }\n'],
  ])('takes it in and gives it back: %j', (before) => {
    const config = yamlEditor.parse(before)
    const after = edited(yamlEditor, before, enter(config, entries))
    expect(yamlEditor.parse(after)).toMatchObject({
      sense: { modelApi: { takeOver: { ollama: { port: 11434, server: 'http://127.0.0.1:11435' } } } },
    })
    for (const word of before.split(/\s+/)) expect(after).toContain(word)
    const back = edited(yamlEditor, after, withdraw(yamlEditor.parse(after), entries))
    expect(back).not.toContain('11435')
    for (const word of before.split(/\s+/)) expect(back).toContain(word)
  })
})
