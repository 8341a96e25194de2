import { authorize, type EffectContext, type EffectRequest, type Policy as OwnPolicy } from '@assize/kernel'
import { type Policy, PolicyEngine } from '@microsoft/agent-governance-sdk'
import { ORDINARY } from '../kernel/src/capability/policy-tests.ts'
import { against, type Bench, type Figure, percentile } from './figures.ts'
import { cedarPolicy, type Kind, peerDocument, wantedRules } from './generated-policies.ts'

const ROUNDS = 15
/** Long enough that the clock does not matter. */
const ROUND_MS = 12

/** An ordinary call of a session that has read text from outside. */
const CONTEXT: EffectContext = {
  ...ORDINARY,
  certainty: 'certain',
  callEffects: ['net.egress', 'process.exec'],
  integrity: 'untrusted',
  sessionTainted: true,
  trust: 5,
  sessionCalls: 12,
  sessionBytes: 300,
}

export function requestBy(tool: string, call = 12): EffectRequest {
  return {
    principal: { tenant: 't', host: 'h', user: 'u', app: { name: 'claude-code' }, session: 's', chain: [] },
    effect: { class: 'net.egress', target: 'https://api.example.org/v1?q=1', certainty: 'certain', arguments: ['/command'] },
    context: { ...CONTEXT, tool, sessionCalls: call },
  }
}

/** What the peer is told of the same call. */
function peerContext(tool: string, call = 12): Record<string, unknown> {
  return { action: 'net.egress', session_tainted: true, trust: 5, tool, session_calls: call, target: 'https://api.example.org/v1?q=1' }
}

const KINDS: readonly (Kind & { readonly what: string })[] = [
  { what: 'over all effect classes, each for a tool', spread: true, named: true },
  { what: 'over all effect classes', spread: true, named: false },
  { what: 'all on one class', spread: false, named: false },
]

/** The policy step beside a peer's: the same rules, the same call, both in this process, in turns. */
export const policyStep: Bench = {
  name: 'policy',
  async run(): Promise<readonly Figure[]> {
    const figures: Figure[] = []
    for (const count of [100, 1000]) {
      for (const kind of KINDS) figures.push(beside(count, kind))
    }
    return figures
  },
}

function beside(count: number, kind: (typeof KINDS)[number]): Figure {
  const rules = wantedRules(count, kind)
  const own = cedarPolicy(rules)
  const peer = new PolicyEngine()
  peer.loadPolicy(peerDocument(rules) as Policy)
  const spoken = rules.findLast((rule) => rule.effectClass === 'net.egress')
  mustAgree(own, peer, { tool: 'Bash', call: 12, permitted: true })
  mustAgree(own, peer, { tool: spoken?.tool ?? '', call: spoken?.call ?? 12, permitted: false })
  const [ours, theirs]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    const [asked, told] = [requestBy('Bash'), peerContext('Bash')]
    ours.push(microsecondsOf(() => authorize(own, asked)))
    theirs.push(microsecondsOf(() => peer.evaluatePolicy('did:agent:1', told)))
  }
  const what = `policy step, ${count} rules ${kind.what}`
  return against(
    { what: 'evaluatePolicy', value: percentile(theirs, 0.5) },
    { what, value: percentile(ours, 0.5), unit: 'us', limit: { most: 0.1 } },
  )
}

/** A comparison of answers that differ would mean nothing. */
function mustAgree(
  own: OwnPolicy,
  peer: PolicyEngine,
  { tool, call, permitted }: { readonly tool: string; readonly call: number; readonly permitted: boolean },
): void {
  const here = authorize(own, requestBy(tool, call)).permitted
  const there = peer.evaluatePolicy('did:agent:1', peerContext(tool, call)).allowed
  if (here !== permitted || there !== permitted) throw new Error(`the two engines do not agree on ${tool}: ${here} and ${there}`)
}

/** Of one run, averaged over as many as fit into a round. */
export function microsecondsOf(work: () => unknown): number {
  const start = performance.now()
  let [runs, now] = [0, start]
  while (now - start < ROUND_MS) {
    for (let at = 0; at < 8; at += 1) work()
    runs += 8
    now = performance.now()
  }
  return ((now - start) * 1000) / runs
}
