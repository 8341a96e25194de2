import { EFFECT_CLASSES, type Effect, type EffectClass } from '../effect/effect.ts'
import type { EffectContext } from './request.ts'

/** Namespace of every entity type the kernel speaks of. */
export const NAMESPACE = 'Assize'

export type ResourceType = 'Path' | 'Endpoint' | 'Command' | 'Recipient' | 'Data' | 'Tool' | 'Model' | 'Device'

/** Types of attributes, as Cedar's schema writes them. */
export type AttributeType = 'String' | 'Long' | 'Boolean' | 'Set<String>'
export type AttributeTypes = Readonly<Record<string, AttributeType>>

/** What a policy may ask about one effect: the types of `EffectContext`. */
export const CONTEXT_ATTRIBUTES: Readonly<Record<keyof EffectContext, AttributeType>> = {
  certainty: 'String',
  integrity: 'String',
  confidentiality: 'String',
  targetNamedByUser: 'Boolean',
  targetFromUntrusted: 'Boolean',
  targetVouched: 'Boolean',
  payloadFromUntrusted: 'Boolean',
  obeyedRequest: 'Boolean',
  unasked: 'Boolean',
  requestedByUser: 'Boolean',
  sessionTainted: 'Boolean',
  sessionHoldsSecrets: 'Boolean',
  insideWorkspace: 'Boolean',
  hostPrivate: 'Boolean',
  sends: 'Boolean',
  callEffects: 'Set<String>',
  tool: 'String',
  server: 'String',
  gate: 'String',
  findings: 'Set<String>',
  definitionChanged: 'Boolean',
  granted: 'Set<String>',
  delegationDepth: 'Long',
  chain: 'Set<String>',
  beyondDelegation: 'Boolean',
  trust: 'Long',
  repeats: 'Long',
  sessionCalls: 'Long',
  sessionBytes: 'Long',
  sessionMoney: 'Long',
}

export interface EntityShape {
  readonly attributes: AttributeTypes
  /** Attributes that are not always known. */
  readonly optional: readonly string[]
  /** Entity types it can be `in`. */
  readonly parents: readonly string[]
}

/** What the kernel tells of each entity that can be principal or resource. */
export const ENTITY_TYPES: Readonly<Record<'App' | ResourceType, EntityShape>> = {
  App: {
    attributes: {
      name: 'String',
      version: 'String',
      binaryHash: 'String',
      user: 'String',
      host: 'String',
      tenant: 'String',
      session: 'String',
    },
    optional: ['version', 'binaryHash'],
    parents: ['User', 'Host', 'Tenant'],
  },
  Path: shape({ path: 'String', name: 'String', extension: 'String' }, 'Path'),
  Endpoint: shape({ url: 'String', scheme: 'String', host: 'String', port: 'Long' }, 'Domain'),
  Command: shape({ name: 'String' }),
  Recipient: shape({ address: 'String', domain: 'String' }, 'Domain'),
  Data: shape({ name: 'String' }),
  Tool: shape({ name: 'String', server: 'String' }, 'Server'),
  Model: shape({ name: 'String' }),
  Device: shape({ name: 'String' }),
}

function shape(attributes: AttributeTypes, ...parents: readonly string[]): EntityShape {
  return { attributes, optional: [], parents }
}

/** Types the target of each effect class can have; the first is what it has unless it looks like another. */
export const RESOURCE_TYPES: Readonly<Record<EffectClass, readonly ResourceType[]>> = {
  'fs.read': ['Path'],
  'fs.write': ['Path'],
  'fs.delete': ['Path'],
  'process.exec': ['Command'],
  'net.egress': ['Endpoint'],
  'net.listen': ['Endpoint'],
  'secret.read': ['Data', 'Path'],
  'data.query': ['Data'],
  'data.mutate': ['Data'],
  'data.drop': ['Data'],
  'message.send': ['Recipient'],
  'money.move': ['Recipient'],
  'identity.grant': ['Recipient', 'Path'],
  'code.publish': ['Data', 'Endpoint'],
  'code.install': ['Data', 'Endpoint', 'Path'],
  'memory.write': ['Data', 'Path'],
  'agent.delegate': ['Recipient'],
  'agent.config': ['Data', 'Path'],
  'model.load': ['Model', 'Path', 'Endpoint'],
  'device.actuate': ['Device'],
  'tool.invoke': ['Tool'],
  'result.read': ['Tool'],
}

/** Actions that a schema may leave out, for folders written before there were such effects: nothing is then judged by them. */
export const LATER_ACTIONS: ReadonlySet<EffectClass> = new Set<EffectClass>(['result.read'])

const PATH = /^(\/|~|[A-Za-z]:[\\/]|\\\\)/
/** With a scheme, or a host name with a dot and a path, as people and shells write addresses. */
const ADDRESS = /^([A-Za-z][A-Za-z0-9+.-]*:\/\/|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?\/)/

/** The entity type of an effect's target. */
export function resourceTypeOf(effect: Effect): ResourceType {
  const [usual, ...others] = RESOURCE_TYPES[effect.class]
  if (others.includes('Path') && PATH.test(effect.target)) return 'Path'
  if (others.includes('Endpoint') && ADDRESS.test(effect.target)) return 'Endpoint'
  return usual ?? 'Data'
}

export function isEffectClass(name: string): name is EffectClass {
  return (EFFECT_CLASSES as readonly string[]).includes(name)
}
