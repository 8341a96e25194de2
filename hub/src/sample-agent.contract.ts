import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import {
  type ControlResponse,
  ControlService,
  EnrolmentService,
  type EnrolResponse,
  serviceDefinition,
  type TelemetryResponse,
  TelemetryRequestSchema,
  TelemetryResponseSchema,
} from '@assize/proto'
import { type ChannelCredentials, Client, type ClientDuplexStream, credentials, type ServiceError } from '@grpc/grpc-js'
import { newKeys } from './platform/authority/issue.ts'
import * as x509 from './platform/authority/x509.ts'
import { SampleChain } from './store/sample-chain.contract.ts'

/** A machine as the hub meets it: real keys, a real certificate, real gRPC. What it sends is up to the test. */
export interface Enrolled {
  readonly agentId: string
  readonly credentials: ChannelCredentials
  readonly certificatePem: string
  readonly caPem: string
  readonly answer: EnrolResponse
}

export interface TokenContent {
  readonly h: string
  readonly f: string
  readonly s: string
  readonly t: string
}

export function readToken(token: string): TokenContent {
  return JSON.parse(Buffer.from(token.replace('assize1.', ''), 'base64url').toString('utf8')) as TokenContent
}

export function pem(label: string, der: Uint8Array): string {
  return x509.PemConverter.encode(Uint8Array.from(der).buffer, label)
}

export async function certificateRequest(keys: Awaited<ReturnType<typeof newKeys>>): Promise<Uint8Array> {
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: 'CN=whatever it likes to be called',
    keys,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
  })
  return new Uint8Array(request.rawData)
}

/** Calls Enrol as an agent does. Rejects with the gRPC error. */
export async function enrol(
  address: string,
  ask: {
    readonly secret: string
    readonly ca: Uint8Array
    readonly request?: Uint8Array
    readonly hostname?: string
    readonly chain?: SampleChain
  },
): Promise<Enrolled> {
  const chain = ask.chain ?? new SampleChain()
  const keys = await importKeys(chain.privateKeyPem)
  const caPem = pem('CERTIFICATE', ask.ca)
  const answer = await unary<EnrolResponse>(address, credentials.createSsl(Buffer.from(caPem)), {
    service: EnrolmentService,
    method: 'enrol',
    message: {
      tokenSecret: ask.secret,
      certificateRequest: ask.request ?? (await certificateRequest(keys)),
      host: { hostname: ask.hostname ?? 'box', platform: 'linux', architecture: 'x64', osRelease: '6.1', agentVersion: '0.1.0' },
    },
  })
  const certificatePem = pem('CERTIFICATE', answer.certificate)
  return {
    agentId: answer.agentId,
    certificatePem,
    caPem,
    answer,
    credentials: credentials.createSsl(Buffer.from(caPem), Buffer.from(chain.privateKeyPem), Buffer.from(certificatePem)),
  }
}

async function importKeys(privatePem: string): Promise<Awaited<ReturnType<typeof newKeys>>> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const privateKey = await crypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(privatePem), algorithm, true, ['sign'])
  const { kty, crv, x, y } = (await crypto.subtle.exportKey('jwk', privateKey)) as { kty: string; crv: string; x: string; y: string }
  const publicKey = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, algorithm, true, ['verify'])
  return { privateKey, publicKey }
}

interface Asked {
  readonly service: Parameters<typeof serviceDefinition>[0]
  readonly method: string
  readonly message: object
}

export function unary<Answer>(address: string, channel: ChannelCredentials, { service, method, message }: Asked): Promise<Answer> {
  const client = new Client(address, channel)
  const wire = serviceDefinition(service)[method]
  if (wire === undefined) throw new Error(method)
  return new Promise<Answer>((resolve, reject) => {
    client.makeUnaryRequest(wire.path, wire.requestSerialize, wire.responseDeserialize, message, (error, answer) =>
      error ? reject(error) : resolve(answer as Answer),
    )
  }).finally(() => client.close())
}

/** A telemetry stream under the test's control. */
export class Telemetry {
  readonly #client: Client
  readonly call: ClientDuplexStream<Buffer, TelemetryResponse>
  readonly received: TelemetryResponse['message'][] = []
  readonly ended: Promise<ServiceError | undefined>
  #wake: () => void = () => undefined

  constructor(address: string, channel: ChannelCredentials) {
    this.#client = new Client(address, channel)
    this.call = this.#client.makeBidiStreamRequest(
      '/assize.v1.TelemetryService/Stream',
      (bytes: Buffer) => bytes,
      (bytes) => fromBinary(TelemetryResponseSchema, bytes),
    )
    this.call.on('data', (response: TelemetryResponse) => {
      this.received.push(response.message)
      this.#wake()
    })
    this.ended = new Promise((resolve) => {
      this.call.on('error', (error: ServiceError) => resolve(error))
      this.call.on('end', () => resolve(undefined))
    })
    void this.ended.then(() => {
      this.#wake()
      this.#client.close()
    })
  }

  hello(epoch = 1): this {
    return this.send(
      toBinary(
        TelemetryRequestSchema,
        create(TelemetryRequestSchema, { message: { case: 'hello', value: { epoch: BigInt(epoch), lastSeq: 0n, agentVersion: '0.1.0' } } }),
      ),
    )
  }

  send(bytes: Uint8Array): this {
    this.call.write(Buffer.from(bytes))
    return this
  }

  async welcome(): Promise<number> {
    const message = await this.next((one) => one.case === 'welcome')
    return message?.case === 'welcome' ? Number(message.value.ackedSeq) : -1
  }

  /** Resolves once everything up to `seq` is acknowledged. */
  async acked(seq: number): Promise<void> {
    await this.next((one) => one.case === 'ack' && Number(one.value.ackedSeq) >= seq)
  }

  /** The first message that fits, waiting for it; rejects when the stream ends first. */
  async next(fits: (message: TelemetryResponse['message']) => boolean): Promise<TelemetryResponse['message']> {
    let over: ServiceError | undefined | 'no' = 'no'
    void this.ended.then((end) => {
      over = end
    })
    for (;;) {
      const found = this.received.find(fits)
      if (found !== undefined) return found
      if (over !== 'no') throw over ?? new Error('the stream ended')
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        setTimeout(resolve, 50)
      })
    }
  }

  close(): void {
    this.call.cancel()
    this.#client.close()
  }
}

/** A control stream under the test's control. */
export class ControlLine {
  readonly #client: Client
  readonly call: ClientDuplexStream<object, ControlResponse>
  readonly received: ControlResponse['message'][] = []
  readonly ended: Promise<ServiceError | undefined>

  constructor(address: string, channel: ChannelCredentials) {
    this.#client = new Client(address, channel)
    const wire = serviceDefinition(ControlService)['stream']
    if (wire === undefined) throw new Error('stream')
    this.call = this.#client.makeBidiStreamRequest(wire.path, wire.requestSerialize, wire.responseDeserialize) as never
    this.call.on('data', (response: ControlResponse) => this.received.push(response.message))
    this.ended = new Promise((resolve) => {
      this.call.on('error', (error: ServiceError) => resolve(error))
      this.call.on('end', () => resolve(undefined))
    })
    void this.ended.then(() => this.#client.close())
  }

  send(message: object): this {
    this.call.write({ message })
    return this
  }

  async next(fits: (message: ControlResponse['message']) => boolean): Promise<ControlResponse['message']> {
    for (let tries = 0; tries < 800; tries++) {
      const found = this.received.find(fits)
      if (found !== undefined) return found
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error('nothing that fits came in twenty seconds')
  }

  close(): void {
    this.call.cancel()
    this.#client.close()
  }
}

/** Fetches a bundle's files. */
export function fetchBundle(address: string, channel: ChannelCredentials, manifestHash: string): Promise<ReadonlyMap<string, Buffer>> {
  const client = new Client(address, channel)
  const wire = serviceDefinition(ControlService)['fetchBundle']
  if (wire === undefined) throw new Error('fetchBundle')
  const call = client.makeServerStreamRequest(wire.path, wire.requestSerialize, wire.responseDeserialize, { manifestHash })
  const files = new Map<string, Buffer>()
  return new Promise<ReadonlyMap<string, Buffer>>((resolve, reject) => {
    call.on('data', (chunk: { path: string; data: Uint8Array }) =>
      files.set(chunk.path, Buffer.concat([files.get(chunk.path) ?? Buffer.alloc(0), chunk.data])),
    )
    call.on('error', reject)
    call.on('end', () => resolve(files))
  }).finally(() => client.close())
}
