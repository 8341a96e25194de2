import { pluginRunner } from '../plugin-runner.ts'

/** How long OpenCode may take to say whose session one is, and which servers it has, milliseconds. */
const LOOKUP_MS = 5000
const SERVERS_MS = 1000
const UNPLACED =
  'Blocked by Assize: OpenCode did not say whose session this is, so nobody could decide with what was read in it. Nothing of it went on. Try again.'

/**
 * The plugin as OpenCode loads it. A hook client that crashes, hangs, is missing or says what is no answer refuses the call;
 * what only tells the agent something keeps OpenCode from nothing.
 */
export function pluginText(command: readonly string[]): string {
  const values = new Map([
    ['$RUNNER', pluginRunner(command)],
    ['$UNPLACED', JSON.stringify(UNPLACED)],
    ['$LOOKUP_MS', String(LOOKUP_MS)],
    ['$SERVERS_MS', String(SERVERS_MS)],
  ])
  return PLUGIN.replaceAll(/\$(?:RUNNER|UNPLACED|LOOKUP_MS|SERVERS_MS)\b/g, (name) => values.get(name) ?? name)
}

const PLUGIN = `// Written by assize protect. OpenCode asks Assize about every tool call through this file.
$RUNNER
const UNPLACED = $UNPLACED

export const Assize = async ({ client, directory }) => {
  const parents = new Map()
  const agents = new Map()
  let servers

  function keep(map, id, value) {
    if (map.size > 5000) map.clear()
    map.set(id, value)
  }

  // Asked again as long as there is no answer: a sub-agent taken for a session of its own would count as one that has read nothing.
  async function parentOf(id) {
    if (!parents.has(id)) {
      const found = (await within($LOOKUP_MS, client.session.get({ path: { id } })).catch(() => undefined))?.data
      if (found === undefined) throw new Error(UNPLACED)
      keep(parents, id, found.parentID ?? null)
    }
    return parents.get(id)
  }

  // A sub-agent's session belongs to the one that began it: what is said in it is the model's word.
  async function placeOf(id) {
    let root = id
    for (let depth = 0; depth < 32; depth += 1) {
      const parent = await parentOf(root)
      if (parent === null) return root === id ? { session_id: id } : { session_id: root, agent_id: agents.get(id) ?? 'subagent' }
      root = parent
    }
    throw new Error(UNPLACED)
  }

  async function serverOf(tool) {
    if (!tool.includes('_')) return {}
    try {
      const said = servers === undefined ? (await within($SERVERS_MS, client.config.get()))?.data : undefined
      if (said !== undefined) servers = Object.keys(said.mcp ?? {})
    } catch {}
    const server = servers?.find((name) => tool.startsWith(name.replace(/[^a-zA-Z0-9_-]/g, '_') + '_'))
    return server === undefined ? {} : { mcp_server: server }
  }

  function within(millis, promise) {
    return Promise.race([promise, new Promise((resolve) => setTimeout(resolve, millis))])
  }

  async function about(hook_event_name, { sessionID, tool, callID }) {
    const of = tool === undefined ? {} : { tool_name: tool, tool_use_id: callID, ...(await serverOf(tool)) }
    return { hook_event_name, cwd: directory, ...(await placeOf(sessionID)), ...of }
  }

  return {
    'tool.execute.before': async (input, output) => {
      const asked = await run({ ...(await about('tool.execute.before', input)), tool_input: output.args ?? {} })
      const answer = answerIn(asked)
      if (answer === undefined) throw new Error(asked.code === 2 && asked.err.trim() !== '' ? asked.err.trim() : FAILED)
      if (answer.decision === 'deny') throw new Error(answer.reason || FAILED)
      if (answer.input === undefined) return
      for (const key of Object.keys(output.args)) delete output.args[key]
      Object.assign(output.args, answer.input)
    },
    'tool.execute.after': async (input, output) => {
      const came = typeof output?.output === 'string' ? output.output : JSON.stringify(output?.content ?? '')
      const place = await about('tool.execute.after', input).catch(() => undefined)
      const told = { ...place, tool_input: input.args ?? {}, tool_response: came }
      const answer = place === undefined ? { output: UNPLACED } : answerIn(await run(told))
      if (typeof answer?.output !== 'string') return
      if (typeof output.output === 'string') output.output = answer.output
      else output.content = [{ type: 'text', text: answer.output }]
      if (typeof output.metadata?.output === 'string') output.metadata.output = answer.output
    },
    'chat.message': async (input, output) => {
      const text = (output.parts ?? []).filter((part) => part.type === 'text' && part.synthetic !== true).map((part) => part.text)
      if (input.agent !== undefined) keep(agents, input.sessionID, input.agent)
      // Whose word it is nobody can say then, and a person's must not be made of it.
      const told = await about('chat.message', input).catch(() => undefined)
      if (told === undefined) return
      const task = told.agent_id === undefined ? {} : { hook_event_name: 'chat.task', task: text.join('\\n') }
      await run({ ...told, prompt: text.join('\\n'), ...task })
    },
    event: async ({ event }) => {
      const { id, parentID } = event.properties?.info ?? {}
      if (id === undefined) return
      if (event.type === 'session.created') keep(parents, id, parentID ?? null)
      if (event.type === 'session.deleted') await run({ hook_event_name: 'session.deleted', session_id: id, cwd: directory })
    },
  }
}
`
