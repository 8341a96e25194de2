// `npm start`: a hub and an agent enrolled to it on this machine, in the foreground.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { settledGrpcPort, startOptions, USAGE } from './options.mjs'
import { enrolAgent, enrolled, HUB_MAIN, mustRun, startAgent, startHub, stopAll, taken } from './stack.ts'

const ADMIN = 'admin'
const MODEL_GATEWAY_PORT = 7310
const DECISION_API_PORT = 7311
const say = (text = '') => process.stdout.write(`${text}\n`)
let stopping = false

async function stop(code) {
  if (stopping) return
  stopping = true
  await stopAll()
  process.exit(code)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (!stopping) say('\nStopping ...')
    void stop(0)
  })
}

try {
  const options = startOptions(process.argv.slice(2))
  if (options.help) {
    process.stdout.write(USAGE)
    process.exit(0)
  }
  await run(options)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  await stop(error.code?.startsWith?.('ERR_PARSE_ARGS') || /nothing was started/.test(error.message) ? 2 : 4)
}

async function run(options) {
  const address = { state: join(options.state, 'hub'), consolePort: options.consolePort, grpcPort: settledGrpcPort(options) }
  const agentState = join(options.state, 'agent')
  for (const [port, option] of [
    [address.consolePort, '--console-port'],
    [address.grpcPort, '--grpc-port'],
  ]) {
    if (await taken(port))
      throw new Error(
        `Port ${port} is in use, so nothing was started. Stop what listens there (perhaps another \`npm start\`), or choose another with ${option}.`,
      )
  }
  // An agent that is enrolled needs no hub to start; both at once are there sooner.
  const doors = {
    ...((await taken(MODEL_GATEWAY_PORT)) ? {} : { ASSIZE_MODEL_GATEWAY: String(MODEL_GATEWAY_PORT) }),
    ...((await taken(DECISION_API_PORT)) ? {} : { ASSIZE_DECISION_API: String(DECISION_API_PORT) }),
  }
  const startHere = () => startAgent(agentState, doors)
  const early = enrolled(agentState) ? startHere() : undefined
  early?.catch(() => undefined)
  const hub = await startHub(address)
  if (!early) await enrolAgent(agentState, address)
  const [link, agent] = await Promise.all([signInLink(address), early ?? startHere()])
  for (const service of [agent, hub]) void service.exited().then((finished) => ended(service, finished))
  announce({ link, agentState, hubState: address.state, consolePort: options.consolePort, doors })
  if (options.open && process.stdout.isTTY) openBrowser(link)
}

/** A one-time link that signs the administrator in; the first start makes the administrator. */
async function signInLink({ state, consolePort }) {
  const { link } = JSON.parse(await mustRun(HUB_MAIN, ['admin', 'create', ADMIN, '--no-password', '--state', state, '--json']))
  return link.replace(/^http:\/\/[^/]+/, `http://127.0.0.1:${consolePort}`)
}

function announce({ link, agentState, hubState, consolePort, doors }) {
  const decisions =
    'ASSIZE_DECISION_API' in doors
      ? `http://127.0.0.1:${DECISION_API_PORT}/acs   (see docs/sdk.md)`
      : `not open: port ${DECISION_API_PORT} is in use`
  const models =
    'ASSIZE_MODEL_GATEWAY' in doors
      ? `http://127.0.0.1:${MODEL_GATEWAY_PORT}/{anthropic,openai/v1,gemini,ollama}   (see docs/gates.md)`
      : `not open: port ${MODEL_GATEWAY_PORT} is in use`
  say(`
Assize is running: a hub, and an agent on this machine enrolled to it.

  console   http://127.0.0.1:${consolePort}/
  sign in   ${link}
            (works once; for another: ./assize-hub admin link --state ${hubState})
  agent     export ASSIZE_STATE=${agentState}
            ./assize status
  models    ${models}
  decisions ${decisions}

Put it in front of an MCP server:   ./assize mcp -- COMMAND ARG...
Put it in front of Claude Code:     ./assize hook claude-code --print-settings
See it stop an attack:              npm run demo

Ctrl-C stops everything.`)
}

function ended(service, { code }) {
  if (stopping) return
  process.stderr.write(
    code === 0
      ? `${service.name} was stopped, so the rest stops too; nothing on this machine is decided or recorded until it is started again.\n`
      : `${service.name} ended by itself; nothing on this machine is decided or recorded any more. What it said last:\n${service.log.slice(-2000)}\n`,
  )
  void stop(code === 0 ? 0 : 4)
}

function openBrowser(url) {
  const [command, ...args] =
    process.platform === 'darwin' ? ['open', url] : process.platform === 'win32' ? ['cmd', '/c', 'start', '', url] : ['xdg-open', url]
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref()
}
