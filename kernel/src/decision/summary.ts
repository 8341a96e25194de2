import type { Effect, EffectClass } from '../effect/effect.ts'
import { visible } from '../event/visible.ts'
import type { Derivation, SourceMatch } from '../provenance/derivation.ts'
import type { Arbitration } from './arbitrate.ts'
import type { Judged } from './situation.ts'

const ACTS: Readonly<Record<EffectClass, string>> = {
  'fs.read': 'read',
  'fs.write': 'write',
  'fs.delete': 'delete',
  'process.exec': 'run',
  'net.egress': 'contact',
  'net.listen': 'open a port for',
  'secret.read': 'read the secret',
  'data.query': 'look up',
  'data.mutate': 'change data with',
  'data.drop': 'drop data with',
  'message.send': 'send a message to',
  'money.move': 'send money to',
  'identity.grant': 'change who has access:',
  'code.publish': 'publish code to',
  'code.install': 'install or run code:',
  'memory.write': 'write to memory with',
  'agent.delegate': 'hand work to',
  'agent.config': 'change agent settings in',
  'model.load': 'load the model',
  'device.actuate': 'operate',
  'tool.invoke': 'call',
  'result.read': 'hand the model what came from',
}

/** Longest target named in a sentence. */
const TARGET = 120

/** What an effect does, as a verb and its object. */
export function effectPhrase(effect: Effect): string {
  return `${ACTS[effect.class]} ${visible(effect.target, TARGET)}`
}

/** The one plain sentence a person reads first. */
export function summaryOf(arbitration: Arbitration, judged: readonly Judged[], derivations: readonly Derivation[]): string {
  const reason = arbitration.reasons[0]
  if (reason === undefined) return `Allowed: ${allowedPhrase(judged)}.`
  const start = {
    allow: 'Allowed, for this policy only watches',
    redact: 'Allowed with secrets masked',
    ask: 'Waiting for you',
    deny: 'Blocked',
    quarantine: 'Blocked and set apart',
  }[arbitration.verdict]
  const context = judged.find(({ traced }) => traced.effect === reason.effect)?.context
  const origin = context?.targetFromUntrusted === true ? originOf(reason.effect, derivations) : ''
  return `${start}: it would ${effectPhrase(reason.effect)}${origin}. ${reason.title}.`
}

function allowedPhrase(judged: readonly Judged[]): string {
  const effects = judged.map(({ traced }) => traced.effect)
  const [first] = effects
  if (first === undefined) return 'nothing is changed, sent or revealed'
  const more = effects.length - 1
  return `${effectPhrase(first)}${more === 0 ? '' : ` and ${more} more ${more === 1 ? 'effect' : 'effects'}`}`
}

function originOf(effect: Effect, derivations: readonly Derivation[]): string {
  const from = derivations
    .filter((derivation) => derivation.integrity === 'untrusted' && effect.arguments.includes(derivation.arg))
    .flatMap((derivation) => derivation.sources)
  const match = from.find(({ source }) => source.integrity === 'untrusted')
  return match === undefined ? '' : `, which only ${sourcePhrase(match)} named, not you`
}

/** `the result of read_file (notes.md)`. */
export function sourcePhrase({ source }: SourceMatch): string {
  const of = source.tool === undefined ? '' : ` of ${visible(source.tool, 60)}`
  const origin = source.origin === undefined ? '' : ` (${visible(source.origin, 80)})`
  return `${CHANNELS[source.channel]}${of}${origin}`
}

const CHANNELS: Readonly<Record<SourceMatch['source']['channel'], string>> = {
  system: 'the application',
  user: 'your prompt',
  assistant: 'the model',
  tool_result: 'the result',
  retrieval: 'retrieved text',
  memory: 'memory',
  resource: 'a resource',
  prompt_template: 'a prompt template',
  elicitation: 'a question by a server',
  tool_description: 'the description',
}
