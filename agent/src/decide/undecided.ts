import type { Decision, Effect, Timing, ToolCall } from '@assize/kernel'

/** The decision when there is none: an unknown effect, denied. */
export function undecided(call: ToolCall, micros: number): { readonly decision: Decision; readonly timing: Timing } {
  const effect: Effect = {
    class: 'tool.invoke',
    target: [call.server, call.tool].filter((part) => part !== undefined).join('/'),
    certainty: 'unknown',
    arguments: [],
  }
  const decision: Decision = {
    verdict: 'deny',
    summary: 'Blocked because Assize failed while judging this call; nothing it could not judge runs.',
    reasons: [
      {
        policy: 'assize.undecided',
        title: 'The decision itself failed',
        verdict: 'deny',
        severity: 'high',
        effect,
        remedy: 'Report this decision with `assize explain`; the agent log names the cause.',
      },
    ],
    effects: [effect],
    derivations: [],
    findings: [],
    obligations: [],
    consequential: true,
    fallback: 'deny',
    policyVersion: { name: 'none', version: 0, hash: '' },
    kernelVersion: '',
    policyErrors: [],
  }
  return { decision, timing: { effects: 0, provenance: 0, findings: 0, policy: 0, explain: 0, total: micros } }
}
