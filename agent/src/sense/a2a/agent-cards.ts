/** The agents that stand behind the gate, each with its card: fetched, checked, and remembered. */
import { createHash } from 'node:crypto'
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { Json, JsonObject, ToolDefinition } from '@assize/kernel'
import type { JWK } from 'jose'
import { messageOf } from '../../platform/errors.ts'
import { scan } from '../../platform/json-scan.ts'
import { readBody, type Room } from '../http-bodies.ts'
import type { Forwarder } from '../http-forward.ts'
import { objectOf } from '../mcp-protocol.ts'
import { type AgentInterface, cardAtGate, definitionOf, interfacesOf, offersGrpc } from './card-reading.ts'
import type { A2aAgentConfig, A2aConfig } from './config.ts'

/** How long a card counts, and how long an agent may take to give it. */
const FRESH_MS = 300_000
const FETCH_MS = 15_000
const MOST_CARD_BYTES = 2 * 1024 * 1024

/** A card that may be used. */
export interface KnownCard {
  readonly card: JsonObject
  readonly definition: ToolDefinition
  readonly interfaces: readonly AgentInterface[]
  /** Milliseconds since 1970. */
  readonly at: number
}

/** A card that may not be used. Its text is a sentence for clients and people. */
export class CardError extends Error {
  constructor(text: string) {
    super(text)
    this.name = 'CardError'
  }
}

/** The agent answered this client otherwise than with its card, as it does who may not see it. */
class TurnedAway extends Error {}

interface Behind {
  readonly name: string
  readonly config: A2aAgentConfig
  readonly url: URL
  known: KnownCard | undefined
  fetching: Promise<KnownCard> | undefined
  problem: string | undefined
}

export class AgentCards {
  private readonly forwarder: Forwarder
  private readonly room: Room
  private readonly now: () => number
  private readonly byName: ReadonlyMap<string, Behind>

  constructor(
    config: A2aConfig,
    { forwarder, room, now }: { readonly forwarder: Forwarder; readonly room: Room; readonly now: () => number },
  ) {
    this.forwarder = forwarder
    this.room = room
    this.now = now
    this.byName = new Map(
      Object.entries(config.agents).map(([name, agent]) => [
        name,
        { name, config: agent, url: new URL(agent.url), known: undefined, fetching: undefined, problem: undefined },
      ]),
    )
  }

  has(name: string): boolean {
    return this.byName.has(name)
  }

  names(): readonly string[] {
    return [...this.byName.keys()]
  }

  problems(): readonly string[] {
    return [...this.byName.values()].flatMap(({ problem }) => problem ?? [])
  }

  isCardPath(name: string, path: string): boolean {
    const configured = this.byName.get(name)?.config.card
    return path === configured || path === '/.well-known/agent-card.json' || path === '/.well-known/agent.json'
  }

  /** Asks for the card with a client's own headers. Rejects with a `CardError`. */
  fetch(name: string, headers: OutgoingHttpHeaders): Promise<KnownCard> {
    return this.load(this.find(name), headers)
  }

  /** The card, asked for when none is known that is fresh. Rejects with a `CardError`. */
  async get(name: string): Promise<KnownCard> {
    const behind = this.find(name)
    const { known } = behind
    if (known !== undefined && this.now() - known.at < FRESH_MS) return known
    behind.fetching ??= this.load(behind, {}).finally(() => (behind.fetching = undefined))
    return behind.fetching
  }

  /** A card that came another way, such as one for clients that have signed in; not remembered. Rejects with a `CardError`. */
  check(name: string, card: JsonObject): Promise<KnownCard> {
    return this.known(this.find(name), card)
  }

  private find(name: string): Behind {
    const behind = this.byName.get(name)
    if (behind === undefined) throw new CardError(`There is no agent ${name} behind this gate.`)
    return behind
  }

  private async load(behind: Behind, headers: OutgoingHttpHeaders): Promise<KnownCard> {
    try {
      const known = await this.known(behind, await this.read(behind, headers))
      behind.known = known
      behind.problem = undefined
      return known
    } catch (error) {
      const text =
        error instanceof CardError
          ? error.message
          : `The card of the agent ${behind.name} at ${behind.url.host} cannot be read (${messageOf(error)}), so nothing is handed to it.`
      // What one client is not shown says nothing about the others.
      const itsOwn = error instanceof TurnedAway && Object.keys(headers).length > 0
      if (!itsOwn) behind.problem = `${text} Look at sense.a2a.agents.${behind.name}, and at the agent itself.`
      throw new CardError(text)
    }
  }

  private async read({ url, config }: Behind, headers: OutgoingHttpHeaders): Promise<JsonObject> {
    const above = url.pathname.replace(/\/$/, '')
    const timeout = AbortSignal.timeout(FETCH_MS)
    const answer = await this.forwarder.open({
      method: 'GET',
      origin: url,
      target: `${above}${config.card}`,
      headers: { ...headers, accept: 'application/json' },
      body: undefined,
      abandoned: (listener) => timeout.addEventListener('abort', listener, { once: true }),
    })
    if (answer.statusCode !== 200) {
      answer.resume()
      const text = `it answered ${answer.statusCode}`
      throw (answer.statusCode ?? 0) < 500 ? new TurnedAway(text) : new Error(text)
    }
    return cardIn(await bounded(answer, this.room))
  }

  private async known({ name, url, config }: Behind, card: JsonObject): Promise<KnownCard> {
    const { keys, hosts } = config
    let vouched = card
    if (keys !== undefined) {
      // The agent's own module is only loaded where a card has to be signed.
      const { signedPart } = await import('./card-signature.ts')
      vouched = await signedPart(card, keys as readonly JWK[]).catch((error: unknown) => {
        throw new CardError(`The card of the agent ${name} was refused: ${messageOf(error)}. Nothing is handed to it.`)
      })
    }
    const allowed = (place: URL) =>
      place.origin === url.origin ||
      (place.protocol === 'https:' && hosts.includes(place.host)) ||
      (isNear(place) && hosts.includes(place.host))
    const interfaces = interfacesOf(vouched, allowed)
    if (interfaces.length === 0 && offersGrpc(vouched))
      throw new CardError(
        `The agent ${name} takes messages over gRPC, which this gate cannot hold, and names no address on ${url.host} that speaks JSON-RPC or REST, so nothing is handed to it. Ask its operator for one of these.`,
      )
    if (interfaces.length === 0)
      throw new CardError(
        `The card of the agent ${name} names no address on ${url.host} that speaks JSON-RPC or REST, so nothing is handed to it. Addresses on other hosts have to be allowed under sense.a2a.agents.${name}.hosts.`,
      )
    return { card: vouched, definition: definitionOf(vouched), interfaces, at: this.now() }
  }
}

/** The card as a client at the gate gets it. `base` is where the client finds the agent. */
export function shownCard({ card, interfaces }: KnownCard, base: string): JsonObject {
  return cardAtGate(card, interfaces, (index) => `${base}/${keyOf(interfaces[index] as AgentInterface)}`)
}

/** Part of an address that stands for an interface; the same for as long as the card says the same of it. */
export function keyOf({ binding, url }: AgentInterface): string {
  return `${binding}-${createHash('sha256').update(url.href).digest('hex').slice(0, 12)}`
}

function isNear({ hostname }: URL): boolean {
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]'
}

async function bounded(answer: IncomingMessage, room: Room): Promise<Buffer> {
  const { 'content-length': told, 'content-encoding': packed } = answer.headers
  if (packed !== undefined && packed !== 'identity') throw new Error(`it is packed as ${packed}, although that was not wanted`)
  if (Number(told ?? 0) > MOST_CARD_BYTES) throw new Error('it is larger than 2 MiB')
  const body = await readBody(answer, room)
  if (body.length > MOST_CARD_BYTES) throw new Error('it is larger than 2 MiB')
  return body
}

/** Throws for what is no card, or could be read in two ways. */
function cardIn(body: Buffer): JsonObject {
  const scanned = scan(body)
  if (scanned.problem !== undefined || scanned.shape !== 'object') throw new Error('it is no JSON object')
  if (scanned.duplicate !== undefined) throw new Error(`its key ${JSON.stringify(scanned.duplicate.slice(0, 100))} stands twice`)
  return objectOf(JSON.parse(body.toString('utf8')) as Json)
}
