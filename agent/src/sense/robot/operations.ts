/** What a message of a rosbridge client wants. */
import type { Json, JsonObject, ToolCall } from '@assize/kernel'
import { textOf } from '../mcp-protocol.ts'
import type { RobotSetting, TopicSetting } from './config.ts'

type Envelope = NonNullable<ToolCall['envelope']>

export type Operation = { readonly kind: 'pass' } | { readonly kind: 'refuse'; readonly why: string } | Judged

/** Something that the robot is told to do, or that is read from it. */
export interface Judged {
  readonly kind: 'judge'
  readonly op: 'publish' | 'advertise' | 'subscribe' | 'call_service' | 'send_action_goal'
  /** From the root. */
  readonly name: string
  readonly type: string | undefined
  readonly message: Json
  /** What its operator allows, but for how often. */
  readonly envelope: Envelope
  /** Most in a second; absent where nothing moves by it. */
  readonly perSecond: number | undefined
  /** The topic's setting, of what is published. */
  readonly topic: TopicSetting | undefined
}

/** To stop listening, to stop an action and to say who one is does nothing that anybody needs to be asked about. */
const HARMLESS: ReadonlySet<string> = new Set(['unadvertise', 'unsubscribe', 'cancel_action_goal', 'set_level', 'auth'])

const SENTENCES: Readonly<Record<string, string>> = {
  fragment: 'Messages in pieces cannot be judged before they are whole, so this one was not passed on. Send it in one.',
  png: 'Packed messages cannot be judged, so this one was not passed on. Send it as plain JSON.',
  cbor: 'Packed messages cannot be judged, so this one was not passed on. Send it as plain JSON.',
}

export function operationOf(value: JsonObject, setting: RobotSetting): Operation {
  const op = textOf(value['op']) ?? ''
  if (HARMLESS.has(op)) return { kind: 'pass' }
  switch (op) {
    case 'publish':
    case 'advertise':
      return named(value, 'topic', (name) => {
        const topic = own(setting.publish, name)
        const message = op === 'publish' ? (value['msg'] ?? {}) : {}
        // To announce a topic moves nothing yet: only its name and type count.
        const numbers = op === 'publish' ? topic : undefined
        return {
          op,
          message,
          type: textOf(value['type']),
          perSecond: numbers?.perSecond,
          topic,
          envelope: envelopeOf(topic, textOf(value['type']), numbers),
        }
      })
    case 'subscribe':
      return subscription(value, setting)
    case 'call_service':
      return named(value, 'service', (name) => {
        const service = own(setting.services, name)
        const type = textOf(value['type'])
        return {
          op,
          message: value['args'] ?? {},
          type,
          perSecond: service?.perSecond,
          topic: undefined,
          envelope: envelopeOf(service, type, service),
        }
      })
    case 'send_action_goal':
      return named(value, 'action', (name) => {
        const action = own(setting.actions, name)
        const type = textOf(value['action_type'])
        return {
          op,
          message: value['args'] ?? {},
          type,
          perSecond: action?.perSecond,
          topic: undefined,
          envelope: envelopeOf(action, type, action),
        }
      })
    default:
      return {
        kind: 'refuse',
        why: SENTENCES[op] ?? `The gate does not pass \`${op.slice(0, 60)}\` on: what it does cannot be told, so nothing was done.`,
      }
  }
}

function subscription(value: JsonObject, setting: RobotSetting): Operation {
  const packed = textOf(value['compression']) ?? 'none'
  if (packed !== 'none' || value['fragment_size'] !== undefined)
    return {
      kind: 'refuse',
      why: 'What comes packed or in pieces cannot be read here, so nothing was subscribed to. Subscribe without compression and fragment_size.',
    }
  return named(value, 'topic', (name) => ({
    op: 'subscribe',
    message: {},
    type: textOf(value['type']),
    perSecond: undefined,
    topic: undefined,
    envelope: { listed: setting.subscribe.some((place) => covers(place, name)) },
  }))
}

function covers(place: string, name: string): boolean {
  return place.endsWith('/*') ? name.startsWith(place.slice(0, -1)) : place === name
}

function named(value: JsonObject, key: 'topic' | 'service' | 'action', make: (name: string) => Omit<Judged, 'kind' | 'name'>): Operation {
  const name = fromRoot(textOf(value[key]))
  if (name === undefined) return { kind: 'refuse', why: `The message does not name its ${key} as ROS does, so nothing was done.` }
  return { kind: 'judge', name, ...make(name) }
}

/** ROS takes a name without a slash for one from the root. */
function fromRoot(name: string | undefined): string | undefined {
  if (name === undefined || name.length > 300 || !/^\/?[A-Za-z][A-Za-z0-9_]*(?:\/[A-Za-z][A-Za-z0-9_]*)*$/.test(name)) return undefined
  return name.startsWith('/') ? name : `/${name}`
}

type Numbers = Pick<TopicSetting, 'fields' | 'others'>

function envelopeOf(
  entry: { readonly type?: string | undefined } | undefined,
  called: string | undefined,
  numbers: Numbers | undefined,
): Envelope {
  if (entry === undefined) return { listed: false }
  const types = entry.type === undefined || called === undefined ? undefined : ([plainType(entry.type), plainType(called)] as const)
  const fields: Envelope['fields'] =
    numbers === undefined
      ? undefined
      : Object.fromEntries(
          Object.entries(numbers.fields).map(([way, { min, max, unit }]) => [way, { min, max, ...(unit === undefined ? {} : { unit }) }]),
        )
  return {
    listed: true,
    ...(types === undefined ? {} : { types }),
    ...(numbers === undefined || fields === undefined ? {} : { fields, others: numbers.others }),
  }
}

/** ROS 2 writes `geometry_msgs/msg/Twist` for what is `geometry_msgs/Twist` in ROS 1. */
function plainType(type: string): string {
  return type.replace(/\/(?:msg|srv|action)\//, '/')
}

function own<Entry>(entries: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined
}
