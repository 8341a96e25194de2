import type { Policy } from '@assize/kernel'
import { generatedSessions } from '../test/replay/generated/generated.ts'
import { judgeRecording } from '../test/replay/judge-recording.ts'
import { type Recording, recordingsIn } from '../test/replay/recordings.ts'
import { type Bench, type Figure, percentile } from './figures.ts'
import { balancedWith } from './generated-policies.ts'

const POLICIES = 100
const SESSIONS = 400
const CALLS = 4000
const ROUNDS = 3

/**
 * What the kernel takes for the calls of whole sessions, each judged on what came before it, on one processor: recorded sessions
 * where `ASSIZE_BENCH_SESSIONS` names a folder of them, made-up ones otherwise.
 */
export const kernel: Bench = {
  name: 'kernel',
  async run(): Promise<readonly Figure[]> {
    const policy = balancedWith(POLICIES)
    const { sessions, whose } = await chosenSessions(process.env['ASSIZE_BENCH_SESSIONS'])
    // A resident agent has run this code for days.
    replay(sessions, policy)
    const rounds = Array.from({ length: ROUNDS }, () => replay(sessions, policy))
    // The quietest round: what else the machine does only ever adds.
    const least = (share: number) => Math.min(...rounds.map(({ took }) => percentile(took, share)))
    const calls = rounds[0]?.took.length ?? 0
    const [of, events] = [`of ${calls} calls in ${whose} sessions, ${policy.rules.size} policies`, rounds[0]?.events ?? 0]
    return [
      { what: `one decision ${of}, p50`, value: least(0.5), unit: 'us', limit: { most: 300 } },
      { what: `one decision ${of}, p99`, value: least(0.99), unit: 'us', limit: { most: 2000 } },
      {
        what: `calls replayed with all ${events} events around them, in a second of processor time`,
        value: Math.max(...rounds.map(({ micros }) => calls / (micros / 1e6))),
        unit: 'calls/s',
        limit: { least: 5000 },
      },
    ]
  },
}

interface Round {
  /** Microseconds of each decision. */
  readonly took: readonly number[]
  /** Microseconds of processor time for all of it: decisions, and taking in what was said, called and read. */
  readonly micros: number
  readonly events: number
}

function replay(sessions: readonly Recording[], policy: Policy): Round {
  const took: number[] = []
  let events = 0
  const start = process.cpuUsage()
  for (const session of sessions) {
    for (const judged of judgeRecording(session, policy)) took.push(judged.took * 1000)
    events += session.events.length
  }
  const { user, system } = process.cpuUsage(start)
  return { took, micros: user + system, events }
}

/** As many as hold enough calls, from all over the recordings. */
async function chosenSessions(folder: string | undefined): Promise<{ readonly sessions: readonly Recording[]; readonly whose: string }> {
  if (folder === undefined)
    return { sessions: [...generatedSessions({ seed: 'bench', count: SESSIONS, batch: 'first' })], whose: 'made-up' }
  const all: Recording[] = []
  for await (const recording of recordingsIn([folder])) all.push(recording)
  const sessions: Recording[] = []
  const step = Math.max(1, Math.floor(all.length / SESSIONS))
  let calls = 0
  for (let at = 0; at < all.length && calls < CALLS; at += step) {
    const session = all[at] as Recording
    sessions.push(session)
    calls += session.events.filter(({ type }) => type === 'tool_call').length
  }
  return { sessions, whose: 'recorded' }
}
