import { visible, type ToolDefinition } from '@assize/kernel'
import { EXIT } from '../platform/errors.ts'
import { readKnownDefinitions } from '../platform/known-definitions.ts'
import type { CommandContext } from './context.ts'

const CONTEXT = 40
const MOST_SHOWN = 600

/** `assize tools`: what MCP servers offer, and what of it changed since something was last let go to it. Needs no running agent. */
export async function runTools(context: CommandContext): Promise<number> {
  const { servers, problem } = readKnownDefinitions(context.state)
  if (problem !== undefined) context.complain(problem)
  if (context.json) {
    await context.say(JSON.stringify(Object.fromEntries([...servers].map(([server, tools]) => [server, Object.fromEntries(tools)]))))
    return EXIT.done
  }
  if (servers.size === 0) await context.say('No MCP server has described its tools yet.')
  for (const [server, tools] of servers) {
    const changed = [...tools].flatMap(([name, { known, changed: now }]) => {
      const before = known.at(-1)
      return now === undefined || before === undefined ? [] : [{ name, before, now }]
    })
    await context.say(`${visible(server)}: ${tools.size} known${changed.length === 0 ? '' : `, ${changed.length} changed`}`)
    for (const { name, before, now } of changed) {
      await context.say(`  ${visible(name)} is asked about before it is used; a yes accepts it as it is now.`)
      for (const line of differences(before, now)) await context.say(`    ${line}`)
    }
  }
  return EXIT.done
}

/** What differs, part by part: what went in `[- -]`, what came in `{+ +}`, with a little of what stands around. */
export function differences(before: ToolDefinition, now: ToolDefinition): readonly string[] {
  return (['description', 'inputSchema', 'annotations'] as const).flatMap((part) => {
    const [was, is] = [textOf(before[part]), textOf(now[part])]
    return was === is ? [] : [`${part}: ${difference(was, is)}`]
  })
}

function difference(was: string, is: string): string {
  const least = Math.min(was.length, is.length)
  let start = 0
  while (start < least && was[start] === is[start]) start += 1
  let end = 0
  while (end < least - start && was[was.length - 1 - end] === is[is.length - 1 - end]) end += 1
  const [gone, come] = [was.slice(start, was.length - end), is.slice(start, is.length - end)]
  const [ahead, behind] = [was.slice(Math.max(0, start - CONTEXT), start), was.slice(was.length - end).slice(0, CONTEXT)]
  const shown = (text: string) => visible(text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)} … (${text.length} characters)` : text)
  return [
    start > CONTEXT ? '…' : '',
    shown(ahead),
    gone === '' ? '' : `[-${shown(gone)}-]`,
    come === '' ? '' : `{+${shown(come)}+}`,
    shown(behind),
    end > CONTEXT ? '…' : '',
  ].join('')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
}
