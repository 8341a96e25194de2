import { readFileSync, rmSync } from 'node:fs'
import { z } from 'zod'

const lineSchema = z.object({
  at: z.number(),
  gate: z.string().max(100),
  event: z.string().max(100),
  tool: z.string().max(200),
  session: z.string().max(200),
})
export type Unjudged = z.infer<typeof lineSchema>

const MOST_LINES = 10_000

/** What front-ends let through while no agent answered, oldest first. Lines that cannot be read are counted. */
export function readUnjudged(path: string): { readonly found: readonly Unjudged[]; readonly unreadable: number } {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return { found: [], unreadable: 0 }
  }
  const found: Unjudged[] = []
  let unreadable = 0
  for (const line of text.split('\n').slice(0, MOST_LINES)) {
    if (line === '') continue
    const parsed = parseLine(line)
    if (parsed === undefined) unreadable += 1
    else found.push(parsed)
  }
  return { found, unreadable }
}

/** Called once they are in the journal. */
export function forgetUnjudged(path: string): void {
  rmSync(path, { force: true })
}

function parseLine(line: string): Unjudged | undefined {
  try {
    return lineSchema.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}
