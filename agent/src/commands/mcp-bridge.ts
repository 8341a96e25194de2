import { AgentError, EXIT, messageOf } from '../platform/errors.ts'
import { runBridge } from '../sense/mcp-http/index.ts'
import { addressOf } from './server-address.ts'

const LINE_BYTES = 64 * 1024 * 1024

/**
 * `assize mcp-bridge URL [--line-bytes N] [--header 'NAME: VALUE' | --header-env NAME=VARIABLE]…`: the far side of
 * `assize mcp --url`, which starts it behind the gate. Without the gate it decides nothing.
 */
export async function runMcpBridge(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): Promise<number> {
  const [address = '', ...options] = args
  const { headers, lineBytes } = read(options, environment)
  const complain = (text: string): void => void process.stderr.write(`assize: ${text}\n`)
  try {
    await runBridge({ url: addressOf(address), headers, lineBytes, input: process.stdin, output: process.stdout, complain })
  } catch (error) {
    if (error instanceof AgentError) throw error
    complain(`The connection to ${address} ended (${messageOf(error)}), so its tools are gone until it is started again.`)
    return EXIT.no
  }
  return EXIT.done
}

function read(options: readonly string[], environment: Readonly<Record<string, string | undefined>>) {
  const headers: Record<string, string> = {}
  let lineBytes = LINE_BYTES
  for (let at = 0; at < options.length; at += 2) {
    const [name, value = ''] = [options[at], options[at + 1]]
    if (name === '--line-bytes') lineBytes = Number(value)
    else if (name === '--header')
      Object.assign(
        headers,
        header(value, ':', (text) => text),
      )
    else if (name === '--header-env')
      Object.assign(
        headers,
        header(value, '=', (text) => environment[text] ?? ''),
      )
    else throw new AgentError('usage', `The option \`${name ?? ''}\` is not known, so nothing was started.`)
  }
  return { headers, lineBytes }
}

function header(text: string, between: string, value: (text: string) => string): Record<string, string> {
  const at = text.indexOf(between)
  const name = text.slice(0, at).trim().toLowerCase()
  if (at < 0 || !/^[\w-]+$/.test(name)) throw new AgentError('usage', `\`${text}\` names no header, so nothing was started.`)
  return { [name]: value(text.slice(at + 1).trim()) }
}
