import { X509Certificate } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../../platform/errors.ts'
import type { HubAccess, HubAccessSource } from '../../platform/hub-access.ts'
import { callProbe, callRotate } from '../wire.ts'
import { makeCertificateRequest, pem } from './certificate-request.ts'
import { accessOf, adoptReplacement, dropReplacement, type Identity, loadIdentity, matches, storeReplacement } from './identity.ts'

export interface IdentityKeeperOptions {
  readonly directory: string
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number
  readonly onProblem?: (problem: string) => void
}

const LOOK_EVERY_MS = 2_000
/** Part of a certificate's life after which it is replaced. */
const ROTATE_AFTER = 2 / 3
const RETRY_MS = 60_000

/** Holds the identity in memory, notices an enrolment, and replaces the certificate long before it ends. */
export class IdentityKeeper implements HubAccessSource {
  readonly #options: IdentityKeeperOptions
  readonly #listeners = new Set<() => void>()
  readonly #timer: NodeJS.Timeout
  #stamp = ''
  #identity: Identity | undefined
  #access: HubAccess | undefined
  #problem = ''
  #rotating: Promise<boolean> | undefined
  #retryAt = 0

  constructor(options: IdentityKeeperOptions) {
    this.#options = options
    this.#look()
    this.#timer = setInterval(() => this.#tick(), LOOK_EVERY_MS).unref()
  }

  current(): HubAccess | undefined {
    return this.#access
  }

  identity(): Identity | undefined {
    return this.#identity
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Plain sentences about the identity; empty when nothing is wrong. */
  problems(): readonly string[] {
    const expires = this.#access?.certificateExpiresAt ?? Number.POSITIVE_INFINITY
    const expired =
      expires < this.#options.now()
        ? [
            `The agent's certificate ended on ${new Date(expires).toISOString()}, so the hub does not let it in. Decisions go on and are recorded; enrol again with \`assize enroll\`.`,
          ]
        : []
    return [...(this.#problem === '' ? [] : [this.#problem]), ...expired]
  }

  /** Replaces the certificate now. True when the new one is in use; otherwise the old one stays. */
  rotate(): Promise<boolean> {
    this.#rotating ??= this.#rotate().finally(() => {
      this.#rotating = undefined
    })
    return this.#rotating
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#listeners.clear()
  }

  #tick(): void {
    this.#look()
    if (this.#identity && this.#rotationDue(this.#identity)) void this.rotate()
  }

  #look(): void {
    const stamp = stampOf(join(this.#options.directory, 'enrolment.json'))
    if (stamp === this.#stamp) return
    this.#stamp = stamp
    try {
      this.#use(loadIdentity(this.#options.directory))
      this.#problem = ''
    } catch (error) {
      this.#use(undefined)
      this.#report(messageOf(error))
    }
  }

  #use(identity: Identity | undefined): void {
    this.#identity = identity
    this.#access = identity ? accessOf(identity) : undefined
    for (const listener of this.#listeners) listener()
  }

  #rotationDue(identity: Identity): boolean {
    const from = Date.parse(identity.certificate.validFrom)
    const due = from + (Date.parse(identity.certificate.validTo) - from) * ROTATE_AFTER
    const now = this.#options.now()
    return now >= due && now >= this.#retryAt
  }

  async #rotate(): Promise<boolean> {
    const identity = this.#identity
    if (!identity) return false
    this.#retryAt = this.#options.now() + RETRY_MS
    try {
      const replacement = await fetchReplacement(identity)
      storeReplacement(this.#options.directory, { keyPem: replacement.keyPem, certificatePem: replacement.certificatePem })
      // The new one must be seen to work before the old one goes.
      await callProbe(accessOf(replacement))
      adoptReplacement(this.#options.directory)
      this.#use(replacement)
      this.#problem = ''
      return true
    } catch (error) {
      dropReplacement(this.#options.directory)
      this.#report(
        `The agent's certificate could not be replaced (${messageOf(error)}). The present one works until ${identity.certificate.validTo}; the agent tries again every minute.`,
      )
      return false
    }
  }

  #report(problem: string): void {
    if (problem !== this.#problem) this.#options.onProblem?.(problem)
    this.#problem = problem
  }
}

async function fetchReplacement(identity: Identity): Promise<Identity> {
  const request = await makeCertificateRequest()
  const answer = await callRotate(accessOf(identity), request.der)
  const certificate = new X509Certificate(answer.certificate)
  const ca = new X509Certificate(identity.caPem)
  if (!matches(certificate, request.keyPem) || !certificate.verify(ca.publicKey))
    throw new Error('the hub answered with a certificate that does not fit')
  return { ...identity, certificate, certificatePem: pem('CERTIFICATE', certificate.raw), keyPem: request.keyPem }
}

function stampOf(path: string): string {
  try {
    const { mtimeMs, ino, size } = statSync(path)
    return `${mtimeMs}:${ino}:${size}`
  } catch {
    return ''
  }
}
