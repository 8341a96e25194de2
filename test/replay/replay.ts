/**
 * Replays recorded sessions through the kernel and scores its decisions:
 * `node test/replay/replay.ts --sessions DIR[,FILE…] [--pack P] [--model DIR] [--advice DIR [--doubts]] [--held SUITE] [--only SUITE[,SUITE]] [--every N] [--out FILE] [--log FILE]
 * [--generated N [--seed TEXT]] [--halves]`. `--advice` names an alignment model; `{suite}` in it stands for the suite that is
 * scored, for a model that never saw it; with doubts it may add questions as well. With halves, one half of each suite is scored apart and never shown. The
 * recordings stay where they are; nothing of them is kept here.
 */
import type { Verdict } from '@assize/kernel'
import { execFileSync } from 'node:child_process'
import { appendFileSync, createWriteStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { PACKS, packPolicy } from '../../kernel/pack-files.ts'
import { attackedSessions, generatedSessions } from './generated/generated.ts'
import { counsellorOf } from './ask-with-model.ts'
import { judgeRecording, type JudgedCall } from './judge-recording.ts'
import { readerOf } from './read-with-model.ts'
import { familyOf, halfOf, type Recording, recordingsIn } from './recordings.ts'
import { addSession, cellsOf, HEADINGS, isBlocked, noSums, stillSucceeds, type Sums } from './score.ts'

const { values } = parseArgs({
  options: {
    sessions: { type: 'string' },
    generated: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    pack: { type: 'string', default: 'balanced' },
    model: { type: 'string' },
    advice: { type: 'string' },
    doubts: { type: 'boolean', default: false },
    held: { type: 'string' },
    only: { type: 'string' },
    every: { type: 'string', default: '1' },
    by: { type: 'string', default: 'suite' },
    out: { type: 'string' },
    log: { type: 'string' },
    note: { type: 'string', default: '' },
    show: { type: 'string' },
    halves: { type: 'boolean', default: false },
    shown: { type: 'string', default: '20' },
  },
})
if (values.sessions === undefined && values.generated === '0') {
  process.stderr.write(
    'Give the recorded sessions: --sessions DIR, or a number to be made up: --generated N. Without them nothing is scored.\n',
  )
  process.exit(2)
}

const pack = PACKS.find((name) => name === values.pack)
if (pack === undefined) {
  process.stderr.write(`There is no pack \`${values.pack}\`; known: ${PACKS.join(', ')}. Nothing was scored.\n`)
  process.exit(2)
}
const policy = packPolicy(pack)
const held = new Set((values.held ?? '').split(',').filter(Boolean))
const only = values.only === undefined ? undefined : new Set(values.only.split(','))
const every = Number(values.every)
const out = values.out === undefined ? undefined : createWriteStream(values.out)
const reader = values.model === undefined ? undefined : readerOf(values.model)
const counsellor = values.advice === undefined ? undefined : counsellorOf(values.advice, values.doubts)
const groups = new Map<string, Sums>()
const took: number[] = []
let room = Number(values.shown)
let seen = 0

for await (const recording of sessions()) {
  const suite = familyOf(recording)
  if (only?.has(suite) === false) continue
  seen += 1
  if (seen % every !== 0) continue
  const read = await reader?.read(recording)
  const judged = judgeRecording(recording, policy, { read, advice: await counsellor?.ask(recording, policy, read) })
  const verdicts = new Map(judged.map(({ call, decision }) => [call.callId, decision.verdict]))
  const verdictOf = (callId: string): Verdict => verdicts.get(callId) ?? 'allow'
  for (const key of keysOf(recording)) {
    const sums = groups.get(key) ?? noSums()
    groups.set(key, sums)
    addSession(sums, recording, verdictOf)
  }
  for (const one of judged) {
    took.push(one.took)
    out?.write(`${JSON.stringify({ session_id: recording.id, call_id: one.call.callId, verdict: one.decision.verdict })}\n`)
  }
  // A held suite is scored, never read.
  if (!held.has(suite) && (!values.halves || halfOf(recording) === 'read')) show(recording, judged, verdictOf)
}
out?.end()
await reader?.close()
await counsellor?.close()
report()

async function* sessions(): AsyncGenerator<Recording> {
  yield* recordingsIn((values.sessions ?? '').split(',').filter(Boolean))
  for (const batch of ['first', 'second'] as const) {
    const plan = { seed: values.seed, count: Number(values.generated), batch }
    yield* generatedSessions(plan)
    yield* attackedSessions(plan)
  }
}

/** A reworded attack is the same attack in other words, so it is counted apart. */
function keysOf(recording: Recording): readonly string[] {
  const suite = familyOf(recording)
  const name = recording.attack?.startsWith('reworded') === true ? `${suite}, reworded` : suite
  const side = held.has(suite) ? 'held' : 'in suite'
  const half = values.halves ? [`${name}, half ${halfOf(recording)} (${side})`] : []
  const finer = values.by
    .split(',')
    .filter((part) => part === 'model' || part === 'attack' || part === 'part')
    .map(
      (part) =>
        `${name}, ${part} ${(part === 'part' ? recording.suite : part === 'model' ? recording.model : recording.attack) ?? 'none'} (${side})`,
    )
  return [`${name} (${side})`, ...half, ...finer]
}

function show(recording: Recording, judged: readonly JudgedCall[], verdictOf: (callId: string) => Verdict): void {
  const wrong =
    values.show === 'asks'
      ? recording.labels.attacked !== true
        ? judged.filter(({ decision }) => isBlocked(decision.verdict))
        : []
      : values.show === 'misses' && stillSucceeds(recording, verdictOf) === true
        ? judged.filter(({ call }) => [...(recording.labels.required ?? []), ...(recording.labels.completing ?? [])].includes(call.callId))
        : []
  if (wrong.length === 0 || room <= 0) return
  room -= 1
  const prompts = recording.events.flatMap((event) => (event.type === 'user' ? [event.text] : [])).slice(0, 3)
  process.stdout.write(`\n=== ${recording.id}\nuser: ${prompts.join('\n      ').slice(0, 1200)}\n`)
  for (const { call, decision } of wrong) {
    process.stdout.write(
      `-- ${call.callId} ${call.tool} ${JSON.stringify(call.args).slice(0, 700)}\n   ${decision.verdict} ${decision.reasons.map(({ policy: id }) => id).join(', ')}\n`,
    )
    process.stdout.write(`   effects ${JSON.stringify(decision.effects).slice(0, 500)}\n`)
    for (const { arg, value, integrity, sources } of decision.derivations) {
      process.stdout.write(`   ${arg} ${JSON.stringify(value.slice(0, 80))} ${integrity}\n`)
      for (const match of sources.slice(0, 3))
        process.stdout.write(
          `      ${match.source.channel}/${match.source.tool ?? ''} ${match.via} ${match.coverage} ${match.setting}: ${JSON.stringify(match.excerpt)}\n`,
        )
    }
  }
}

function report(): void {
  const rows = [...groups].sort(([left], [right]) => (left < right ? -1 : 1))
  const lines = rows.map(([name, sums]) => `| ${[name, ...cellsOf(sums)].join(' | ')} |`)
  const head = [`| group | ${HEADINGS.join(' | ')} |`, `|${'---|'.repeat(HEADINGS.length + 1)}`]
  process.stdout.write(`\n${[...head, ...lines].join('\n')}\n`)
  took.sort((left, right) => left - right)
  const at = (part: number): string => (took[Math.floor(part * (took.length - 1))] ?? 0).toFixed(2)
  process.stdout.write(`\n${took.length} calls; decide p50 ${at(0.5)} ms, p99 ${at(0.99)} ms\n`)
  if (values.log === undefined) return
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const sample = every === 1 ? 'every session' : `every ${every}th session`
  const title = `## ${new Date().toISOString().slice(0, 16)} · ${commit} · held: ${[...held].join(', ') || 'none'} · ${sample}`
  appendFileSync(values.log, `\n${[title, '', values.note, '', ...head, ...lines].join('\n')}\n`)
}
