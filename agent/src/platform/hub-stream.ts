/** A two-way stream to the hub, whatever it carries. */
import { Client, type ClientDuplexStream, type MethodDefinition, type ServiceError } from '@grpc/grpc-js'
import type { HubChannel } from './hub-access.ts'

export interface HubStreamListener<Response> {
  readonly response: (response: Response) => void
  /** The write buffer has room again. */
  readonly drain?: () => void
  /** Called once, when the stream is over. `problem` is empty when the hub ended it in order. */
  readonly end: (problem: string) => void
}

/** How to reach one streaming method of a service. */
export type HubMethod = Pick<MethodDefinition<object, object>, 'path' | 'requestSerialize' | 'responseDeserialize'>

/** Opens the stream on a connection of its own, which ends with it. Never throws; a failure arrives as `end`. */
export function openHubStream<Response extends object>(
  channel: HubChannel,
  method: HubMethod,
  listener: HubStreamListener<Response>,
): ClientDuplexStream<object, object> {
  const client = new Client(channel.address, channel.credentials, channel.options)
  const call: ClientDuplexStream<object, object> = client.makeBidiStreamRequest(
    method.path,
    method.requestSerialize,
    method.responseDeserialize,
  )
  let over = false
  const end = (problem: string) => {
    if (over) return
    over = true
    client.close()
    listener.end(problem)
  }
  call.on('data', (response: Response) => listener.response(response))
  if (listener.drain) call.on('drain', listener.drain)
  call.on('error', (error: ServiceError) => end(error.details || error.message))
  call.on('end', () => end(''))
  return call
}
