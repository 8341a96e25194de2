/**
 * What a call would change or reveal. A closed union: a new class is a change of the decision model,
 * of the Cedar schema and of the packs, and is matched exhaustively everywhere.
 */
export const EFFECT_CLASSES = [
  'fs.read',
  'fs.write',
  'fs.delete',
  'process.exec',
  'net.egress',
  'net.listen',
  'secret.read',
  'data.query',
  'data.mutate',
  'data.drop',
  'message.send',
  'money.move',
  'identity.grant',
  'code.publish',
  'code.install',
  'memory.write',
  'agent.delegate',
  'agent.config',
  'model.load',
  'device.actuate',
  /** A tool whose effect could not be told. Always of certainty `unknown`, never treated as harmless. */
  'tool.invoke',
  /** A model would be given what a tool gave back. The only effect that is judged after a call, not before it. */
  'result.read',
] as const
export type EffectClass = (typeof EFFECT_CLASSES)[number]

/** How sure the kernel is that the call has this effect. */
export const CERTAINTY = ['certain', 'likely', 'inferred', 'unknown'] as const
export type Certainty = (typeof CERTAINTY)[number]

export interface Effect {
  readonly class: EffectClass
  /** Canonical resource: absolute path, URL with lower-case host, recipient, command word, table, `server/tool`. */
  readonly target: string
  readonly certainty: Certainty
  /** Where in the call the target stands, as a JSON pointer such as `/path`; what provenance is asked about. */
  readonly arguments: readonly string[]
  /** In plain words, when the target alone does not tell: `pipes what curl fetched into sh`. */
  readonly detail?: string
}

/**
 * Consequential effects change or reveal something. They fail closed, and a call with one is released only once its
 * decision is durable. Reads fail open and are recorded as such.
 */
export function isConsequential(effect: Effect): boolean {
  switch (effect.class) {
    case 'fs.read':
    case 'data.query':
    case 'result.read':
      return false
    case 'fs.write':
    case 'fs.delete':
    case 'process.exec':
    case 'net.egress':
    case 'net.listen':
    case 'secret.read':
    case 'data.mutate':
    case 'data.drop':
    case 'message.send':
    case 'money.move':
    case 'identity.grant':
    case 'code.publish':
    case 'code.install':
    case 'memory.write':
    case 'agent.delegate':
    case 'agent.config':
    case 'model.load':
    case 'device.actuate':
    case 'tool.invoke':
      return true
  }
}
