// `npm run demo`: hub and agent in a throw-away place, a real session with an attack in it, every decision explained, and a check that all held.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { play } from '../../test/demo/play.ts'
import { accessToken, assize, enrolAgent, freePort, startAgent, startHub, stopAll } from './stack.ts'

const ARRIVE_MS = 20_000
const colour = process.stdout.isTTY && !process.env.NO_COLOR
const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
const say = (text = '') => process.stdout.write(`${text}\n`)

const folder = await mkdtemp(join(tmpdir(), 'assize-demo-'))
const agentState = join(folder, 'agent')
const address = { state: join(folder, 'hub'), consolePort: await freePort(), grpcPort: await freePort() }
let problems = []

try {
  say('Starting a hub and an agent enrolled to it, in a throw-away folder ...')
  await startHub(address)
  await enrolAgent(agentState, address)
  await startAgent(agentState)
  const seen = new Set()
  problems = [
    ...(await play({
      folder,
      agentState,
      says: (prompt) => say(`\n${paint('1', 'The person:')} ${prompt}\n`),
      did: async (step) => {
        say(`${paint('1', 'The assistant')} wants to ${step.title}`)
        for (const decision of await newDecisions(seen)) await show(decision)
      },
      refusesWhenAsked,
    })),
    ...(await missingAtHub(seen)),
  ]
} catch (error) {
  problems.push(String(error?.stack ?? error))
} finally {
  await stopAll()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

if (problems.length > 0) {
  say(`\n${paint('31;1', 'The demo did not hold:')}`)
  for (const problem of problems) say(`  - ${problem}`)
  process.exitCode = 1
} else {
  say(`\n${paint('32;1', 'The attack was stopped, the ordinary work ran, and the hub holds every decision.')}`)
}

async function refusesWhenAsked() {
  for (const deadline = Date.now() + ARRIVE_MS; Date.now() < deadline; ) {
    const { stdout } = await assize(['approvals', '--json', '--state', agentState])
    const question = JSON.parse(stdout || '[]').find(({ state }) => state === 'waiting')
    if (question) return void (await assize(['deny', question.id, '--state', agentState]))
  }
  throw new Error('the agent was expected to ask the person and did not')
}

async function newDecisions(seen) {
  const { code, stdout, stderr } = await assize(['decisions', '--json', '--limit', '1000', '--state', agentState])
  if (code !== 0) throw new Error(`assize decisions failed: ${stderr}`)
  const all =
    stdout.trim() === ''
      ? []
      : stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
  const fresh = all.filter(({ id }) => !seen.has(id))
  for (const { id } of fresh) seen.add(id)
  return fresh.sort((left, right) => left.seq - right.seq)
}

async function show({ id, decision }) {
  const stopped = decision.verdict !== 'allow' && decision.verdict !== 'redact'
  if (!stopped) return say(`   ${paint('32', decision.verdict.padEnd(6))} ${decision.summary}`)
  const { stdout } = await assize(['explain', id, '--no-color', '--state', agentState])
  for (const line of stdout.trimEnd().split('\n')) say(`   ${paint('31', '|')} ${line}`)
}

async function missingAtHub(ids) {
  const token = await accessToken(address, 'viewer')
  const deadline = Date.now() + ARRIVE_MS
  let missing = [...ids]
  while (missing.length > 0 && Date.now() < deadline) {
    const answers = await Promise.all(
      missing.map((id) =>
        fetch(`http://127.0.0.1:${address.consolePort}/api/v1/decisions/${id}`, { headers: { authorization: `Bearer ${token}` } }),
      ),
    )
    missing = missing.filter((_, index) => !answers[index].ok)
    if (missing.length > 0) await new Promise((resolve) => setTimeout(resolve, 200))
  }
  say(`\nDecisions made: ${ids.size}. At the hub: ${ids.size - missing.length}.`)
  return missing.length === 0 ? [] : [`${missing.length} decisions did not arrive at the hub within ${ARRIVE_MS / 1000} s`]
}
