/** What of a request may reach the model: tools that the session may use, and texts without what must not leave. */
import { hash } from 'node:crypto'
import { holdsLeak, type Json, type JsonObject } from '@assize/kernel'
import { BodyError } from './bodies.ts'
import { evict } from './conversations.ts'
import type { Dialect, Exchange, OfferedTool, Place } from './dialect.ts'
import { type Exchanging, GATE } from './judging.ts'
import { changeable, rewrite } from './request-edit.ts'
import { type SpokenText, spokenTexts } from './request-texts.ts'

export interface Preparing {
  readonly dialect: Dialect
  readonly value: JsonObject
  /** The text that was read as `value`. */
  readonly source: string
  /** That is not the text that came: something was taken out of it already. */
  readonly changed: boolean
  readonly exchange: Exchange
  /** Whose model it is: `openai`, or wherever else the gateway leads. */
  readonly upstream: string
  /** Where the texts go. */
  readonly to: string
  /** Whether what is said to the model may leave this machine. */
  readonly leaves: boolean
}

export interface Prepared {
  /** The request as it is to go on; absent when it goes on as it came. */
  readonly text?: string
  /** Names of tools that were taken out. */
  readonly withheld: readonly string[]
}

/** Kept of one conversation; what is forgotten is asked about again. */
const MOST_KEPT = 500

const UNCHANGED: Prepared = { withheld: [] }

function asItIs({ changed, source }: Preparing): Prepared {
  return changed ? { text: source, withheld: [] } : UNCHANGED
}

/** Throws a `BodyError` when the request must not go on. At once where nothing has to be asked. */
export function prepare(exchanging: Exchanging, preparing: Preparing): Prepared | Promise<Prepared> {
  const { dialect, value, leaves } = preparing
  const offered = dialect.offered(value)
  const hidden = hiddenTools(exchanging, preparing, offered)
  const leaking = leaves ? spokenTexts(value, dialect.spoken).filter(({ text }) => leaks(text)) : []
  const provided = offered.filter(({ kind }) => kind === 'provider')
  if (provided.length === 0 && leaking.length === 0 && hidden.size === 0) return asItIs(preparing)
  return change(exchanging, preparing, { offered, hidden, leaking })
}

interface Found {
  readonly offered: readonly OfferedTool[]
  readonly hidden: ReadonlySet<string>
  readonly leaking: readonly SpokenText[]
}

async function change(exchanging: Exchanging, preparing: Preparing, { offered, hidden, leaking }: Found): Promise<Prepared> {
  const { dialect, source, upstream } = preparing
  const gone: OfferedTool[] = []
  for (const tool of offered)
    if (tool.kind === 'client' ? hidden.has(tool.name) : !(await mayRun(exchanging, tool, upstream))) gone.push(tool)
  const texts = await masked(exchanging, leaking, preparing)
  if (gone.length === 0 && texts.length === 0) return asItIs(preparing)
  const changed = changeable(source)
  rewrite(changed, { texts, removed: gone.flatMap(({ places }) => places) })
  const mended =
    gone.length === 0
      ? changed
      : dialect.mended(
          changed as JsonObject,
          offered.filter((tool) => !gone.includes(tool)),
        )
  return { text: JSON.stringify(mended), withheld: gone.map(({ name }) => name) }
}

/** Applications send the same tools with every request, so what was hidden before is not told again. */
function hiddenTools(
  { host, caller, conversation }: Exchanging,
  { exchange }: Preparing,
  offered: readonly OfferedTool[],
): ReadonlySet<string> {
  // Tools that the provider knows come without a definition.
  const described = new Set(exchange.tools.map(({ name }) => name))
  const bare = offered.flatMap(({ kind, name }) => (kind === 'client' && !described.has(name) ? [{ name }] : []))
  const state = `${conversation.tools} ${bare.map(({ name }) => name).join(' ')}`
  const found = host.outOfReach({ gate: GATE, caller, hostSession: conversation.key }, [...exchange.tools, ...bare], state)
  const names = found.map(({ tool }) => tool)
  const told = names.join(' ')
  if (told !== conversation.hidden) {
    conversation.hidden = told
    if (found.length > 0)
      host.note('gate.tools-hidden', { gate: GATE, tools: found.slice(0, 100).map(({ tool, policy, title }) => ({ tool, policy, title })) })
  }
  return new Set(names)
}

async function mayRun({ host, caller, conversation }: Exchanging, { name, args }: OfferedTool, upstream: string): Promise<boolean> {
  const key = `${name} ${JSON.stringify(args)}`
  const before = conversation.provided.get(key)
  const ruling = await host.consider({
    gate: GATE,
    caller,
    hostSession: conversation.key,
    call: { type: 'tool.call', callId: `${GATE}-${host.now()}`, tool: name, server: `provider:${upstream}`, args },
    ...(before === undefined ? {} : { before }),
  })
  conversation.provided.set(key, ruling.said)
  evict(conversation.provided, MOST_KEPT)
  // How a tool is to run cannot be masked: the provider takes it as it is, or not.
  return ruling.action === 'release' && ruling.edits.length === 0
}

type Whither = Pick<Preparing, 'to' | 'upstream'>

/** Texts looked at in one go; many small ones are common, large ones are looked at by themselves. */
const BATCH = { texts: 64, characters: 262_144 }

async function masked(
  exchanging: Exchanging,
  leaking: readonly SpokenText[],
  whither: Whither,
): Promise<readonly { readonly place: Place; readonly text: string }[]> {
  const { masks } = exchanging.conversation
  const keys = new Map([...new Set(leaking.map(({ text }) => text))].map((text) => [text, digest(text)]))
  const now = new Map([...keys].flatMap(([text, key]) => (masks.has(key) ? [[text, masks.get(key) ?? text] as const] : [])))
  for (const batch of batches([...keys.keys()].filter((text) => !now.has(text)))) {
    const texts = await maskBatch(exchanging, batch, whither)
    texts.forEach((masking, index) => {
      const text = batch[index] ?? ''
      now.set(text, masking)
      masks.set(keys.get(text) ?? '', masking)
      evict(masks, MOST_KEPT)
    })
  }
  return leaking.flatMap(({ place, text }) => {
    const masking = now.get(text)
    return masking === undefined || masking === text ? [] : [{ place, text: masking }]
  })
}

async function maskBatch(
  { host, caller, conversation }: Exchanging,
  texts: readonly string[],
  { to, upstream }: Whither,
): Promise<readonly string[]> {
  const args: JsonObject = { to, text: texts as readonly Json[] as Json }
  const call = { type: 'tool.call', callId: `${GATE}-${host.now()}`, tool: 'model/prompt', server: `provider:${upstream}`, args } as const
  const ruling = await host.consider({ gate: GATE, caller, hostSession: conversation.key, call, apart: true })
  if (ruling.action === 'block') throw new BodyError(403, ruling.text)
  const edits = new Map(ruling.edits.map(({ pointer, value }) => [pointer, value]))
  return texts.map((text, index) => edits.get(`/text/${index}`) ?? text)
}

function batches(texts: readonly string[]): readonly (readonly string[])[] {
  const all: string[][] = []
  let room = 0
  for (const text of texts) {
    const last = all.at(-1)
    if (last === undefined || last.length >= BATCH.texts || room < text.length) {
      all.push([text])
      room = BATCH.characters - text.length
    } else {
      last.push(text)
      room -= text.length
    }
  }
  return all
}

/** Texts that nothing was found in, or their digests; a conversation is sent whole with every request. */
const clean = new Set<string>()
const MOST_CLEAN = 20_000
const SHORT = 256

function leaks(text: string): boolean {
  const key = text.length < SHORT ? text : digest(text)
  if (clean.has(key)) return false
  if (holdsLeak(text)) return true
  if (clean.size >= MOST_CLEAN) clean.clear()
  clean.add(key)
  return false
}

function digest(text: string): string {
  return hash('sha1', text, 'base64')
}
