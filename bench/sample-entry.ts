import type { DecisionEntry, OutcomeEntry } from '@assize/kernel'

const path = '/home/dev/project/notes.md'

/** A small decision as the agent records it: one read, allowed; about 900 bytes of canonical JSON. */
export function sampleEntry(id: string): DecisionEntry {
  return {
    kind: 'decision',
    id,
    gate: 'mcp-stdio',
    principal: { tenant: 'local', host: 'bench', user: 'dev', app: { name: 'bench' }, session: 's-1', chain: [] },
    call: { type: 'tool.call', callId: id, tool: 'read_text_file', server: 'filesystem', args: { path } },
    decision: {
      verdict: 'allow',
      summary: `Reads ${path}.`,
      reasons: [],
      effects: [{ class: 'fs.read', target: path, certainty: 'certain', arguments: ['/path'] }],
      derivations: [],
      findings: [],
      obligations: [],
      consequential: false,
      fallback: 'deny',
      policyVersion: { name: 'balanced', version: 1, hash: '0'.repeat(64) },
      kernelVersion: '0.1.0',
      policyErrors: [],
    },
    timing: { effects: 10, provenance: 10, findings: 1, policy: 5, explain: 2, total: 28 },
    sessionDigest: '0123456789abcdef',
  }
}

/** An entry of 600 bytes of canonical JSON, the row size of the published measurements. */
export function smallEntry(): OutcomeEntry {
  return { kind: 'outcome', decision: '01BENCH', outcome: 'released', detail: { note: 'x'.repeat(474) } }
}
