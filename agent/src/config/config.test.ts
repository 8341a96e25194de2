import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AgentError } from '../platform/errors.ts'
import { currentPlatform } from '../platform/platform.ts'
import { loadConfig } from './index.ts'

const platform = { ...currentPlatform(), environment: {} }

function file(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'assize-')), 'agent.yaml')
  writeFileSync(path, text)
  return path
}

describe('the configuration', () => {
  it('has defaults for everything', () => {
    expect(loadConfig(file(''), platform)).toMatchObject({ pack: 'balanced', act: { askMs: 50_000 } })
  })

  it('is overruled by the environment', () => {
    const environment = { ASSIZE_PACK: 'strict', ASSIZE_LOG: 'debug' }
    expect(loadConfig(file('pack: observe\nact: { askMs: 10 }'), { ...platform, environment })).toMatchObject({
      pack: 'strict',
      log: 'debug',
      act: { askMs: 10 },
    })
  })

  it('opens the model gateway where the environment says so, and keeps the rest of its section', () => {
    const load = (text: string, port: string) => loadConfig(file(text), { ...platform, environment: { ASSIZE_MODEL_GATEWAY: port } })
    expect(load('sense: { modelApi: { port: 1, origins: [https://a.example] } }', '7310').sense.modelApi).toMatchObject({
      port: 7310,
      origins: ['https://a.example'],
    })
    expect(() => load('', 'soon')).toThrow(/modelApi.port/)
    const both = { ASSIZE_MODEL_GATEWAY: '7310', ASSIZE_DECISION_API: '7311' }
    expect(loadConfig(file(''), { ...platform, environment: both }).sense).toMatchObject({ modelApi: { port: 7310 }, acs: { port: 7311 } })
    expect(() => load('sense: open', '7310')).toThrow(/sense/)
  })

  it.each([
    ['a model server over plain HTTP elsewhere', 'sense: { modelApi: { upstreams: { openai: "http://models.example" } } }', /https/],
    ['an unknown key', 'packs: x', /packs/],
    ['an unknown key inside', 'act: { ask: 1 }', /act/],
    ['a wrong value', 'act: { askMs: soon }', /askMs/],
    ['no mapping', '- a', /not a mapping/],
    ['broken YAML', 'a: [', /could not be read/],
    [
      'an alias bomb',
      `a: &a [x]\n${Array.from({ length: 40 }, (_value, index) => `b${index}: [${'*a,'.repeat(40)}]`).join('\n')}`,
      /could not be read|not valid/,
    ],
  ])('refuses %s, saying what it means', (_name, text, why) => {
    const load = () => loadConfig(file(text), platform)
    expect(load).toThrow(AgentError)
    expect(load).toThrow(why)
    expect(load).toThrow(/nothing is protected/)
  })

  it('refuses a file that was asked for and is not there', () => {
    expect(() => loadConfig('/nowhere/agent.yaml', platform)).toThrow(/does not exist/)
  })
})
