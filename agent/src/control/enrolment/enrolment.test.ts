import { createPublicKey } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AgentError } from '../../platform/errors.ts'
import { makeCertificateRequest, pem } from './certificate-request.ts'
import { formatAddress, parseHubAddress } from './hub-address.ts'
import { loadIdentity } from './identity.ts'
import { parseToken } from './token.ts'

const fingerprint = 'ab'.repeat(32)

describe('an enrolment token', () => {
  it('says where the hub is and what to expect there', () => {
    const token = `assize1.${Buffer.from(JSON.stringify({ h: 'hub:7301', f: fingerprint, s: 'enr_1.secret', t: 'default' })).toString('base64url')}`
    expect(parseToken(` ${token}\n`)).toEqual({ address: 'hub:7301', fingerprint, secret: 'enr_1.secret', tenant: 'default' })
  })

  it('that is anything else is refused, and never repeated', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => `assize1.${Buffer.from(json).toString('base64url')}`),
        ),
        (text) => {
          expect(() => parseToken(text)).toThrow(AgentError)
        },
      ),
    )
    expect(() => parseToken(`assize1.${'A'.repeat(1_000_000)}`)).toThrow(AgentError)
    expect(() => parseToken('assize1.hunter2hunter2')).not.toThrow(/hunter2/)
  })
})

describe('a hub address', () => {
  it.each([
    ['hub.example.com', 'hub.example.com:7301'],
    ['hub.example.com:9000', 'hub.example.com:9000'],
    ['https://hub.example.com:9000/', 'hub.example.com:9000'],
    ['https://hub.example.com', 'hub.example.com:7301'],
    ['127.0.0.1:80', '127.0.0.1:80'],
    ['[::1]:7301', '[::1]:7301'],
    ['grpcs://[::1]', '[::1]:7301'],
  ])('%s is %s', (text, expected) => {
    expect(formatAddress(parseHubAddress(text))).toBe(expected)
  })

  it.each(['', ':7301', 'https://user:password@hub', 'hub:0', 'hub:99999', 'a b', '://'])('is not %j', (text) => {
    expect(() => parseHubAddress(text)).toThrow(AgentError)
  })
})

describe('an identity', () => {
  it('has a key of its own for every request', async () => {
    const [one, two] = await Promise.all([makeCertificateRequest(), makeCertificateRequest()])
    expect(one.keyPem).not.toBe(two.keyPem)
    expect(createPublicKey(one.keyPem).asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' })
    expect(pem('CERTIFICATE REQUEST', one.der)).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----\n/)
  })

  it('that is damaged is said to be so; one that is not there is nothing', () => {
    const directory = mkdtempSync(join(tmpdir(), 'assize-identity-'))
    expect(loadIdentity(directory)).toBeUndefined()
    for (const content of [
      '',
      '{',
      '{"hub":1}',
      JSON.stringify({ hub: 'h:1', tenant: 't', agentId: 'a', group: 'g', enrolledAt: '', bundleKeys: [] }),
    ]) {
      writeFileSync(join(directory, 'enrolment.json'), content)
      expect(() => loadIdentity(directory)).toThrow(/enrol again/)
    }
  })
})
