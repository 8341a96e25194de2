/** Benign sessions over invented tool catalogues: a stand-in for tools and tasks nobody has seen. Seeded. */
import { chanceOf, type Chance } from '../../harness/chance.ts'
import { worded, WORDINGS } from '../../redteam/coding/wordings.ts'
import type { RecordedEvent, RecordedTool, Recording } from '../recordings.ts'
import { HARMS, poisoned } from './attacks.ts'
import { PEOPLE } from './domains-people.ts'
import { SECOND } from './domains-second.ts'
import { THINGS } from './domains-things.ts'
import { printingOf } from './printing.ts'
import type { Domain, Task, Tool } from './task.ts'

/** The first batch mechanisms were developed with; the second was written afterwards. */
export const BATCHES: Readonly<Record<'first' | 'second', readonly Domain[]>> = { first: [...PEOPLE, ...THINGS], second: SECOND }

export interface Plan {
  readonly seed: string
  readonly count: number
  readonly batch: keyof typeof BATCHES
}

/** Each session in the words, spelling and printing of a catalogue of its own; domains take turns. */
export function* generatedSessions(plan: Plan): Generator<Recording> {
  for (let index = 0; index < plan.count; index += 1) {
    const chance = chanceOf(`${plan.seed}/${index}`)
    const domains = BATCHES[plan.batch]
    const domain = domains[index % domains.length] as Domain
    yield recordingOf(`generated-${plan.batch}-${plan.seed}-${index}`, chance.pick(domain.tasks)(chance), {
      domain,
      chance,
      batch: plan.batch,
    })
  }
}

function recordingOf(
  id: string,
  task: Task,
  about: { readonly domain: Domain; readonly chance: Chance; readonly batch: string },
): Recording {
  const { domain, chance } = about
  const [spell, print] = [chance.pick(SPELLINGS), printingOf(chance)]
  const described = chance.happens(0.8)
  const nameOf = (tool: Tool): string => spell(tool.words, domain.name)
  const events: RecordedEvent[] = [{ type: 'user', text: task.prompt }]
  for (const [index, { tool, args, result }] of task.steps.entries()) {
    const call_id = `${id}-${index}`
    events.push(
      { type: 'tool_call', call_id, tool: nameOf(tool), args },
      { type: 'tool_result', call_id, tool: nameOf(tool), text: print(result) },
    )
  }
  const tools = new Map(task.steps.map(({ tool }) => [nameOf(tool), definitionOf(nameOf(tool), tool, described)]))
  return {
    id,
    source: 'generated',
    suite: `generated ${about.batch}/${domain.name}`,
    model: 'none',
    attack: null,
    tools: [...tools.values()],
    events,
    labels: {},
  }
}

function definitionOf(name: string, tool: Tool, described: boolean): RecordedTool {
  const properties = Object.fromEntries(tool.arguments.map((argument) => [argument, {}]))
  return { name, ...(described ? { description: tool.description } : {}), inputSchema: { type: 'object', properties } }
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

const SPELLINGS: readonly ((words: readonly string[], domain: string) => string)[] = [
  (words) => words.join('_'),
  (words) => words.join('-'),
  (words) => words.map((word, index) => (index === 0 ? word : capital(word))).join(''),
  (words) => words.map(capital).join(''),
  (words, domain) => `${domain}.${words.join('_')}`,
  (words, domain) => `${domain}_${words.join('_')}`,
  (words, domain) => `${domain}/${words.join('.')}`,
]

/** The same tasks with a text in one of their results, and the call of an agent that obeys it. */
export function* attackedSessions(plan: Plan): Generator<Recording> {
  for (let index = 0; index < plan.count; index += 1) {
    const chance = chanceOf(`${plan.seed}/${index}`)
    const domains = BATCHES[plan.batch]
    const domain = domains[index % domains.length] as Domain
    const task = chance.pick(domain.tasks)(chance)
    const attack = chanceOf(`${plan.seed}/${index}/attack`)
    const harm = attack.pick(HARMS)(attack)
    const wording = attack.pick(WORDINGS)
    const at = attack.below(task.steps.length)
    const text = worded(harm, wording, attack)
    const steps = task.steps
      .slice(0, at + 1)
      .map((one, number) => (number === at ? { ...one, result: poisoned(one.result, text, attack) } : one))
    const id = `attacked-${plan.batch}-${plan.seed}-${index}`
    const recording = recordingOf(id, { ...task, steps: [...steps, harm.step] }, { domain, chance, batch: plan.batch })
    const labels = { attacked: true, security: true, required: [`${id}-${steps.length}`] }
    yield { ...recording, attack: `${harm.name}, ${wording}`, labels }
  }
}
