import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { settledGrpcPort } from './options.mjs'

it('keeps the port of the first start, and starts where a full disk has left half of what was kept', () => {
  const state = mkdtempSync(join(tmpdir(), 'assize-start-'))
  onTestFinished(() => rmSync(state, { recursive: true }))
  expect(settledGrpcPort({ state, consolePort: 7300, grpcPort: 9000 })).toBe(9000)
  expect(settledGrpcPort({ state, consolePort: 7300 })).toBe(9000)
  for (const half of ['', '{"grpcPort":', 'null']) {
    writeFileSync(join(state, 'start.json'), half)
    expect(settledGrpcPort({ state, consolePort: 7300 })).toBe(7301)
  }
  expect(readdirSync(state)).toEqual(['start.json'])
  writeFileSync(join(state, 'file'), '')
  expect(() => settledGrpcPort({ state: join(state, 'file', 'in'), consolePort: 7300 })).toThrow(/cannot keep the state .*--state/)
})
