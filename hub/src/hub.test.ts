import { generateKeyPairSync } from 'node:crypto'
import { create, toBinary } from '@bufbuild/protobuf'
import { BundleKind, BundleStatus, EnrolmentService, TelemetryRequestSchema } from '@assize/proto'
import { credentials, status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueAgentCertificate } from './platform/authority/agent-certificate.ts'
import { issueCertificate, newKeys } from './platform/authority/issue.ts'
import * as x509 from './platform/authority/x509.ts'
import { certificateRequest, ControlLine, enrol, fetchBundle, pem, readToken, Telemetry, unary } from './sample-agent.contract.ts'
import { SampleHub } from './sample-hub.contract.ts'
import { SampleChain } from './store/sample-chain.contract.ts'

let sample: SampleHub
beforeAll(async () => {
  sample = await SampleHub.open()
})
afterAll(() => sample.close())

const secretOf = async (wish?: Parameters<SampleHub['enrolToken']>[0]) => readToken(await sample.enrolToken(wish)).s

describe('enrolment', () => {
  it('gives a machine a certificate whose names the hub chose', async () => {
    const enrolled = await sample.enrol()
    const certificate = new x509.X509Certificate(enrolled.certificatePem)
    const names = certificate.getExtension(x509.SubjectAlternativeNameExtension)
    expect(names?.names.items.map((name) => name.value)).toEqual([`assize://default/agent/${enrolled.agentId}`])
    expect(certificate.subject).toBe(`CN=${enrolled.agentId}`)
    expect(enrolled.answer.bundleKeys).toMatchObject([{ onHub: true }])
    expect(await sample.api('viewer', `agents/${enrolled.agentId}`)).toMatchObject({
      status: 200,
      body: { hostname: 'box', link: 'silent', coverage: 'unknown' },
    })
  })

  it.each([
    ['an unknown secret', async () => 'enr_00000000000000000000.AAAA', /not known/],
    ['a secret without its name', async () => 'x', /not known/],
    ['a known name with another secret', async () => `${(await secretOf()).split('.')[0]}.AAAA`, /not known/],
    ['an expired token', async () => secretOf({ expires: Date.now() - 1 }), /expired/],
  ])('refuses %s', async (_what, secret, text) => {
    await expect(enrol(sample.address, { secret: await secret(), ca: sample.hub.authority.certificate })).rejects.toMatchObject({
      code: status.UNAUTHENTICATED,
      details: expect.stringMatching(text),
    })
  })

  it('refuses a used-up token, and a key that is known', async () => {
    const secret = await secretOf({ uses: 1 })
    const chain = new SampleChain()
    const ca = sample.hub.authority.certificate
    await enrol(sample.address, { secret, ca, chain })
    await expect(enrol(sample.address, { secret, ca })).rejects.toMatchObject({
      code: status.UNAUTHENTICATED,
      details: expect.stringMatching(/no uses left/),
    })
    await expect(enrol(sample.address, { secret: await secretOf(), ca, chain })).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: expect.stringMatching(/already in use/),
    })
  })

  it('refuses requests that prove nothing, and weak keys', async () => {
    const ca = sample.hub.authority.certificate
    const secret = await secretOf()
    const forged = await certificateRequest(await newKeys())
    forged[forged.length - 3] = (forged[forged.length - 3] ?? 0) ^ 1
    await expect(enrol(sample.address, { secret, ca, request: forged })).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
    await expect(enrol(sample.address, { secret, ca, request: new Uint8Array([1, 2, 3]) })).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: expect.stringMatching(/PKCS#10/),
    })
    await expect(enrol(sample.address, { secret, ca, request: new Uint8Array(9000) })).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    })
    const rsa = (await crypto.subtle.generateKey(
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
      true,
      ['sign', 'verify'],
    )) as Awaited<ReturnType<typeof newKeys>>
    const request = await x509.Pkcs10CertificateRequestGenerator.create({
      name: 'CN=a',
      keys: rsa,
      signingAlgorithm: { name: 'RSASSA-PKCS1-v1_5' },
    })
    await expect(enrol(sample.address, { secret, ca, request: new Uint8Array(request.rawData) })).rejects.toMatchObject({
      details: expect.stringMatching(/accepted type/),
    })
  })

  it('rotates: the new key works, and so does the old one until it ends', async () => {
    const enrolled = await sample.enrol()
    const chain = new SampleChain()
    const keys = await newKeys()
    const answer = await unary<{ certificate: Uint8Array }>(sample.address, enrolled.credentials, {
      service: EnrolmentService,
      method: 'rotate',
      message: { certificateRequest: await certificateRequest(keys) },
    })
    const keyPem = pem('PRIVATE KEY', new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey)))
    const rotated = credentials.createSsl(
      Buffer.from(enrolled.caPem),
      Buffer.from(keyPem),
      Buffer.from(pem('CERTIFICATE', answer.certificate)),
    )
    for (const channel of [enrolled.credentials, rotated]) {
      const stream = new Telemetry(sample.address, channel).hello(chain.epoch)
      expect(await stream.welcome()).toBe(0)
      stream.close()
    }
    await expect(
      unary(sample.address, credentials.createSsl(Buffer.from(enrolled.caPem)), {
        service: EnrolmentService,
        method: 'rotate',
        message: { certificateRequest: new Uint8Array(1) },
      }),
    ).rejects.toMatchObject({ code: status.UNAUTHENTICATED })
  })
})

describe('the door for agents', () => {
  const ca = () => Buffer.from(pem('CERTIFICATE', sample.hub.authority.certificate))
  const knock = async (certificatePem: string, keyPem: string) =>
    new Telemetry(sample.address, credentials.createSsl(ca(), Buffer.from(keyPem), Buffer.from(certificatePem))).hello().ended

  it('does not open without a certificate', async () => {
    const end = await new Telemetry(sample.address, credentials.createSsl(ca())).hello().ended
    expect(end).toMatchObject({ code: status.UNAUTHENTICATED, details: expect.stringMatching(/no client certificate/) })
  })

  it('does not open to a certificate of another authority', async () => {
    const keys = await newKeys()
    const caKeys = await newKeys()
    const foreign = await x509.X509CertificateGenerator.createSelfSigned({
      name: 'CN=Assize hub CA',
      keys: caKeys,
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
      extensions: [new x509.BasicConstraintsExtension(true)],
    })
    const enrolled = await sample.enrol()
    const certificate = await issueCertificate(
      { certificate: foreign, keys: caKeys },
      {
        publicKey: keys.publicKey,
        commonName: 'a',
        notBefore: Date.now() - 1000,
        notAfter: Date.now() + 60_000,
        usage: x509.ExtendedKeyUsage.clientAuth,
        names: [{ type: 'url', value: `assize://default/agent/${enrolled.agentId}` }],
      },
    )
    const end = await knock(
      certificate.toString('pem'),
      pem('PRIVATE KEY', new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey))),
    )
    expect(end).toMatchObject({ code: status.UNAUTHENTICATED, details: expect.stringMatching(/not issued by this hub/) })
  })

  const own = async (wish: { agent: string; usage?: x509.ExtendedKeyUsage; from?: number; to?: number }) => {
    const keys = await newKeys()
    const certificate = await issueCertificate(sample.hub.authority.issuer, {
      publicKey: keys.publicKey,
      commonName: 'a',
      notBefore: wish.from ?? Date.now() - 1000,
      notAfter: wish.to ?? Date.now() + 60_000,
      usage: wish.usage ?? x509.ExtendedKeyUsage.clientAuth,
      names: [{ type: 'url', value: `assize://default/agent/${wish.agent}` }],
    })
    return knock(certificate.toString('pem'), pem('PRIVATE KEY', new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey))))
  }

  it.each([
    ['an expired certificate', { from: Date.now() - 20_000, to: Date.now() - 10_000 }, /has expired/],
    ['a certificate of tomorrow', { from: Date.now() + 3_600_000, to: Date.now() + 7_200_000 }, /not valid yet/],
    ['a server certificate', { usage: x509.ExtendedKeyUsage.serverAuth }, /does not belong to an agent/],
  ])('does not open to %s', async (_what, wish, text) => {
    const { agentId } = await sample.enrol()
    expect(await own({ agent: agentId, ...wish })).toMatchObject({ code: status.UNAUTHENTICATED, details: expect.stringMatching(text) })
  })

  it('does not open to an agent it never enrolled', async () => {
    expect(await own({ agent: 'agt_00000000000000000000' })).toMatchObject({
      code: status.UNAUTHENTICATED,
      details: expect.stringMatching(/does not know/),
    })
  })

  it('hangs up on a revoked agent at once, and stays closed', async () => {
    const enrolled = await sample.enrol()
    const stream = new Telemetry(sample.address, enrolled.credentials).hello()
    const control = new ControlLine(sample.address, enrolled.credentials).send({
      case: 'bundleState',
      value: { kind: BundleKind.POLICY, status: BundleStatus.ACTIVE },
    })
    await stream.welcome()
    expect((await sample.api('approver', `agents/${enrolled.agentId}/revoke`, { method: 'POST' })).status).toBe(403)
    expect(await sample.api('admin', `agents/${enrolled.agentId}/revoke`, { method: 'POST' })).toMatchObject({
      status: 200,
      body: { link: 'revoked' },
    })
    expect(await stream.ended).toMatchObject({ code: status.UNAUTHENTICATED, details: expect.stringMatching(/revoked/) })
    expect(await control.ended).toMatchObject({ code: status.UNAUTHENTICATED })
    expect(await new Telemetry(sample.address, enrolled.credentials).hello().ended).toMatchObject({
      code: status.UNAUTHENTICATED,
      details: expect.stringMatching(/revoked/),
    })
    await expect(fetchBundle(sample.address, enrolled.credentials, '0'.repeat(64))).rejects.toMatchObject({ code: status.UNAUTHENTICATED })
  })

  it('ends a stream when the certificate under it expires', async () => {
    const short = await SampleHub.open({ certificateLifetime: '5s' })
    try {
      const enrolled = await short.enrol()
      const stream = new Telemetry(short.address, enrolled.credentials).hello()
      await stream.welcome()
      expect(await stream.ended).toMatchObject({ code: status.UNAUTHENTICATED, details: expect.stringMatching(/expired/) })
    } finally {
      await short.close()
    }
  })
})

describe('telemetry', () => {
  it('stores, acknowledges, and continues where it stopped', async () => {
    const chain = new SampleChain()
    const enrolled = await sample.enrol(chain)
    for (let count = 0; count < 6; count++) chain.decide({ verdict: count === 2 ? 'deny' : 'allow' })
    const first = new Telemetry(sample.address, enrolled.credentials).hello()
    expect(await first.welcome()).toBe(0)
    await first.send(chain.batch(1, 4)).acked(4)
    first.close()
    const second = new Telemetry(sample.address, enrolled.credentials).hello()
    expect(await second.welcome()).toBe(4)
    await second.send(chain.batch(3, 6)).send(chain.batch(3, 6)).acked(6)
    second.close()
    const list = await sample.api('viewer', `decisions?agent=${enrolled.agentId}&limit=100`)
    expect(list.body.items).toHaveLength(6)
    const id = chain.entries[2]?.decision?.decisionId ?? ''
    expect(await sample.api('viewer', `decisions/${id}`)).toMatchObject({
      status: 200,
      body: { verdict: 'deny', seq: 3, entry: { kind: 'decision', id }, hostname: 'box' },
    })
    expect(await sample.api('viewer', `agents/${enrolled.agentId}`)).toMatchObject({
      body: { link: 'connected', stored: { epoch: 1, seq: 6, entries: 6, dropped: 0 } },
    })
  })

  it('refuses a tampered body, keeps nothing of it, and raises an alarm', async () => {
    const chain = new SampleChain()
    const enrolled = await sample.enrol(chain)
    for (let count = 0; count < 3; count++) chain.decide()
    const spoiled = chain.entries.map((entry) =>
      entry.seq === 2
        ? { ...entry, body: new TextEncoder().encode(new TextDecoder().decode(entry.body).replace('allow', 'deny_')) }
        : entry,
    )
    const stream = new Telemetry(sample.address, enrolled.credentials).hello()
    await stream.welcome()
    expect(await stream.send(chain.batch(1, 3, { entries: spoiled })).ended).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: expect.stringMatching(/wrong-hash/),
    })
    const agent = await sample.api('viewer', `agents/${enrolled.agentId}`)
    expect(agent.body).toMatchObject({ stored: { seq: 0, entries: 0 }, problems: [expect.stringMatching(/refused records/)] })
    expect((await sample.api('analyst', 'audit')).body.items).toContainEqual(
      expect.objectContaining({ action: 'alarm.chain-wrong-hash', subject: enrolled.agentId }),
    )
  })

  it('refuses a gap without an alarm: the agent starts again from what is held', async () => {
    const chain = new SampleChain()
    const enrolled = await sample.enrol(chain)
    for (let count = 0; count < 4; count++) chain.decide()
    const stream = new Telemetry(sample.address, enrolled.credentials).hello()
    await stream.welcome()
    expect(await stream.send(chain.batch(3, 4)).ended).toMatchObject({
      code: status.FAILED_PRECONDITION,
      details: expect.stringMatching(/gap/),
    })
    expect((await sample.api('viewer', `agents/${enrolled.agentId}`)).body).toMatchObject({ problems: [] })
  })

  it.each([
    ['a batch before the hello', (stream: Telemetry, chain: SampleChain) => stream.send(chain.batch())],
    ['two hellos', (stream: Telemetry) => stream.hello().hello()],
    ['noise', (stream: Telemetry) => stream.send(new Uint8Array([0xff, 0xff, 0xff]))],
    ['nothing', (stream: Telemetry) => stream.send(new Uint8Array(0))],
  ])('ends a stream that sends %s', async (_what, act) => {
    const chain = new SampleChain()
    const enrolled = await sample.enrol(chain)
    chain.decide()
    const end = await act(new Telemetry(sample.address, enrolled.credentials), chain).ended
    expect([status.INVALID_ARGUMENT, status.FAILED_PRECONDITION]).toContain(end?.code)
  })

  it('refuses a message of more than 4 MiB', async () => {
    const enrolled = await sample.enrol()
    const end = await new Telemetry(sample.address, enrolled.credentials).hello().send(new Uint8Array(5 * 1024 * 1024).fill(0x12)).ended
    expect(end?.code).toBe(status.RESOURCE_EXHAUSTED)
  })

  it('lets the newer of two streams win, tells the older, and raises an alarm', async () => {
    const enrolled = await sample.enrol()
    const older = new Telemetry(sample.address, enrolled.credentials).hello()
    await older.welcome()
    const newer = new Telemetry(sample.address, enrolled.credentials).hello()
    await newer.welcome()
    expect(await older.ended).toMatchObject({ code: status.ABORTED })
    await expect
      .poll(async () => (await sample.api('viewer', `agents/${enrolled.agentId}`)).body['problems'])
      .toEqual([expect.stringMatching(/Two machines/)])
    newer.close()
  })

  it('keeps the last health report, cut to size', async () => {
    const enrolled = await sample.enrol()
    const stream = new Telemetry(sample.address, enrolled.credentials).hello()
    await stream.welcome()
    const health = {
      atMs: BigInt(Date.now()),
      uptimeMs: 5000n,
      policyName: 'balanced',
      policyVersion: 3n,
      policyHash: 'ab',
      problems: ['x'.repeat(5000)],
      coverage: [
        { app: 'cursor', state: 'protected' },
        { app: 'claude-code', state: 'surely fine', reason: 'no hook' },
      ],
      modelFiles: [{ path: '/m.gguf', format: 'gguf', size: 2n ** 63n, modifiedAtMs: 0n }],
      processes: [{ pid: 7, kind: 'ollama', executable: '/usr/bin/ollama', ports: [{ address: '0.0.0.0', port: 11434 }] }],
    }
    stream.send(toBinary(TelemetryRequestSchema, create(TelemetryRequestSchema, { message: { case: 'health', value: health } })))
    await expect
      .poll(async () => (await sample.api('viewer', `agents/${enrolled.agentId}`)).body)
      .toMatchObject({
        policy: { name: 'balanced', version: 3 },
        coverage: 'unprotected',
        problems: ['x'.repeat(500)],
        processes: [{ pid: 7, ports: [{ port: 11434 }] }],
        modelFiles: [{ size: 0 }],
        uptimeMs: 5000,
      })
    expect((await sample.api('viewer', 'overview')).body).toMatchObject({ coverage: { protected: 1, partial: 0, unprotected: 1 } })
    stream.close()
  })

  it('is not crashed by records of another kind of agent', async () => {
    const { agentId } = await sample.enrol()
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const publicKey = new x509.PublicKey(rsa.publicKey.export({ format: 'der', type: 'spki' }))
    const der = await issueAgentCertificate(sample.hub.authority.issuer, {
      tenant: 'default',
      agent: agentId,
      request: { publicKey, keyHash: '' },
      now: Date.now(),
      lifetimeMs: 60_000,
    })
    const channel = credentials.createSsl(
      Buffer.from(pem('CERTIFICATE', sample.hub.authority.certificate)),
      Buffer.from(rsa.privateKey.export({ format: 'pem', type: 'pkcs8' })),
      Buffer.from(pem('CERTIFICATE', der)),
    )
    const chain = new SampleChain()
    chain.decide()
    const stream = new Telemetry(sample.address, channel).hello()
    await stream.welcome()
    expect(await stream.send(chain.batch()).ended).toMatchObject({ details: expect.stringMatching(/bad-signature/) })
  })
})
