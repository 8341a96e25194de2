/** The gate at what a sandboxed program reaches out to: each connection is a call, judged before it is made. */
import { z } from 'zod'
import type { Caller } from '../../platform/caller.ts'
import type { Answer, Conversation, FrontEnd, Gate, GateHost } from '../gate.ts'
import { EGRESS } from './front-end.ts'

/** Longest question of a front-end, bytes. */
const MOST_BYTES = 16 * 1024

const questionSchema = z.strictObject({
  tool: z.string().min(1).max(200),
  args: z.record(z.string(), z.json()),
})

export const egress: Gate = {
  name: EGRESS,
  start: (host) => (caller) => new EgressConversation(caller, host),
}

class EgressConversation implements Conversation {
  private readonly caller: Caller
  private readonly host: GateHost
  private calls = 0

  constructor(caller: Caller, host: GateHost) {
    // Within a sandbox nobody's process tree can be told, so all that happens in one place belongs together.
    this.caller = { ...caller, ancestry: [] }
    this.host = host
  }

  /** Rejects on what is no question: the front-end then refuses the connection on its own. */
  async intercept(message: Buffer, frontEnd: FrontEnd, abandoned: AbortSignal): Promise<Answer> {
    if (message.length > MOST_BYTES) throw new Error('the question is too long')
    const given: unknown = JSON.parse(message.toString('utf8'))
    const { tool } = questionSchema.parse(given)
    this.calls += 1
    const call = {
      type: 'tool.call',
      callId: `${EGRESS}-${this.host.now()}-${this.calls}`,
      tool,
      // As it was written: a schema's copy of it would lose keys such as `__proto__`.
      args: (given as z.infer<typeof questionSchema>).args,
      cwd: this.caller.cwd,
    } as const
    const ruling = await this.host.judge(
      { gate: EGRESS, caller: this.caller, chain: [], asks: 'held', call },
      (question) => frontEnd.asking(question),
      abandoned,
    )
    if (ruling.action === 'release' && ruling.edits.length === 0) return { action: 'pass' }
    return { action: 'reply', payload: Buffer.from(ruling.text) }
  }

  observe(): void {
    // What goes through a connection is encrypted and not looked at here.
  }

  missed(count: number): void {
    this.host.note('gate.missed', { gate: EGRESS, messages: count })
  }

  close(): void {
    // One connection to the agent carries one question.
  }
}
