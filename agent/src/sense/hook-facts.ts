/** What must be known about a host to answer its hooks without the agent: data, and the same for both front-ends. */
import type { Json, JsonObject } from '@assize/kernel'

/** One host's `host.json`. Places in a payload are keys joined by `/`; of several the first that holds something counts. */
export interface HookFacts {
  /** The word after `assize hook`, and the name of the gate. */
  readonly client: string
  /** What people call it. */
  readonly product: string
  /** Places of the event's name. */
  readonly event: readonly string[]
  /** For payloads that name no event: a key and the event that its presence means, the first hit counts. */
  readonly infer?: readonly (readonly string[])[]
  readonly tool: readonly string[]
  readonly session: readonly string[]
  readonly cwd: readonly string[]
  /** Events that are about one tool, and its name. */
  readonly actions?: Readonly<Record<string, string>>
  /** Places that say that a tool is not the host's own, whatever it is called. */
  readonly foreign?: readonly string[]
  /** Events whose answer decides whether something happens. */
  readonly guards: readonly string[]
  /** The host's own tools that only look: without an agent they go on, and everything else does not. */
  readonly looks: readonly string[]
  /** Standard output that leaves everything to the host. */
  readonly quiet: string
  /** How a call is refused: the first entry that is about the event. `$reason` and `$event` stand for JSON strings. */
  readonly denials: readonly { readonly events?: readonly string[] | undefined; readonly stdout: string; readonly exit: number }[]
  /** A payload about a harmless call. */
  readonly probe: JsonObject
}

/** The member of a payload by which we ask ourselves whether a hook leads to the agent. Hosts never send it, nor can a model. */
export const PROBE = 'assize_probe'
/** What the agent says to that, on standard error. */
export const IN_THE_PATH = 'assize: this hook leads to the agent'

/** Exit code by which hosts know that the call must not run, whatever stands on standard output. */
export const BLOCK = 2

/** What every payload tells, whoever sent it. */
export interface HookPayload {
  readonly event: string
  /** Empty where the event is not about a tool. */
  readonly tool: string
  readonly session: string | undefined
  readonly cwd: string | undefined
  readonly value: JsonObject
}

/** What a hook process writes and exits with. */
export interface HookAnswer {
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
}

/** Throws on what is no hook payload of this host; the text says why. */
export function parsePayload(facts: HookFacts, text: string): HookPayload {
  const value = objectOf(JSON.parse(text) as Json)
  const event = firstText(value, facts.event) ?? facts.infer?.find(([key]) => key !== undefined && Object.hasOwn(value, key))?.[1]
  if (event === undefined || event === '') throw new Error('the input names no hook event')
  const tool = firstText(value, facts.tool) ?? (Object.hasOwn(facts.actions ?? {}, event) ? facts.actions?.[event] : undefined) ?? ''
  if (facts.guards.includes(event) && tool === '') throw new Error('the input names no tool')
  return { event, tool, session: firstText(value, facts.session), cwd: firstText(value, facts.cwd), value }
}

/** Whether the answer decides if something happens. */
export function guards(facts: HookFacts, payload: HookPayload): boolean {
  return facts.guards.includes(payload.event)
}

/** Whether the tool is the host's own and only looks. */
export function looksOnly(facts: HookFacts, payload: HookPayload): boolean {
  return facts.looks.includes(payload.tool) && !(facts.foreign ?? []).some((place) => at(payload.value, place) !== undefined)
}

/** The host's refusal. Never without a reason: some hosts run the call when there is none. */
export function denial(facts: HookFacts, event: string, reason: string): HookAnswer {
  const { stdout, exit } = facts.denials.find(({ events }) => events === undefined || events.includes(event)) ?? { stdout: '', exit: BLOCK }
  const said = reason.trim() === '' ? 'Blocked by Assize.' : reason
  const filled = stdout.replaceAll(/\$(reason|event)/g, (_all, name) => JSON.stringify(name === 'event' ? event : said))
  return { stdout: filled, stderr: said, exit }
}

/** The first place that holds a string. */
function firstText(value: JsonObject, places: readonly string[]): string | undefined {
  for (const place of places) {
    const found = at(value, place)
    if (typeof found === 'string') return found
  }
  return undefined
}

function at(value: Json, place: string): Json | undefined {
  let found: Json | undefined = value
  for (const key of place.split('/')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = (found as JsonObject)[key]
  }
  return found
}

export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
