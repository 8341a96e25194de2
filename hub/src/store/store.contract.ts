import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AppendResult, StoreAppend } from './append.ts'
import { SampleChain } from './sample-chain.contract.ts'
import type { Store } from './store.ts'
import type { Enrolment } from './writes.ts'

/** What every engine of the store must hold. */
export interface EngineUnderTest {
  readonly store: Store & { readonly append: StoreAppend }
  /** Opens the same data again, as after a restart. */
  reopen(): Promise<EngineUnderTest>
  dispose(): Promise<void>
}

const NOW = Date.UTC(2026, 10, 20, 12)
const PAGE = { limit: 50 }

export function storeContract(name: string, open: () => Promise<EngineUnderTest>): void {
  describe(`${name} keeps the store's contract`, () => {
    let engine: EngineUnderTest
    let chain: SampleChain
    beforeEach(async () => {
      engine = await open()
      chain = new SampleChain()
      await enrol(engine.store)
    })
    afterEach(() => engine.dispose())
    const send = (message: Uint8Array, agent = 'agt_1') =>
      engine.store.append.append({ tenant: 'default', agent, publicKey: chain.publicKey, message, receivedAt: NOW })

    describe('append', () => {
      it('stores a chain and acknowledges its end', async () => {
        chain.decide()
        chain.decide({ verdict: 'deny', tool: 'send_email', policy: 'p1' })
        chain.outcome(chain.entries.length === 2 ? idOf(chain, 2) : '', 'blocked')
        expect(await send(chain.batch())).toEqual({ ok: true, epoch: 1, acked: 3, stored: 3, decisions: 2, duplicates: 0 })
        expect(await engine.store.append.acked('default', 'agt_1', 1)).toBe(3)
        const detail = await engine.store.read.decision('default', idOf(chain, 2))
        expect(detail).toMatchObject({
          verdict: 'deny',
          tool: 'send_email',
          policy: 'p1',
          agent: 'agt_1',
          seq: 2,
          outcomes: [{ outcome: 'blocked' }],
        })
        expect(detail?.previousHash).toBe(Buffer.from(chain.entries[0]?.hash ?? []).toString('hex'))
      })

      it('tells of a question what became of it, and of nothing else', async () => {
        for (const verdict of ['ask', 'ask', 'ask', 'deny'] as const) chain.decide({ verdict })
        chain.outcome(idOf(chain, 1), 'approved')
        chain.outcome(idOf(chain, 2), 'blocked')
        chain.outcome(idOf(chain, 2), 'expired')
        chain.outcome(idOf(chain, 4), 'denied')
        await send(chain.batch())
        const listed = (await engine.store.read.decisions('default', {}, PAGE)).items
        const answers = [1, 2, 3, 4].map((place) => listed.find((one) => one.id === idOf(chain, place))?.answer)
        expect(answers).toEqual(['approved', 'expired', undefined, undefined])
        expect((await engine.store.read.decision('default', idOf(chain, 1)))?.answer).toBe('approved')
      })

      it('takes what it already has without keeping it twice', async () => {
        for (let count = 0; count < 5; count++) chain.decide()
        await send(chain.batch(1, 3))
        expect(await send(chain.batch(1, 3))).toMatchObject({ ok: true, acked: 3, stored: 0, duplicates: 3 })
        expect(await send(chain.batch(2, 5))).toMatchObject({ ok: true, acked: 5, stored: 2, duplicates: 2 })
        expect((await engine.store.read.decisions('default', {}, PAGE)).items).toHaveLength(5)
        expect(await engine.store.read.stored('default', 'agt_1')).toEqual({ epoch: 1, seq: 5, entries: 5, dropped: 0 })
      })

      it('keeps everything over a restart', async () => {
        for (let count = 0; count < 3; count++) chain.decide()
        await send(chain.batch())
        engine = await engine.reopen()
        expect(await engine.store.append.acked('default', 'agt_1', 1)).toBe(3)
        chain.decide()
        expect(await send(chain.batch(4, 4))).toMatchObject({ ok: true, acked: 4 })
      })

      it('keeps epochs apart', async () => {
        chain.decide()
        await send(chain.batch())
        const next = new SampleChain(2)
        next.decide()
        const result = await engine.store.append.append({
          tenant: 'default',
          agent: 'agt_1',
          publicKey: next.publicKey,
          message: next.batch(),
          receivedAt: NOW,
        })
        expect(result).toMatchObject({ ok: true, epoch: 2, acked: 1, stored: 1 })
      })

      it('commits many callers at once', async () => {
        for (let count = 0; count < 40; count++) chain.decide()
        const results = await Promise.all(Array.from({ length: 40 }, (_, index) => send(chain.batch(index + 1, index + 1))))
        expect(results.every((result) => result.ok)).toBe(true)
        expect(await engine.store.append.acked('default', 'agt_1', 1)).toBe(40)
      })

      it('keeps a declared drop, and the chain through it', async () => {
        for (let count = 0; count < 4; count++) chain.decide()
        chain.drop(2)
        expect(await send(chain.batch(1, 4, { dropped: [[2, 2]] }))).toMatchObject({ ok: true, acked: 4, stored: 4, decisions: 3 })
        expect(await engine.store.read.stored('default', 'agt_1')).toMatchObject({ entries: 4, dropped: 1 })
      })

      const refused: readonly (readonly [string, (chain: SampleChain) => Uint8Array])[] = [
        ['gap', (one) => one.batch(3, 4)],
        ['undeclared-drop', (one) => (one.drop(2), one.batch())],
        [
          'wrong-hash',
          (one) =>
            one.batch(1, 4, {
              entries: one.entries.map((entry) =>
                entry.seq === 3 ? { ...entry, body: new TextEncoder().encode(`${new TextDecoder().decode(entry.body)} `) } : entry,
              ),
            }),
        ],
        [
          'broken-link',
          (one) =>
            one.batch(1, 4, {
              entries: one.entries.map((entry) => (entry.seq === 3 ? { ...entry, previousHash: new Uint8Array(32).fill(7) } : entry)),
            }),
        ],
        [
          'fork',
          (one) =>
            one.batch(1, 4, {
              entries: one.entries.map((entry) => (entry.seq === 1 ? { ...entry, previousHash: new Uint8Array(32).fill(7) } : entry)),
            }),
        ],
        ['bad-signature', (one) => one.batch(1, 4, { signature: new Uint8Array(70).fill(9) })],
        ['bad-signature', (one) => one.batch(1, 4, { signature: new Uint8Array(0) })],
        [
          'body-mismatch',
          (one) =>
            one.batch(1, 4, {
              entries: one.entries.map((entry) =>
                entry.seq === 2 && entry.decision ? { ...entry, decision: { ...entry.decision, decisionId: 'another' } } : entry,
              ),
            }),
        ],
        ['gap', (one) => one.batch(1, 4, { entries: one.entries.filter((entry) => entry.seq !== 2) })],
        ['malformed', (one) => one.batch(1, 0)],
        ['malformed', () => new Uint8Array([0x12, 0x80, 0x80])],
        ['malformed', () => new Uint8Array([0x0a, 0x00])],
      ]
      it.each(refused)('refuses a batch that is %s and stores nothing of it', async (code, spoil) => {
        for (let count = 0; count < 4; count++) chain.decide()
        const result = await send(spoil(chain))
        expect(result).toMatchObject({ ok: false, code })
        expect((result as AppendResult & { ok: false }).detail.length).toBeGreaterThan(10)
        expect(await engine.store.append.acked('default', 'agt_1', 1)).toBe(0)
        expect((await engine.store.read.decisions('default', {}, PAGE)).items).toHaveLength(0)
      })

      it('refuses another history of what it holds', async () => {
        chain.decide()
        chain.decide()
        await send(chain.batch())
        const other = new SampleChain()
        other.decide({ tool: 'other' })
        other.decide()
        other.decide()
        const result = await engine.store.append.append({
          tenant: 'default',
          agent: 'agt_1',
          publicKey: other.publicKey,
          message: other.batch(),
          receivedAt: NOW,
        })
        expect(result).toMatchObject({ ok: false, code: 'fork' })
      })

      it('refuses an agent it does not know, and one of another tenant', async () => {
        chain.decide()
        expect(await send(chain.batch(), 'agt_9')).toMatchObject({ ok: false, code: 'unknown-agent' })
        expect(
          await engine.store.append.append({
            tenant: 'other',
            agent: 'agt_1',
            publicKey: chain.publicKey,
            message: chain.batch(),
            receivedAt: NOW,
          }),
        ).toMatchObject({ ok: false, code: 'unknown-agent' })
      })
    })

    describe('reads', () => {
      beforeEach(async () => {
        for (let count = 0; count < 30; count++) {
          chain.decide({
            verdict: count % 3 === 0 ? 'deny' : 'allow',
            tool: count % 2 === 0 ? 'read_file' : '100%_sure',
            app: `app${count % 2}`,
            session: `s${count % 5}`,
            effects: count % 3 === 0 ? ['net.egress', 'fs.read'] : ['fs.read'],
            at: NOW + count * 60_000,
            ...(count % 3 === 0 ? { policy: 'egress' } : {}),
          })
        }
        await send(chain.batch())
      })

      it('pages through all decisions once, newest first', async () => {
        const seen: string[] = []
        let cursor: string | undefined
        do {
          const page = await engine.store.read.decisions('default', {}, { limit: 7, cursor })
          seen.push(...page.items.map((item) => item.id))
          cursor = page.next
        } while (cursor !== undefined)
        expect(seen).toEqual([...chain.entries].reverse().map((entry) => entry.decision?.decisionId))
      })

      it('filters', async () => {
        const count = async (filter: Parameters<Store['read']['decisions']>[1]) =>
          (await engine.store.read.decisions('default', filter, PAGE)).items.length
        expect(await count({ verdict: ['deny'] })).toBe(10)
        expect(await count({ verdict: ['deny', 'allow'] })).toBe(30)
        expect(await count({ app: 'app1' })).toBe(15)
        expect(await count({ session: 's2' })).toBe(6)
        expect(await count({ agent: 'agt_1' })).toBe(30)
        expect(await count({ agent: 'agt_2' })).toBe(0)
        expect(await count({ effect: 'net.egress' })).toBe(10)
        expect(await count({ effect: 'net' })).toBe(0)
        expect(await count({ policy: 'egress' })).toBe(10)
        expect(await count({ search: '100%_' })).toBe(15)
        expect(await count({ search: "'; DROP TABLE decisions; --" })).toBe(0)
        expect(await count({ since: NOW + 10 * 60_000, until: NOW + 20 * 60_000 })).toBe(10)
      })

      it('counts facets, each without its own filter', async () => {
        const all = await engine.store.read.facets('default', {})
        expect({ ...all.verdict }).toEqual({ deny: 10, allow: 20 })
        expect({ ...all.effect }).toEqual({ 'fs.read': 30, 'net.egress': 10 })
        expect({ ...all.agent }).toEqual({ agt_1: 30 })
        const denied = await engine.store.read.facets('default', { verdict: ['deny'] })
        expect({ ...denied.verdict }).toEqual({ deny: 10, allow: 20 })
        expect({ ...denied.app }).toEqual({ app0: 5, app1: 5 })
        expect({ ...denied.effect }).toEqual({ 'fs.read': 10, 'net.egress': 10 })
        expect({ ...denied.policy }).toEqual({ egress: 10 })
      })

      it('tells sessions and hours', async () => {
        expect(await engine.store.read.session('default', 's1', 100)).toHaveLength(6)
        const hours = await engine.store.read.decisionsPerHour('default', NOW)
        expect(hours.reduce((sum, hour) => sum + hour.count, 0)).toBe(30)
        expect(await engine.store.read.decisionsPerHour('default', NOW, 'agt_2')).toEqual([])
        expect(await engine.store.read.decisionsPerAgent('default', NOW)).toContainEqual({ agent: 'agt_1', verdict: 'deny', count: 10 })
      })

      it('shows a tenant nothing of another', async () => {
        expect((await engine.store.read.decisions('other', {}, PAGE)).items).toEqual([])
        expect(await engine.store.read.decision('other', idOf(chain, 1))).toBeUndefined()
        expect(await engine.store.read.session('other', 's1', 10)).toEqual([])
        expect((await engine.store.read.facets('other', {})).verdict).toEqual({})
        expect(await engine.store.read.agent('other', 'agt_1')).toBeUndefined()
      })

      it('hands the chain back for verification', async () => {
        const [held] = await engine.store.read.chains()
        expect(held).toMatchObject({ tenant: 'default', agent: 'agt_1', epoch: 1, seq: 30, entries: 30 })
        const entries = await engine.store.read.chainEntries({ tenant: 'default', agent: 'agt_1', epoch: 1 }, 28, 10)
        expect(entries.map((entry) => entry.seq)).toEqual([29, 30])
        expect(Buffer.from(entries[1]?.hash ?? [])).toEqual(Buffer.from(chain.entries[29]?.hash ?? []))
      })
    })

    describe('enrolment', () => {
      it('uses a token up and knows a key only once', async () => {
        await addToken(engine.store, { id: 'tok_2', uses: 1 })
        expect(await engine.store.write.enrolAgent(enrolment({ agent: 'agt_2', tokenId: 'tok_2', keyHash: 'k2' }))).toBe('enrolled')
        expect(await engine.store.write.enrolAgent(enrolment({ agent: 'agt_3', tokenId: 'tok_2', keyHash: 'k3' }))).toBe('token-used-up')
        expect(await engine.store.write.enrolAgent(enrolment({ agent: 'agt_3', keyHash: 'k2' }))).toBe('key-known')
        expect(await engine.store.write.enrolAgent(enrolment({ agent: 'agt_3', keyHash: 'k3', at: NOW + 10 * 86_400_000 }))).toBe(
          'token-expired',
        )
        await engine.store.write.revokeEnrolToken('default', 'tok_1')
        expect(await engine.store.write.enrolAgent(enrolment({ agent: 'agt_3', keyHash: 'k3' }))).toBe('token-revoked')
      })

      it('lets only one of many win the last use', async () => {
        await addToken(engine.store, { id: 'tok_2', uses: 1 })
        const results = await Promise.all(
          Array.from({ length: 8 }, (_, index) =>
            engine.store.write.enrolAgent(enrolment({ agent: `agt_r${index}`, tokenId: 'tok_2', keyHash: `r${index}` })),
          ),
        )
        expect(results.filter((result) => result === 'enrolled')).toHaveLength(1)
      })

      it('revokes once', async () => {
        expect(await engine.store.write.revokeAgent('other', 'agt_1', NOW)).toBe(false)
        expect(await engine.store.write.revokeAgent('default', 'agt_1', NOW)).toBe(true)
        expect(await engine.store.write.revokeAgent('default', 'agt_1', NOW)).toBe(false)
        expect((await engine.store.read.agent('default', 'agt_1'))?.revokedAt).toBe(NOW)
      })
    })

    it('takes a sign-in link once', async () => {
      const hash = new Uint8Array(32).fill(3)
      await engine.store.write.addSignInLink({ hash, name: 'ada', expiresAt: NOW + 1000 })
      expect(await engine.store.write.takeSignInLink(hash, NOW)).toBe('ada')
      expect(await engine.store.write.takeSignInLink(hash, NOW)).toBeUndefined()
      await engine.store.write.addSignInLink({ hash, name: 'ada', expiresAt: NOW + 1000 })
      expect(await engine.store.write.takeSignInLink(hash, NOW + 2000)).toBeUndefined()
    })

    it('keeps models by task, where they were placed, and what agents say of them', async () => {
      const { read, write } = engine.store
      const release = (task: 'texts' | 'calls', version: number) => ({
        task,
        name: 'one',
        version,
        hash: `${task}${version}`,
        manifest: new Uint8Array([1]),
        signatures: [{ keyId: 'k', signature: new Uint8Array([2]), onHub: true }],
        created: NOW,
        expires: NOW + 1,
        publishedBy: 'somebody',
        card: '{}',
        restores: '',
        bytes: 3,
      })
      const file = { path: 'a', sha256: 's', bytes: new Uint8Array([1, 2]) }
      expect(await write.addModelRelease('default', release('texts', 2), [file])).toBe(true)
      expect(await write.addModelRelease('default', release('texts', 1), [])).toBe(false)
      expect(await write.addModelRelease('default', release('calls', 1), [])).toBe(true)
      expect(await read.modelReleaseByHash('default', 'texts2')).toEqual(release('texts', 2))
      expect(await read.modelRelease('another', 'texts', 2)).toBeUndefined()
      expect(await read.latestModelVersion('default', 'calls')).toBe(1)
      expect((await read.modelReleases('default', { limit: 1 })).items).toMatchObject([{ task: 'calls' }])
      expect([await read.bundleExists('texts2'), await read.bundleExists('no')]).toEqual([true, false])
      const placing = { task: 'texts', place: 'active', hash: 'texts2', at: NOW, by: 'somebody' } as const
      await write.placeModel('default', placing)
      await write.placeModel('default', { ...placing, hash: '' })
      expect(await read.modelPlacings('default', 'texts')).toEqual([placing, { ...placing, hash: '' }])
      for (const state of ['{"a":1}', '{"a":2}']) await write.modelState('default', { agent: 'agt_1', task: 'texts', at: NOW, state })
      expect(await read.modelStates('default')).toEqual([{ agent: 'agt_1', task: 'texts', at: NOW, state: '{"a":2}' }])
      await write.addModelEvaluation('default', { hash: 'texts2', at: NOW, by: 'somebody', figures: '{}' })
      expect(await read.modelEvaluations('default', 'texts2')).toHaveLength(1)
    })

    it('keeps what an agent says of a model again and again once', async () => {
      const said = { agent: 'agt_1', kind: 'model', name: 'one', version: 2, manifestHash: 'h', activeVersion: 1, detail: '' } as const
      for (const at of [1, 2, 3])
        await engine.store.write.bundleReport('default', { ...said, status: 'refused', code: 'expired', at: NOW + at })
      await engine.store.write.bundleReport('default', { ...said, status: 'active', code: '', at: NOW + 4 })
      expect(await engine.store.read.modelReports('default', 'h')).toMatchObject([{ status: 'active', at: NOW + 4 }])
      expect(await engine.store.read.reportsOf('default', 'agt_1', 20)).toHaveLength(1)
    })

    it('never lets a bundle version go back', async () => {
      const bundle = (version: number) => ({
        kind: 'policy' as const,
        name: 'p',
        version,
        hash: `h${version}`,
        manifest: new Uint8Array([1]),
        signatures: [],
        created: NOW,
        expires: NOW,
        publishedBy: 'ada',
      })
      expect(await engine.store.write.addBundle('default', bundle(2), [{ path: 'a', sha256: 's', bytes: new Uint8Array([1, 2]) }])).toBe(
        true,
      )
      expect(await engine.store.write.addBundle('default', bundle(2), [])).toBe(false)
      expect(await engine.store.write.addBundle('default', bundle(1), [])).toBe(false)
      expect(await engine.store.write.addBundle('default', bundle(3), [])).toBe(true)
      expect((await engine.store.read.latestBundle('default', 'policy'))?.version).toBe(3)
      expect(await engine.store.read.bundleFiles('default', 'h2')).toMatchObject([{ path: 'a', sha256: 's' }])
      expect(await engine.store.read.latestBundle('other', 'policy')).toBeUndefined()
    })

    it('lets the first person answer, and the agent have the last word', async () => {
      await engine.store.write.askApproval('default', {
        id: 'q1',
        agent: 'agt_1',
        decision: 'd',
        question: 'may it?',
        askedAt: NOW,
        expiresAt: NOW + 1000,
      })
      expect(await engine.store.read.waitingApprovals('default', NOW)).toBe(1)
      expect(await engine.store.write.resolveApproval('default', { id: 'q1', state: 'approved', by: 'ada', at: NOW })).toBe(true)
      expect(await engine.store.write.resolveApproval('default', { id: 'q1', state: 'denied', by: 'bob', at: NOW })).toBe(false)
      expect(
        await engine.store.write.resolveApproval('default', { id: 'q1', agent: 'agt_1', state: 'expired', by: 'deadline', at: NOW }),
      ).toBe(true)
      expect(await engine.store.read.approval('default', 'q1')).toMatchObject({ state: 'expired', answeredBy: 'deadline' })
    })
  })
}

async function enrol(store: Store): Promise<void> {
  await addToken(store, { id: 'tok_1', uses: 100 })
  await store.write.enrolAgent(enrolment({ agent: 'agt_1', keyHash: 'k1' }))
}

async function addToken(store: Store, token: { id: string; uses: number }): Promise<void> {
  await store.write.addEnrolToken({
    ...token,
    tenant: 'default',
    group: 'all',
    used: 0,
    expires: NOW + 86_400_000,
    createdBy: 'ada',
    createdAt: NOW,
    revoked: false,
    hash: new Uint8Array(32),
  })
}

function enrolment(wish: Partial<Enrolment>): Enrolment {
  return {
    tokenId: 'tok_1',
    tenant: 'default',
    agent: 'agt_1',
    group: 'all',
    keyHash: 'k',
    hostname: 'box',
    platform: 'linux',
    architecture: 'x64',
    osRelease: '6',
    agentVersion: '0.1.0',
    at: NOW,
    certificateExpiresAt: NOW + 1000,
    ...wish,
  }
}

function idOf(chain: SampleChain, seq: number): string {
  return chain.entries[seq - 1]?.decision?.decisionId ?? ''
}
