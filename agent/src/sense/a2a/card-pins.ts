/** The cards of agents as they were when something was last let go to them; kept over restarts. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson, type JsonObject, type ToolDefinition } from '@assize/kernel'
import { messageOf, systemCode } from '../../platform/errors.ts'
import { writePrivateFile } from '../../platform/private-file.ts'
import { objectOf, textOf } from '../mcp-protocol.ts'

const MOST_BYTES = 16 * 1024 * 1024

export function fingerprintOf(definition: ToolDefinition): string {
  return createHash('sha256')
    .update(canonicalJson({ ...definition }))
    .digest('hex')
}

export class CardPins {
  private readonly path: string
  private readonly pins = new Map<string, ToolDefinition>()
  problem: string | undefined

  constructor(state: string) {
    this.path = join(state, 'a2a-cards.json')
    try {
      const text = readFileSync(this.path, 'utf8')
      if (text.length > MOST_BYTES) throw new Error('it is larger than 16 MiB')
      for (const [name, pin] of Object.entries(JSON.parse(text) as JsonObject)) {
        const definition = objectOf(pin)
        if (textOf(definition['name']) !== undefined) this.pins.set(name, definition as unknown as ToolDefinition)
      }
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return
      this.problem = `The remembered agent cards in ${this.path} cannot be read (${messageOf(error)}), so a card that changed since is taken as it is now. Look at the agents under sense.a2a, then remove the file.`
    }
  }

  get(agent: string): ToolDefinition | undefined {
    return this.pins.get(agent)
  }

  /** Something was let go to the agent as it is now, so this is what it is known by. */
  accept(agent: string, definition: ToolDefinition): void {
    const known = this.pins.get(agent)
    if (known !== undefined && fingerprintOf(known) === fingerprintOf(definition)) return
    this.pins.set(agent, definition)
    try {
      writePrivateFile(this.path, `${JSON.stringify(Object.fromEntries(this.pins))}\n`)
      this.problem = undefined
    } catch (error) {
      this.problem = `Agent cards cannot be remembered in ${this.path} (${messageOf(error)}), so a change is noticed only until the agent stops. Make room or repair the folder.`
    }
  }
}
