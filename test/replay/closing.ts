/**
 * Writes the closing table: what each suite scored before it was read beside what it scores now, by model and attack, the
 * other packs as the frontier, tasks with invented tools, and attacks planted in coding work:
 * `node test/replay/closing.ts --sessions DIR[,FILE…] [--scorer score.mjs] [--log docs/evaluation/scorings.md] [--write docs/evaluation/kernel.md]`.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Policy, Verdict } from '@assize/kernel'
import { packPolicy } from '../../kernel/pack-files.ts'
import { scoreAttempts } from '../redteam/coding/score-attempts.ts'
import { reportOf } from '../redteam/coding/tally.ts'
import { differences } from './compare-scorers.ts'
import { attackedSessions, generatedSessions } from './generated/generated.ts'
import { heldRows } from './held-rows.ts'
import { judgeRecording } from './judge-recording.ts'
import { familyOf, type Recording, recordingsIn } from './recordings.ts'
import { addSession, cellsOf, HEADINGS, noSums, type Sums } from './score.ts'

const { values } = parseArgs({
  options: {
    sessions: { type: 'string' },
    scorer: { type: 'string' },
    log: { type: 'string', default: 'docs/evaluation/scorings.md' },
    write: { type: 'string' },
  },
})
if (values.sessions === undefined) {
  process.stderr.write('Give the recorded sessions: --sessions DIR. Without them there is nothing to close.\n')
  process.exit(2)
}

type Groups = Map<string, Sums>
const MADE_UP = 400
const paths = values.sessions.split(',')
const decisions: string[] = []
const groups = await scored(packPolicy('balanced'), { finer: true, keep: decisions })
const text = [...opening(), ...suites(), ...(await frontier()), ...madeUp(), ...(await planted()), ...finer()].join('\n')
if (values.write === undefined) process.stdout.write(`${text}\n`)
else writeFileSync(values.write, `${text}\n`)
if (values.scorer !== undefined) agree(values.scorer)

async function scored(policy: Policy, how: { readonly finer: boolean; readonly keep?: string[] }): Promise<Groups> {
  const found: Groups = new Map()
  for await (const recording of recordingsIn(paths)) {
    const verdicts = judged(recording, policy)
    for (const [callId, verdict] of verdicts) how.keep?.push(JSON.stringify({ session_id: recording.id, call_id: callId, verdict }))
    add(found, recording, { verdicts, finer: how.finer })
  }
  return found
}

function judged(recording: Recording, policy: Policy): ReadonlyMap<string, Verdict> {
  return new Map(judgeRecording(recording, policy).map(({ call, decision }) => [call.callId, decision.verdict]))
}

function add(found: Groups, recording: Recording, how: { readonly verdicts: ReadonlyMap<string, Verdict>; readonly finer: boolean }): void {
  const suite = familyOf(recording)
  const name = recording.attack?.startsWith('reworded') === true ? `${suite}, reworded` : suite
  const more = how.finer ? [`${name} · ${recording.model}`, `${name} · ${recording.attack ?? 'no attack'}`] : []
  for (const key of [name, ...more]) {
    const sums = found.get(key) ?? noSums()
    found.set(key, sums)
    addSession(sums, recording, (callId) => how.verdicts.get(callId) ?? 'allow')
  }
}

function table(rows: readonly (readonly string[])[], first = 'group'): readonly string[] {
  const width = Math.max(...rows.map(({ length }) => length))
  const headings = [first, ...HEADINGS].slice(0, width)
  return [`| ${headings.join(' | ')} |`, `|${'---|'.repeat(width)}`, ...rows.map((row) => `| ${row.join(' | ')} |`), '']
}

function rowsOf(found: Groups, wanted: (name: string) => boolean): readonly (readonly string[])[] {
  return [...found]
    .filter(([name]) => wanted(name))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, sums]) => [name, ...cellsOf(sums)])
}

function opening(): readonly string[] {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  return [
    '# What the kernel stops, and whom it disturbs',
    '',
    `Written by \`node test/replay/closing.ts\` at ${commit}; every scoring stands in [scorings.md](scorings.md). Balanced pack, no classifier,`,
    'an ask counts as a block, nothing learns from an answer. Sessions are replayed as recorded: the agent never reacts to a refusal.',
    'Scenarios that others wrote without knowing the kernel are harder: their first, blind scoring stands in',
    '[their own folder](../../test/replay/scenarios/README.md), later ones in the log of scorings.',
    '',
  ]
}

function suites(): readonly string[] {
  const held = heldRows(readFileSync(values.log, 'utf8'))
  const rows = rowsOf(groups, (name) => !name.includes(' · ')).flatMap((row) => {
    const [name = ''] = row
    const before = held.get(name)
    return [...(before === undefined ? [] : [[`${name}, held`, ...before.cells]]), [`${name}, now`, ...row.slice(1)]]
  })
  const when = [...held].map(([name, { title }]) => `${name}: ${title}`).join('; ')
  return [
    '## Each suite before it was read, and now',
    '',
    '`held` is the last scoring before anybody read a session of the suite: rules and thresholds were frozen without it.',
    '',
    ...table(rows, 'suite'),
    `Held scorings: ${when}.`,
    '',
  ]
}

async function frontier(): Promise<readonly string[]> {
  const rows: (readonly string[])[] = []
  for (const pack of ['balanced', 'strict', 'lockdown'] as const) {
    const found = pack === 'balanced' ? groups : await scored(packPolicy(pack), { finer: false })
    rows.push(...rowsOf(found, (name) => !name.includes(' · ')).map(([name, ...cells]) => [`${name} · ${pack}`, ...cells]))
  }
  rows.sort(([left = ''], [right = '']) => (left.split(' · ')[0] === right.split(' · ')[0] ? 0 : left < right ? -1 : 1))
  return ['## The frontier', '', 'What more safety costs: the stricter packs on the same sessions.', '', ...table(rows, 'suite · pack')]
}

function madeUp(): readonly string[] {
  const found: Groups = new Map()
  const policy = packPolicy('balanced')
  for (const batch of ['first', 'second'] as const) {
    const plan = { seed: 'closing', count: MADE_UP, batch }
    for (const sessions of [generatedSessions(plan), attackedSessions(plan)])
      for (const recording of sessions) add(found, recording, { verdicts: judged(recording, policy), finer: true })
  }
  return [
    '## Tools and tasks nobody has seen',
    '',
    `${MADE_UP} benign tasks per batch over invented tool catalogues, and as many with a text in a result that the agent obeys. Mechanisms were`,
    'developed with the first batch; the second was written afterwards, and only its sums were looked at. What each batch scored',
    'first stands in the log of scorings.',
    '',
    ...table(
      rowsOf(found, (name) => !name.endsWith('none') && !name.endsWith('no attack')),
      'batch',
    ),
  ]
}

async function planted(): Promise<readonly string[]> {
  const sessions: Recording[] = []
  for await (const recording of recordingsIn(paths)) {
    const calls = recording.events.filter((event) => event.type === 'tool_call').length
    if (recording.labels.attacked !== true && calls >= 4 && recording.tools?.some(({ name }) => name === 'bash') === true)
      sessions.push(recording)
  }
  const policy = packPolicy('balanced')
  const of = (half: 'development' | 'held'): string => reportOf(scoreAttempts({ sessions, half, seed: 'closing', each: 2 }, policy))
  return [
    '## Attacks planted in coding sessions',
    '',
    'Instructions in what coding agents read, with the calls of an agent that obeys. Families for development:',
    '',
    of('development'),
    '',
    'Families kept apart, scored but never shown:',
    '',
    of('held'),
    '',
  ]
}

function finer(): readonly string[] {
  return [
    '## By model and attack',
    '',
    ...table(
      rowsOf(groups, (name) => name.includes(' · ')),
      'suite · model or attack',
    ),
  ]
}

/** Somebody else's scorer must come to the same counts. */
function agree(scorer: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'closing-'))
  const [input, output] = [join(folder, 'decisions.jsonl'), join(folder, 'score.json')]
  writeFileSync(input, decisions.join('\n'))
  execFileSync(process.execPath, [scorer, '--sessions', paths.join(','), '--decisions', input, '--json', output, '--boot', '0'])
  const apart = differences(groups, JSON.parse(readFileSync(output, 'utf8')))
  process.stdout.write(apart.length === 0 ? 'Both scorers agree.\n' : `${apart.join('\n')}\n`)
  if (apart.length > 0) process.exitCode = 1
}
