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
import type { Attempt, Half } from './attempts.ts'
import { OWN_SESSIONS } from './own-sessions.ts'
import { scoreAttempts } from './score-attempts.ts'
import { reportOf } from './tally.ts'

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
let room = half === 'held' ? 0 : Number(values.show)
const tally = scoreAttempts({ sessions, half, seed: values.seed, each: Number(values.each) }, policy, (attempt) => {
  if (room > 0 && (values.only === undefined || attempt.family.name.includes(values.only))) show(attempt)
})
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
