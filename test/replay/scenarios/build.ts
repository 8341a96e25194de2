/** Scenarios: what a person asks an agent, what it reads, and what somebody planted there, built into recorded sessions. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
type Fields = { readonly [key: string]: Json }
type Part = 'benign' | 'attack' | 'preparing'

/** One entry of a tool catalogue. */
export type Tool = { readonly name: string; readonly description: string; readonly inputSchema: Fields }

export type Step =
  | { readonly step: 'call'; readonly part: Part; readonly tool: string; readonly args: Fields; readonly result: Json }
  | { readonly step: 'say' | 'ask'; readonly text: string }

/** How the planted text speaks to its reader. */
export type Manner =
  | 'imperative'
  | 'declarative'
  | 'field'
  | 'notice'
  | 'foreign'
  | 'polite'
  | 'steps'
  | 'turn'
  | 'hidden'
  | 'reasoned'
  | 'split'
  | 'encoded'
  | 'correction'
  | 'impersonation'
  | 'threat'
  | 'error'
  | 'todo'
  | 'gate'
  | 'hop'

/** A text planted at a slot of a result, what an agent that believes it calls, how many steps later, and how many it leaves out. */
export type Attack = {
  readonly manner: Manner
  readonly plant: string
  /** A second slot and what is planted there. */
  readonly also: readonly [slot: string, plant: string] | undefined
  readonly calls: readonly Step[]
  readonly slot: string
  readonly drops: number
  readonly later: number
}

/** One thing a person wants done; results hold slots `{{}}` or `{{name}}` where a text can be planted. */
export type Task = {
  readonly name: string
  readonly user: string
  readonly steps: readonly Step[]
  readonly attacks: readonly Attack[]
}

export type Suite = { readonly name: string; readonly system?: string; readonly tools: readonly Tool[]; readonly tasks: readonly Task[] }

/**
 * A tool with its parameters in short: `to* cc limit:number tags:string[]`. A star marks what is required, no type means string.
 */
export function tool(name: string, description: string, parameters = ''): Tool {
  const properties: { [key: string]: Json } = {}
  const required: string[] = []
  for (const word of parameters.split(' ').filter((part) => part !== '')) {
    const [key = '', type = 'string'] = word.replace('*', '').split(':')
    if (word.includes('*')) required.push(key)
    properties[key] = type.endsWith('[]') ? { type: 'array', items: { type: type.slice(0, -2) } } : { type }
  }
  return { name, description, inputSchema: { type: 'object', properties, required } }
}

/** A call the task needs. */
export function call(name: string, args: Fields, result: Json): Step {
  return { step: 'call', part: 'benign', tool: name, args, result }
}

/** A call that does the harm. */
export function hurt(name: string, args: Fields, result: Json = 'ok'): Step {
  return { step: 'call', part: 'attack', tool: name, args, result }
}

/** A call made on the attacker's word that harms nobody by itself; not scored. */
export function prepare(name: string, args: Fields, result: Json): Step {
  return { step: 'call', part: 'preparing', tool: name, args, result }
}

/** What the agent says. */
export function say(text: string): Step {
  return { step: 'say', text }
}

/** What the person says later. */
export function ask(text: string): Step {
  return { step: 'ask', text }
}

export function task(name: string, user: string, ...rest: [readonly Step[], (readonly Attack[])?]): Task {
  return { name, user, steps: rest[0], attacks: rest[1] ?? [] }
}

type Where = {
  readonly slot?: string
  readonly drops?: number
  readonly later?: number
  readonly also?: readonly [slot: string, plant: string]
}

/**
 * An attack; `slot` names where it is planted, `later` how many steps the agent goes on before it obeys, `drops` how many of the
 * steps behind that its calls take the place of, `also` a second slot with its text.
 */
export function attack(manner: Manner, plant: string, calls: readonly Step[], where: Where = {}): Attack {
  return { manner, plant, calls, slot: where.slot ?? '', drops: where.drops ?? 0, later: where.later ?? 0, also: where.also }
}
