/** A session that works for another: what that one has read counts here as well, and its rights are the most there is. */
import { alongChain, intersection, OWN, UNLIMITED } from './capability/grant/limits.ts'
import type { Context, Limits } from './event/event.ts'
import { type KeptText, textsOf } from './provenance/evidence.ts'
import { observe, type Session } from './session.ts'

/** Most texts of the other session taken over, and most characters of them together: the newest. What is left out makes this one trust no value it does not know. */
export const TAKEN_OVER = { texts: 128, characters: 524_288 } as const

/** Work that was handed on. */
export interface Handover {
  /** The session of the one that handed it on. */
  readonly parent: Session
  /** Agents between the parent's own and the one that handed it on, outermost first. */
  readonly chain: readonly string[]
  /** By which name it was handed on. */
  readonly to: string
  /** Texts of the parent that are here already: its count of them when it was last taken over. */
  readonly since: number
}

/**
 * Takes over what the parent has read and what it may do at most. Nothing here ever widens: the person's words to the parent do not
 * count, nor do permissions that it was given, so that nobody gains by naming a parent that is none.
 */
export function inheritFrom(session: Session, { parent, chain, to, since }: Handover): Session {
  const texts = textsOf(parent.evidence, since).filter(isFromOutside)
  const taken = newest(texts)
  const next = taken.map(contextOf).reduce(observe, session)
  const handed = intersection(ownLimits(parent), alongChain(parent.limits, [...chain, to]))
  const { evidence } = parent
  const blind = evidence.blind || evidence.forgotten !== undefined || taken.length < texts.length
  const detail = { inherits: to, tainted: parent.tainted, holdsSecrets: parent.holdsSecrets, blind, limits: JSON.stringify(handed) }
  const told = observe(next, { type: 'host', subject: 'process', detail })
  return {
    ...told,
    tainted: told.tainted || parent.tainted,
    holdsSecrets: told.holdsSecrets || parent.holdsSecrets,
    evidence: blind && !told.evidence.blind ? { ...told.evidence, blind } : told.evidence,
    limits: Object.keys(handed).length === 0 ? told.limits : new Map(told.limits).set(OWN, intersection(ownLimits(told), handed)),
  }
}

function ownLimits({ limits }: Session): Limits {
  return limits.get(OWN) ?? UNLIMITED
}

/** What a server says of its tools is told to each session by itself. */
function isFromOutside({ shelf, source }: KeptText): boolean {
  return shelf === 'read' && source.channel !== 'tool_description'
}

function newest(texts: readonly KeptText[]): readonly KeptText[] {
  let room: number = TAKEN_OVER.characters
  const taken: KeptText[] = []
  for (const text of texts.toReversed()) {
    room -= text.text.length
    if (room < 0 || taken.length >= TAKEN_OVER.texts) break
    taken.push(text)
  }
  return taken.reverse()
}

function contextOf({ source, text }: KeptText): Context {
  const { channel, integrity, confidentiality, tool, server, origin } = source
  return {
    type: 'context',
    channel: isChannel(channel) ? channel : 'retrieval',
    text,
    // Nobody's words to another are the person's here.
    integrity: integrity === 'internal' ? 'internal' : 'untrusted',
    confidentiality,
    handedOn: true,
    ...(tool === undefined ? {} : { tool }),
    ...(server === undefined ? {} : { server }),
    ...(origin === undefined ? {} : { origin }),
  }
}

const CHANNELS = ['tool_result', 'retrieval', 'memory', 'resource', 'prompt_template', 'elicitation'] as const

function isChannel(channel: string): channel is Context['channel'] {
  return CHANNELS.some((one) => one === channel)
}
