import type { DecisionEntry, EntryBody } from '@assize/kernel'

/** A decision of about 600 bytes, as tests and benches record it. */
export function decisionBody(
  id: string,
  of: { readonly verdict?: DecisionEntry['decision']['verdict']; readonly session?: string; readonly tool?: string } = {},
): EntryBody {
  const effect = { class: 'fs.read', target: '/home/me/notes.txt', certainty: 'certain', arguments: ['/path'] } as const
  return {
    kind: 'decision',
    id,
    gate: 'mcp-stdio',
    principal: { tenant: 'default', host: 'host', user: 'me', app: { name: 'claude-code' }, session: of.session ?? 's1', chain: [] },
    call: { type: 'tool.call', callId: '1', tool: of.tool ?? 'read_file', args: { path: '/home/me/notes.txt' } },
    decision: {
      verdict: of.verdict ?? 'allow',
      summary: 'Reads a file that you named.',
      reasons: [],
      effects: [effect],
      derivations: [],
      findings: [],
      obligations: [],
      consequential: false,
      fallback: 'deny',
      policyVersion: { name: 'balanced', version: 1, hash: '0'.repeat(64) },
      kernelVersion: '0.1.0',
      policyErrors: [],
    },
    timing: { effects: 1, provenance: 2, findings: 3, policy: 4, explain: 5, total: 15 },
    sessionDigest: 'd',
  }
}
