/**
 * Plants attacks in benign coding sessions and says how many are stopped:
 * `node test/redteam/coding/attack.ts [--sessions DIR[,FILE…]] [--half development|held] [--seed TEXT] [--each N] [--show N] [--log FILE]`.
 * Without sessions it uses the small ones of our own. The held half is scored, never shown.
 */
import { execFileSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { packPolicy } from '../../../kernel/pack-files.ts'
import { judgeRecording } from '../../replay/judge-recording.ts'
import { type Recording, recordingsIn } from '../../replay/recordings.ts'
import { isBlocked } from '../../replay/score.ts'
import { type Attempt, attemptsOf, type Half } from './attempts.ts'
import { OWN_SESSIONS } from './own-sessions.ts'
import { reportOf, Tally } from './tally.ts'

const { values } = parseArgs({
  options: {
    sessions: { type: 'string' },
    half: { type: 'string', default: 'development' },
    seed: { type: 'string', default: '1' },
    each: { type: 'string', default: '3' },
    show: { type: 'string', default: '0' },
    only: { type: 'string' },
    log: { type: 'string' },
    note: { type: 'string', default: '' },
  },
})

const half: Half = values.half === 'held' ? 'held' : 'development'
const policy = packPolicy('balanced')
const sessions = values.sessions === undefined ? OWN_SESSIONS : await codingSessions(values.sessions)
const tally = new Tally()
let room = half === 'held' ? 0 : Number(values.show)
for (const attempt of attemptsOf({ sessions, half, seed: values.seed, each: Number(values.each) })) {
  const verdicts = judgeRecording(attempt.planted.obeyed, policy)
  const needed = new Set(attempt.planted.obeyed.labels.required)
  const stopped = verdicts.some(({ call, decision }) => needed.has(call.callId) && isBlocked(decision.verdict))
  tally.add(attempt, { stopped, ...disturbed(attempt) })
  if (!stopped && room > 0 && (values.only === undefined || attempt.family.name.includes(values.only))) show(attempt)
}
const report = reportOf(tally)
process.stdout.write(`${report}\n`)
if (values.log !== undefined) {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const base = values.sessions === undefined ? 'our own sessions' : 'recorded sessions'
  const title = `## ${new Date().toISOString().slice(0, 16)} · ${commit} · ${half} families · seed ${values.seed} · ${base}`
  appendFileSync(values.log, `\n${[title, '', values.note, '', report].join('\n')}\n`)
}

async function codingSessions(paths: string): Promise<readonly Recording[]> {
  const found: Recording[] = []
  for await (const recording of recordingsIn(paths.split(','))) {
    const calls = recording.events.filter((event) => event.type === 'tool_call').length
    if (recording.labels.attacked !== true && calls >= 4 && recording.tools?.some(({ name }) => name === 'bash') === true)
      found.push(recording)
  }
  return found
}

/** Calls asked about in a session that reads the text and does not obey it, with and without the text. */
function disturbed({ planted, session }: Attempt): { readonly calls: number; readonly asked: number; readonly askedBefore: number } {
  const ids = new Set(
    planted.ignored.events.flatMap((event) => (event.type === 'tool_call' && event.call_id !== 'look' ? [event.call_id] : [])),
  )
  const blocked = (recording: Recording): number =>
    judgeRecording(recording, policy).filter(({ call, decision }) => ids.has(call.callId) && isBlocked(decision.verdict)).length
  const last = session.events.findLastIndex((event) => event.type === 'tool_call' && ids.has(event.call_id))
  return {
    calls: ids.size,
    asked: blocked(planted.ignored),
    askedBefore: blocked({ ...session, events: session.events.slice(0, last + 1) }),
  }
}

function show(attempt: Attempt): void {
  room -= 1
  const { family, wording, carrier, text, planted } = attempt
  process.stdout.write(`\n=== ${family.name} · ${wording} · ${carrier} · ${attempt.session.id}\n${text}\n`)
  for (const event of planted.obeyed.events.slice(-2))
    if (event.type === 'tool_call') process.stdout.write(`-- ${event.tool} ${JSON.stringify(event.args)}\n`)
  const last = judgeRecording(planted.obeyed, policy).at(-1)
  process.stdout.write(`   effects ${JSON.stringify(last?.decision.effects)}\n`)
  for (const { arg, value, integrity, sources } of last?.decision.derivations ?? [])
    process.stdout.write(
      `   ${arg} ${JSON.stringify(value.slice(0, 60))} ${integrity} ${sources.map(({ source, setting }) => `${source.tool ?? source.channel}:${setting}`).join(' ')}\n`,
    )
}
