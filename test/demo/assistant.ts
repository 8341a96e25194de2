/** A small AI assistant without a model: it does what a script says, through real MCP clients and the real hook of a coding agent. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { assize } from '../../tools/start/stack.ts'
import { gated } from '../harness/gate.ts'

export interface Answer {
  readonly ran: boolean
  readonly text: string
}

export interface Assistant {
  /** The person says something. */
  hears(prompt: string): Promise<void>
  /** Calls a tool of an MCP server through the gate. */
  calls(server: string, tool: string, args: Record<string, unknown>): Promise<Answer>
  /** Runs a shell command the way a coding agent does: asks the hook first, runs it only if allowed, reports what came out. */
  runs(command: string): Promise<Answer>
  close(): Promise<void>
}

export interface AssistantOptions {
  readonly agentState: string
  readonly cwd: string
  readonly servers: Readonly<Record<string, readonly string[]>>
  readonly env?: NodeJS.ProcessEnv
}

export async function startAssistant({ agentState, cwd, servers, env = {} }: AssistantOptions): Promise<Assistant> {
  const session = randomUUID()
  const clients = new Map<string, Client>()
  for (const [name, server] of Object.entries(servers)) {
    const [command = '', ...args] = gated(agentState, server)
    const client = new Client({ name: 'demo-assistant', version: '1.0.0' })
    await client.connect(
      new StdioClientTransport({
        command,
        args,
        cwd,
        env: { ...(process.env as Record<string, string>), ...(env as Record<string, string>) },
        stderr: 'ignore',
      }),
    )
    await client.listTools()
    clients.set(name, client)
  }

  const hook = async (event: string, fields: object): Promise<{ code: number | null; output: Record<string, unknown> }> => {
    const input = JSON.stringify({
      session_id: session,
      transcript_path: '/dev/null',
      cwd,
      permission_mode: 'default',
      hook_event_name: event,
      ...fields,
    })
    const { code, stdout, stderr } = await assize(['--state', agentState, 'hook', 'claude-code'], { cwd, input })
    if (code !== 0 && code !== 2) throw new Error(`the hook ended with ${code}: ${stderr}`)
    return { code, output: stdout.trim() === '' ? {} : (JSON.parse(stdout) as Record<string, unknown>) }
  }

  return {
    async hears(prompt) {
      await hook('UserPromptSubmit', { prompt })
    },
    async calls(server, tool, args) {
      const client = clients.get(server)
      if (!client) throw new Error(`no server ${server}`)
      const { content, isError } = await client.callTool({ name: tool, arguments: args })
      const text = (content as { type: string; text?: string }[]).map((block) => block.text ?? `[${block.type}]`).join('\n')
      return { ran: isError !== true, text }
    },
    async runs(command) {
      const id = `toolu_${randomUUID()}`
      const call = { tool_name: 'Bash', tool_input: { command }, tool_use_id: id }
      const { output } = await hook('PreToolUse', call)
      const said = output['hookSpecificOutput'] as { permissionDecision?: string; permissionDecisionReason?: string } | undefined
      if (said?.permissionDecision === 'deny' || said?.permissionDecision === 'ask')
        return { ran: false, text: said.permissionDecisionReason ?? '' }
      const text = await shell(command, cwd)
      await hook('PostToolUse', { ...call, tool_response: { stdout: text, stderr: '', interrupted: false } })
      return { ran: true, text }
    },
    async close() {
      await Promise.all([...clients.values()].map((client) => client.close()))
    },
  }
}

function shell(command: string, cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', command], { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: 10_000 })
    const chunks: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', () => resolve(Buffer.concat(chunks).toString()))
  })
}
