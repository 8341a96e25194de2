import { once } from 'node:events'
import { type ServerWritableStream, status } from '@grpc/grpc-js'
import { admit, type Admission } from '../platform/grpc/admission.ts'
import { asGrpcFailure, GrpcFailure } from '../platform/grpc/failure.ts'
import type { Store } from '../store/index.ts'
import type { SharedBundles } from './shared-bundles.ts'

export interface BundleChunk {
  readonly path: string
  readonly offset: number
  readonly data: Uint8Array
}

export type FetchCall = ServerWritableStream<string, BundleChunk>

const CHUNK_BYTES = 64 * 1024

export interface Sending {
  readonly store: Store
  readonly admission: Admission
  readonly bundles: SharedBundles
}

/** Sends the files of a bundle in manifest order, no faster than they are read. */
export async function sendBundle(call: FetchCall, options: Sending): Promise<void> {
  call.on('error', () => undefined)
  try {
    const { tenant } = await admit(call, options.admission)
    const hash = call.request
    const over = once(call, 'cancelled').catch(() => undefined)
    await options.bundles.use(tenant, hash, async (files) => {
      if (files.length === 0) throw await missing(options.store, hash)
      for (const file of files) await sendFile(call, file, over)
    })
    call.end()
  } catch (error) {
    const { code, details } = asGrpcFailure(error)
    call.emit('error', Object.assign(new Error(details), { code, details }))
  }
}

interface File {
  readonly path: string
  readonly bytes: Uint8Array
}

/** `over` settles when the agent has gone. */
async function sendFile(call: FetchCall, { path, bytes }: File, over: Promise<unknown>): Promise<void> {
  let offset = 0
  do {
    if (call.cancelled) return
    const data = bytes.subarray(offset, offset + CHUNK_BYTES)
    if (!call.write({ path, offset, data })) await Promise.race([once(call, 'drain'), over])
    offset += data.length
  } while (offset < bytes.length)
}

async function missing(store: Store, hash: string): Promise<GrpcFailure> {
  if (await store.read.bundleExists(hash))
    return new GrpcFailure(status.PERMISSION_DENIED, 'The bundle belongs to another tenant. The policy in force stays in force.')
  return new GrpcFailure(status.NOT_FOUND, 'The hub has no such bundle. The policy in force stays in force.')
}
