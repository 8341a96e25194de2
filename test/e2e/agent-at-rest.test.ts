import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { AGENT_MAIN } from '../../tools/start/stack.ts'

/** What the resident agent loads to start, besides what it loads when a gate or a model needs it. */
let loaded: readonly string[]
let modules: readonly string[]

beforeAll(() => {
  const chunks = join(dirname(AGENT_MAIN), 'chunks')
  const agent = readdirSync(chunks).filter((file) => /^agent-[A-Z0-9]+\.mjs$/.test(file))
  expect(agent).toHaveLength(1)
  const files = new Set([AGENT_MAIN, join(chunks, agent[0] ?? '')])
  for (const file of files)
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport)\s?"(\.{1,2}\/[^"]+\.mjs)"/g))
      files.add(resolve(dirname(file), path))
  loaded = [...files]
  modules = loaded.flatMap((file) => {
    const { sources } = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as { readonly sources: readonly string[] }
    return sources.map((source) => resolve(dirname(file), source))
  })
})

describe('an agent at rest', () => {
  it('has loaded what it decides with', () => {
    for (const part of ['kernel/src/decide.ts', 'agent/src/agent.ts', 'agent/src/sense/mcp-stdio/', 'agent/src/ship/uplink.ts'])
      expect(modules.filter((path) => path.includes(part))).not.toEqual([])
  })

  it.each([
    ['the command line', '/commander/'],
    ['a reader of .proto files', '/protobufjs/'],
    ['messages in languages nobody set', /\/zod\/v4\/locales\/(?!en\.js|index\.js)/],
    ['the protocol library of another gate', '/@a2a-js/'],
    ['a web framework', '/express/'],
    ['the tool protocol library', '/@modelcontextprotocol/'],
    ['the policy engine', '/cedar-wasm/'],
  ])('has not loaded %s', (_what, part) => {
    expect(modules.filter((path) => (typeof part === 'string' ? path.includes(part) : part.test(path)))).toEqual([])
  })

  it.each(['onnxruntime-node', 'node-llama-cpp', '@cedar-policy/cedar-wasm', 'systeminformation'])(
    'imports %s only when it is needed',
    (name) => {
      const always = new RegExp(`(?:\\bfrom|\\bimport)\\s?"${name}[^"]*"`)
      expect(loaded.filter((file) => always.test(readFileSync(file, 'utf8')))).toEqual([])
    },
  )

  it('keeps a character of its own source in one octet', () => {
    expect(loaded.filter((file) => /[^\u0000-\u00ff]/.test(readFileSync(file, 'utf8')))).toEqual([])
  })
})
