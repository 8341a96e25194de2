/** What one logical session has seen: texts and their sources, tools and their definitions, permissions given. */
import { findingsInText } from './detectors/index.ts'
import { effectsOf, surroundingsOf } from './effect/effects-of.ts'
import { parseAddress } from './effect/place/address.ts'
import { NO_FILES, type WrittenFiles } from './effect/written-files.ts'
import type { Conduct, Context, Event, Grant, Limits, ToolCall, ToolDefinition, ToolsOffered } from './event/event.ts'
import { withNewest } from './event/newest.ts'
import { leavesOf } from './event/leaves.ts'
import { CONFIDENTIALITY, type Confidentiality, type Integrity } from './event/labels.ts'
import { TOLD } from './finding/detector.ts'
import type { Finding } from './finding/finding.ts'
import { type Slot, slotsNamed } from './intent/slots.ts'
import { isWishedOf, NO_WISHES, takeAnswer, takeWish, type Wishes } from './intent/wishes.ts'
import type { Source } from './provenance/derivation.ts'
import { addText, type Evidence, NO_EVIDENCE, shareEvidence, type Shelf, supposeSaid } from './provenance/evidence.ts'
import { isPushedRead } from './provenance/pushed-read.ts'
import { findWhole } from './provenance/search.ts'
import { type History, NO_HISTORY } from './sequence/history.ts'
import { afterDelegation, afterRefusal, afterRelease, isUsedUp } from './session-course.ts'
import { NO_CONDUCT } from './trust/conduct.ts'
import { type Pin, pinTools } from './session-tools.ts'
import { digestEvent, digestText, EMPTY_DIGEST, type RunningDigest } from './session-digest.ts'

/** Findings in outside texts kept; the oldest make room, so that less is told of a source that is long past. */
export const SEEN = 256
/** Permissions kept; the oldest makes room, so the person is asked again. */
export const GRANTS = 256
/** Machines remembered; the oldest makes room, so that going there again counts as the first time. */
export const HOSTS = 256
/** Calls remembered until their results arrive; a result whose call is forgotten gets the default labels. */
export const CALLS = 128

/** Immutable: `observe` answers a new one that shares what did not change. */
export interface Session {
  readonly evidence: Evidence
  /** What the person asked for. */
  readonly wishes: Wishes
  /** Untrusted text was read. Never unset. */
  readonly tainted: boolean
  /** Secret text was read. Never unset. */
  readonly holdsSecrets: boolean
  /** Server to tool to pin. */
  readonly pins: ReadonlyMap<string, ReadonlyMap<string, Pin>>
  /** Some definition could not be pinned for want of room. */
  readonly pinsFull: boolean
  /** Evidence in texts from outside, by the id of their source. */
  readonly seen: readonly Finding[]
  readonly grants: readonly Grant[]
  readonly calls: readonly RecentCall[]
  /** Machines that calls were let go to. */
  readonly visited: ReadonlySet<string>
  /** What calls wrote into files, so that scripts are read when they run. */
  readonly written: WrittenFiles
  readonly delegations: number
  /** What agents that work was handed to may do at most, by name. */
  readonly limits: ReadonlyMap<string, Limits>
  /** What was done lately and in sum. */
  readonly history: History
  /** How its principal behaved, from before and now. */
  readonly conduct: Conduct
  readonly digest: RunningDigest
}

interface RecentCall {
  readonly callId: string
  readonly tool: string
  readonly server: string | undefined
  readonly readsSecret: boolean
  /** The person had named one of its arguments. */
  readonly namedByUser: boolean
  /** What the person named of it, by argument. */
  readonly named?: readonly Slot[]
  /** It looked up what only a sentence of outside text named. */
  readonly pushed?: true
  /** Where it went, if anywhere. */
  readonly host: string | undefined
}

export function createSession(): Session {
  return {
    evidence: NO_EVIDENCE,
    wishes: NO_WISHES,
    tainted: false,
    holdsSecrets: false,
    pins: new Map(),
    pinsFull: false,
    seen: [],
    grants: [],
    calls: [],
    visited: new Set(),
    written: NO_FILES,
    delegations: 0,
    limits: new Map(),
    history: NO_HISTORY,
    conduct: NO_CONDUCT,
    digest: EMPTY_DIGEST,
  }
}

/** The same session, for many to go on from: says nothing new, and makes going on from it cheap. */
export function sharedSession(session: Session): Session {
  shareEvidence(session.evidence)
  return session
}

/** Names the state a decision was made in, for the record. */
export function sessionDigest(session: Session): string {
  return digestText(session.digest)
}

/**
 * Takes an event in. Total and pure. A `tool.call` is to be observed after it was decided and let go: what the model
 * wrote into it counts as its own from then on, and permissions given once are used up by it.
 */
export function observe(session: Session, event: Event): Session {
  const next = { ...session, digest: digestEvent(session.digest, event) }
  switch (event.type) {
    case 'prompt':
      return takeText({ ...next, wishes: takeWish(next.wishes, event.text) }, 'said', {
        text: event.text,
        source: sourceOf(session, { channel: 'user', integrity: 'user', confidentiality: 'internal' }),
      })
    case 'system':
      return takeText(next, 'said', {
        text: event.text,
        source: sourceOf(session, { channel: 'system', integrity: 'system', confidentiality: 'internal' }),
      })
    case 'context':
      return takeContext(next, event)
    case 'tools.offered':
      return offerTools(next, event)
    case 'tool.call':
      return takeCall(next, event)
    case 'grant':
      return {
        ...next,
        visited: withHosts(next.visited, approvedHost(event.grant)),
        grants: [...session.grants.filter((grant) => grant.id !== event.grant.id), event.grant].slice(-GRANTS),
      }
    case 'delegation':
      return { ...next, delegations: session.delegations + 1, limits: afterDelegation(session.limits, event) }
    case 'refused':
      return { ...next, ...afterRefusal(session, event, effectsOf(event.call, session.written)) }
    case 'revoked':
      return withoutGrant(next, event.grant)
    case 'standing':
      return { ...next, conduct: event.conduct }
    case 'reasoning':
      // The model's own words give no authority, and hide none: its arguments are traced through them to the texts it read.
      return { ...next, wishes: takeAnswer(next.wishes, event.text) }
    case 'host':
      return next
  }
}

function sourceOf(session: Session, parts: Omit<Source, 'id'>): Source {
  return { id: nextId(session), ...parts }
}

function nextId({ evidence }: Session): string {
  return `s${evidence.count + 1}`
}

function takeText(session: Session, shelf: Shelf, entry: { readonly source: Source; readonly text: string }): Session {
  if (entry.text === '') return session
  const outside = entry.source.integrity === 'untrusted'
  const findings = findingsInText({ where: entry.source.id, text: entry.text, outside })
  const secret = entry.source.confidentiality === 'secret' || findings.some(isSecret)
  const source: Source = secret ? { ...entry.source, confidentiality: 'secret' } : entry.source
  return {
    ...session,
    evidence: addText(session.evidence, shelf, { source, text: entry.text }),
    tainted: session.tainted || (outside && source.channel !== 'tool_description'),
    holdsSecrets: session.holdsSecrets || secret,
    seen: outside && findings.length > 0 ? [...session.seen, ...findings].slice(-SEEN) : session.seen,
  }
}

function isSecret({ kind, score }: Finding): boolean {
  return kind.startsWith('secret.') && score >= TOLD
}

function takeContext(session: Session, event: Context): Session {
  if (event.text === '' && event.integrity === 'untrusted')
    return { ...session, tainted: true, evidence: { ...session.evidence, blind: true } }
  const call = event.callId === undefined ? undefined : session.calls.findLast((recent) => recent.callId === event.callId)
  const integrity: Integrity = event.integrity ?? 'untrusted'
  const confidentiality = moreConfidential(event.confidentiality ?? 'internal', call?.readsSecret === true ? 'secret' : 'public')
  const [tool, server] = [event.tool ?? call?.tool, event.server ?? call?.server]
  // What every source has comes first: it is made for each result.
  const source: Source = {
    channel: event.channel,
    confidentiality,
    id: nextId(session),
    integrity,
    ...(event.callId === undefined ? undefined : { callId: event.callId }),
    ...(call?.host === undefined ? undefined : { host: call.host }),
    ...(event.handedOn === true ? { handedOn: true as const } : undefined),
    ...(call?.namedByUser === true ? { namedByUser: true as const } : undefined),
    ...(event.origin === undefined ? undefined : { origin: event.origin }),
    ...(call?.pushed === true ? { pushed: true as const } : undefined),
    ...(server === undefined ? undefined : { server }),
    ...(tool === undefined ? undefined : { tool }),
  }
  return takeText(session, integrity === 'user' || integrity === 'system' ? 'said' : 'read', { source, text: event.text })
}

function moreConfidential(left: Confidentiality, right: Confidentiality): Confidentiality {
  return CONFIDENTIALITY.indexOf(left) >= CONFIDENTIALITY.indexOf(right) ? left : right
}

function takeCall(session: Session, call: ToolCall): Session {
  const reading = effectsOf(call, session.written)
  const { effects, leaves } = reading
  const readsSecret = effects.some(({ effect }) => effect.class === 'secret.read')
  const namedByUser = leaves.leaves.slice(0, NAMED_ARGUMENTS).some((leaf) => isNamed(session.evidence, leaf.text))
  const hosts = effects.flatMap(({ host }) => (host === undefined ? [] : [host]))
  const pushed = !namedByUser && isPushedRead(session.evidence, reading, surroundingsOf(call))
  const named = slotsNamed(session.evidence, reading)
  const recent: RecentCall = {
    ...{ callId: call.callId, tool: call.tool, server: call.server, readsSecret, namedByUser, host: hosts[0] },
    ...(named.length > 0 ? { named } : undefined),
    ...(pushed ? { pushed } : undefined),
  }
  const used = (grant: Grant): boolean => isUsedUp(grant, reading)
  const text = leaves.leaves.map((leaf) => leaf.text).join('\n')
  const source: Source = {
    id: nextId(session),
    channel: 'assistant',
    integrity: 'internal',
    confidentiality: 'internal',
    tool: call.tool,
    callId: call.callId,
  }
  return {
    ...session,
    evidence: text === '' ? session.evidence : addText(session.evidence, 'made', { source, text }),
    calls: withNewest(session.calls, recent, CALLS),
    visited: withHosts(
      session.visited,
      hosts.filter((host) => !isPushed(session, host)),
    ),
    written: reading.written,
    grants: session.grants.some(used) ? session.grants.filter((grant) => !used(grant)) : session.grants,
    ...afterRelease(session, call, reading),
  }
}

function withHosts(visited: ReadonlySet<string>, hosts: readonly string[]): ReadonlySet<string> {
  return hosts.every((host) => visited.has(host)) ? visited : new Set([...visited, ...hosts].slice(-HOSTS))
}

/** A place that outside text sent the session to does not become familiar by going there: the person has to want it. */
function isPushed({ evidence, wishes }: Session, host: string): boolean {
  if (findWhole(evidence.said, host).length > 0) return false
  return evidence.asked.some(({ request, source }) => {
    if (source.channel === 'tool_description' || source.host === host) return false
    if (!request.text.includes(host.replace(/^www\./, ''))) return false
    return !isWishedOf(wishes, {
      deeds: request.deeds,
      text: request.text.slice(...request.sentence).replaceAll(host, ' '),
      beside: new Set(),
    })
  })
}

/** What was familiar by the permission is a stranger again. */
function withoutGrant(session: Session, id: string): Session {
  const revoked = session.grants.filter((grant) => grant.id === id)
  if (revoked.length === 0) return session
  const strangers = new Set(revoked.flatMap(approvedHost))
  return {
    ...session,
    grants: session.grants.filter((grant) => grant.id !== id),
    visited: strangers.size === 0 ? session.visited : new Set([...session.visited].filter((host) => !strangers.has(host))),
  }
}

/** A place the person has approved. */
function approvedHost(grant: Grant): readonly string[] {
  const host = grant.effectClass === 'net.egress' ? parseAddress(grant.target)?.host : undefined
  return host === undefined ? [] : [host]
}

/** Most arguments looked at for the name of what is read, and how long a name is. */
const NAMED_ARGUMENTS = 16
const [NAME_FROM, NAME_TO] = [4, 200]

function isNamed(evidence: Evidence, text: string): boolean {
  const name = text.trim()
  return name.length >= NAME_FROM && name.length <= NAME_TO && findWhole(evidence.said, name).length > 0
}

function offerTools(session: Session, event: ToolsOffered): Session {
  const { pins, full, described } = pinTools(session, event)
  const next = { ...session, pins, pinsFull: full }
  return described.reduce((state, tool) => describeTool(state, event.server, tool), next)
}

/** What a server says about its tools reaches the model like any other text from outside. */
function describeTool(session: Session, server: string, tool: ToolDefinition): Session {
  const text = [tool.description ?? '', ...sentencesIn(tool.inputSchema)].join('\n').trim()
  if (text === '') return session
  const source = sourceOf(session, {
    channel: 'tool_description',
    integrity: 'untrusted',
    confidentiality: 'public',
    tool: tool.name,
    server,
    origin: `description of ${tool.name}`,
  })
  return takeText(session, 'read', { source, text })
}

/** Most text taken from the schema of one tool. */
const SCHEMA_LENGTH = 8192

/** What a schema says in words, in a description, a default or a choice: the model reads that as well. */
function sentencesIn(schema: ToolDefinition['inputSchema']): readonly string[] {
  if (schema === undefined) return []
  const sentences = leavesOf(schema).leaves.flatMap(({ kind, text }) =>
    kind === 'string' && text.split(/\s+/, 5).length > 3 ? [text] : [],
  )
  return [sentences.join('\n').slice(0, SCHEMA_LENGTH)]
}

/** As if the person had also said this; shares nothing new with the session it came from. */
export function supposePrompt(session: Session, text: string): Session {
  const source = sourceOf(session, { channel: 'user', integrity: 'user', confidentiality: 'internal' })
  return { ...session, wishes: takeWish(session.wishes, text), evidence: supposeSaid(session.evidence, { source, text }) }
}

/** As if this permission had been given. */
export function supposeGrant(session: Session, grant: Grant): Session {
  return { ...session, visited: withHosts(session.visited, approvedHost(grant)), grants: [...session.grants, grant] }
}
