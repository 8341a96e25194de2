/** A small MCP server over stdio for tests: answers what it is asked, and says on stderr what reached it. */
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

interface Request {
  readonly id?: number | string
  readonly method?: string
  readonly params?: { readonly name?: string; readonly arguments?: Readonly<Record<string, string>> }
}

const TOOLS = ['read_text_file', 'write_file', 'fetch', 'exit', 'big', 'send_message'].map((name) => ({
  name,
  description: `Does ${name}.`,
  inputSchema: { type: 'object' },
}))

createInterface({ input: process.stdin }).on('line', (line) => {
  process.stderr.write(`got ${line}\n`)
  const { id, method, params } = JSON.parse(line) as Request
  if (id !== undefined) process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result: resultOf(method, params) })}\n`)
})
process.on('SIGTERM', () => process.exit(43))

function resultOf(method: string | undefined, params: Request['params']): object {
  switch (method) {
    case 'initialize':
      return { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'tiny', version: '1' } }
    case 'tools/list':
      return { tools: TOOLS }
    case 'tools/call':
      if (params?.name === 'exit') process.exit(7)
      return { content: [{ type: 'text', text: textOf(params) }] }
    default:
      return {}
  }
}

function textOf(params: Request['params']): string {
  if (params?.name === 'big') return 'x'.repeat(300_000)
  const path = params?.arguments?.['path'] ?? ''
  return params?.name === 'read_text_file' && existsSync(path) ? readFileSync(path, 'utf8') : `did ${params?.name}`
}
