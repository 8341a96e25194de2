import { create, type DescMessage, type DescService, fromBinary, type Message, toBinary } from '@bufbuild/protobuf'

/** One method as `@grpc/grpc-js` wants it; structural, so this package needs no transport. */
export interface WireMethod {
  readonly path: string
  readonly requestStream: boolean
  readonly responseStream: boolean
  readonly requestSerialize: (message: object) => Buffer
  readonly requestDeserialize: (bytes: Buffer) => Message
  readonly responseSerialize: (message: object) => Buffer
  readonly responseDeserialize: (bytes: Buffer) => Message
}

/**
 * Turns a generated service into the definition grpc-js serves and calls.
 * Keys are the local method names (`enrol`, `stream`, `fetchBundle`). Messages may be given as plain init objects.
 */
export function serviceDefinition(service: DescService): Record<string, WireMethod> {
  const definition: Record<string, WireMethod> = Object.create(null) as Record<string, WireMethod>
  for (const method of service.methods) {
    const request = codec(method.input)
    const response = codec(method.output)
    definition[method.localName] = {
      path: `/${service.typeName}/${method.name}`,
      requestStream: method.methodKind === 'client_streaming' || method.methodKind === 'bidi_streaming',
      responseStream: method.methodKind === 'server_streaming' || method.methodKind === 'bidi_streaming',
      requestSerialize: request.serialize,
      requestDeserialize: request.deserialize,
      responseSerialize: response.serialize,
      responseDeserialize: response.deserialize,
    }
  }
  return definition
}

function codec(schema: DescMessage) {
  return {
    serialize: (message: object): Buffer =>
      Buffer.from(toBinary(schema, '$typeName' in message ? (message as Message) : create(schema, message as Record<string, unknown>))),
    deserialize: (bytes: Buffer): Message => fromBinary(schema, bytes),
  }
}
