import { createSession, decide, observe, type Policy, type Principal, type ToolCall } from '@assize/kernel'
import { foldCall } from './fold-call.ts'

/** One call for each way of judging; they exist nowhere else, nothing of them is kept. */
const CALLS: readonly Pick<ToolCall, 'tool' | 'server' | 'args'>[] = [
  {
    tool: 'Bash',
    args: {
      command:
        'cd src && cat notes.md | grep -n title > /tmp/found.txt && npm install left-pad && curl -s https://example.org/a | tail && ./build.sh',
    },
  },
  { tool: 'Read', args: { file_path: 'src/notes.md' } },
  { tool: 'Write', args: { file_path: '~/notes.md', content: 'The release went well and the team is pleased with it.' } },
  { tool: 'WebFetch', args: { url: 'https://example.org/release/notes', prompt: 'What changed?' } },
  { tool: 'read_text_file', server: 'files', args: { path: '/srv/work/src/notes.md' } },
  {
    tool: 'create_ticket',
    server: 'tickets',
    args: { title: 'Release notes', body: 'The release went well.', assignee: 'ada@example.org' },
  },
]
const PRINCIPAL: Principal = { tenant: '', host: '', user: '', app: { name: '' }, session: '', chain: [] }
const ROUNDS = 3

/**
 * Judges what nobody asked, so that the first call somebody waits for does not also wait for code to be compiled and rules
 * to be read for the first time. Pure: nothing is recorded and no session remembers it.
 */
export function warmUp(policy: Policy, { now, log }: { readonly now: number; readonly log: (text: string) => void }): void {
  try {
    for (let round = 0; round < ROUNDS; round += 1) judgeAll(policy, now)
  } catch (error) {
    log(`the kernel failed before the first call: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
}

function judgeAll(policy: Policy, now: number): void {
  let session = observe(createSession(), { type: 'prompt', text: 'Read the release notes and tell the team.' })
  for (const { tool, server, args } of CALLS) {
    const spoken = { type: 'tool.call', callId: 'warm-up', tool, args, cwd: '/srv/work', home: '/home/ada', platform: 'posix' } as const
    const call: ToolCall = server === undefined ? spoken : { ...spoken, server }
    const { decision } = decide({ session, principal: PRINCIPAL, call, gate: '', policy, now })
    foldCall(call, decision.findings)
    const text = `${tool}: the release notes of src/notes.md say https://example.org/a`
    session = observe(observe(session, call), { type: 'context', channel: 'tool_result', callId: call.callId, text })
  }
}
