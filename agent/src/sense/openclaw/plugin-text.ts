import { pluginRunner } from '../plugin-runner.ts'

const UNPLACED =
  'Blocked by Assize: OpenClaw did not say which session began this one, so nobody could decide with what was read in it. Nothing of it went on. Begin the work anew.'

export const PACKAGE = `${JSON.stringify({ name: 'assize-openclaw', version: '1.0.0', private: true, type: 'module', openclaw: { extensions: ['./index.js'] } }, null, 2)}\n`

export const MANIFEST = `${JSON.stringify(
  {
    id: 'assize',
    name: 'Assize',
    description: 'Asks Assize about every tool call.',
    version: '1.0.0',
    activation: { onStartup: true, onCapabilities: ['hook'] },
    contracts: { agentToolResultMiddleware: ['openclaw', 'codex'] },
    configSchema: { type: 'object', additionalProperties: false, properties: {} },
  },
  null,
  2,
)}\n`

/** The plugin as OpenClaw loads it. A call about which nobody could be asked does not run; a result that nobody could judge is not read. */
export function pluginText(command: readonly string[]): string {
  const values = new Map([
    ['$RUNNER', pluginRunner(command)],
    ['$UNPLACED', JSON.stringify(UNPLACED)],
  ])
  return PLUGIN.replaceAll(/\$(?:RUNNER|UNPLACED)\b/g, (name) => values.get(name) ?? name)
}

const PLUGIN = `// Written by assize protect. OpenClaw asks Assize about every tool call through this file.
$RUNNER
const UNPLACED = $UNPLACED
const KEPT = 'Assize kept this result back: its hook failed, so nobody could judge it. Run assize doctor.'
const parents = new Map()
const conversations = new Map()
const folders = new Map()

function keep(map, key, value) {
  if (map.size > 5000) map.clear()
  map.set(key, value)
}

// A key stands for a place such as the main chat; a conversation there ends when it is begun anew, not when it is made shorter.
const BEGUN_ANEW = new Set(['new', 'reset', 'idle', 'daily', 'deleted'])

// What a sub-agent reads counts for the session that began it.
function placeOf({ sessionKey, sessionId }) {
  if (sessionKey === undefined) return { session_id: sessionId }
  let root = sessionKey
  for (let depth = 0; depth < 32 && /:subagent:/.test(root); depth += 1) {
    root = parents.get(root)
    if (root === undefined) throw new Error(UNPLACED)
  }
  if (root === sessionKey && !conversations.has(root)) keep(conversations, root, sessionId ?? root)
  const session_id = conversations.get(root)
  if (session_id === undefined) throw new Error(UNPLACED)
  return root === sessionKey ? { session_id } : { session_id, agent_id: 'subagent' }
}

function about(hook_event_name, context) {
  const cwd = folders.get(context.sessionKey) ?? process.cwd()
  return { hook_event_name, cwd, ...placeOf(context) }
}

async function decide(event, context) {
  const workdir = typeof event.params?.workdir === 'string' && event.params.workdir.startsWith('/') ? { cwd: event.params.workdir } : {}
  const tool = { tool_name: event.toolName, tool_use_id: event.toolCallId, tool_kind: event.toolKind, tool_input: event.params ?? {} }
  const asked = await run({ ...about('before_tool_call', context), ...workdir, ...tool })
  const answer = answerIn(asked)
  if (answer === undefined) return { block: true, blockReason: asked.code === 2 && asked.err.trim() !== '' ? asked.err.trim() : FAILED }
  if (answer.decision === 'deny') return { block: true, blockReason: answer.reason || FAILED }
  return answer.input === undefined ? undefined : { params: answer.input }
}

async function judged(event, context) {
  const tool = { tool_name: event.toolName, tool_use_id: event.toolCallId, tool_input: event.args ?? {} }
  const failed = event.isError === true ? { error: event.result?.content } : {}
  const told = { ...about('tool_result', context), ...(event.cwd === undefined ? {} : { cwd: event.cwd }), ...tool, ...failed }
  const answer = answerIn(await run({ ...told, tool_response: event.result?.content ?? [] }))
  if (answer === undefined) return [{ type: 'text', text: KEPT }]
  return Array.isArray(answer.output) ? answer.output : undefined
}

async function heard(event, context) {
  keep(folders, context.sessionKey, context.workspaceDir)
  // Where a sender is named and nothing says that it is the owner, that is unproven.
  const stranger = event.senderIsOwner === false || (event.senderIsOwner !== true && event.senderId !== undefined)
  const own = context.trigger === 'user' && !stranger
  const place = about('before_agent_run', context)
  const origin = own ? {} : { origin: 'OpenClaw, ' + (context.trigger ?? 'by itself') + (stranger ? ', not its owner' : '') }
  const said = place.agent_id === undefined ? { prompt: event.prompt, ...origin } : { hook_event_name: 'before_agent_task', task: event.prompt }
  await run({ ...place, ...said })
}

export default {
  id: 'assize',
  name: 'Assize',
  description: 'Asks Assize about every tool call.',
  register(api) {
    // After every other plugin, so that what is judged is what runs.
    api.on(
      'before_tool_call',
      async (event, context) => {
        try {
          return await decide(event, context)
        } catch (error) {
          return { block: true, blockReason: error?.message === UNPLACED ? UNPLACED : FAILED }
        }
      },
      { priority: -1_000_000 },
    )
    api.registerAgentToolResultMiddleware(
      async (event, context) => {
        const content = await judged(event, context).catch(() => [{ type: 'text', text: KEPT }])
        // What stands beside the content repeats it.
        return content === undefined ? undefined : { result: { ...event.result, content, details: {} } }
      },
      { runtimes: ['openclaw', 'codex'] },
    )
    api.on('before_agent_run', async (event, context) => {
      await heard(event, context).catch(() => undefined)
    })
    api.on('subagent_spawned', async ({ childSessionKey }, context) => {
      if (context.requesterSessionKey !== undefined) keep(parents, childSessionKey, context.requesterSessionKey)
    })
    api.on('session_end', async (event, context) => {
      const key = event.sessionKey ?? context.sessionKey
      const session_id = conversations.get(key)
      if (session_id === undefined || !BEGUN_ANEW.has(event.reason)) return
      conversations.delete(key)
      await run({ hook_event_name: 'session_end', session_id, cwd: process.cwd() })
    })
  },
}
`
