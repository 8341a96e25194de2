import { ControlService, serviceDefinition } from '@assize/proto'
import { Client, type ClientReadableStream } from '@grpc/grpc-js'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { sha256Hex } from '../platform/secrets.ts'
import type { Enrolled } from '../sample-agent.contract.ts'
import { SampleHub } from '../sample-hub.contract.ts'
import { StoreThread } from '../store/sqlite/thread.ts'

const BYTES = 8 * 1024 * 1024
const HASH = 'a'.repeat(64)
const AGENTS = 6

let sample: SampleHub
beforeAll(async () => {
  sample = await SampleHub.open()
  const bytes = new Uint8Array(BYTES).fill(7)
  const [signatures, card, by] = [[], '{}', 'test']
  const release = { task: 'texts', name: 'large', version: 1, hash: HASH, manifest: bytes.subarray(0, 9), signatures, card } as const
  const row = { ...release, created: 0, expires: Date.now() + 60_000, publishedBy: by, restores: '', bytes: BYTES }
  await sample.hub.store.write.addModelRelease('default', row, [{ path: 'model.onnx', sha256: sha256Hex(bytes), bytes }])
})
afterAll(() => sample.close())

/** How often the files of a bundle were read. */
function readsFrom(calls: { readonly mock: { readonly calls: readonly (readonly unknown[])[] } }): () => number {
  return () => calls.mock.calls.filter(([method]) => method === 'bundleFiles').length
}

/** Begins to fetch and reads nothing. */
function begin({ credentials }: Enrolled): ClientReadableStream<{ readonly data: Uint8Array }> {
  const client = new Client(sample.address, credentials)
  onTestFinished(() => client.close())
  const method = serviceDefinition(ControlService)['fetchBundle']
  if (method === undefined) throw new Error('fetchBundle')
  const { path, requestSerialize, responseDeserialize } = method
  return client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, { manifestHash: HASH }) as never
}

async function lengthOf(call: ClientReadableStream<{ readonly data: Uint8Array }>): Promise<number> {
  let length = 0
  for await (const chunk of call) length += (chunk as { readonly data: Uint8Array }).data.length
  return length
}

it('is held once for all who fetch it at the same time, however slowly they read', async () => {
  const reads = readsFrom(vi.spyOn(StoreThread.prototype, 'call').mockClear())
  const warned = vi.fn<(warning: Error) => void>()
  process.on('warning', warned)
  onTestFinished(() => void process.off('warning', warned))
  const agent = await sample.enrol()
  const calls = Array.from({ length: AGENTS }, () => begin(agent))
  await vi.waitFor(() => expect(reads()).toBeGreaterThan(0))
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(reads()).toBe(1)
  expect(await Promise.all(calls.map(lengthOf))).toEqual(Array.from({ length: AGENTS }, () => BYTES))
  expect(await lengthOf(begin(agent))).toBe(BYTES)
  expect(reads()).toBe(2)
  expect(warned.mock.calls.map(([{ name }]) => name)).not.toContain('MaxListenersExceededWarning')
})

it('is let go when those who fetched it are gone', async () => {
  const reads = readsFrom(vi.spyOn(StoreThread.prototype, 'call').mockClear())
  const agent = await sample.enrol()
  const gone = begin(agent)
  gone.on('error', () => undefined)
  await vi.waitFor(() => expect(reads()).toBe(1))
  gone.cancel()
  await vi.waitFor(async () => {
    expect(await lengthOf(begin(agent))).toBe(BYTES)
    expect(reads()).toBeGreaterThan(1)
  })
})
