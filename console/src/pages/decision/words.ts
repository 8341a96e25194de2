import type { Effect, Source } from '@assize/kernel'
import { visible } from '../../design/visible.ts'

/** Plain words for what the kernel names. */

const EFFECT_WORDS: Readonly<Record<string, string>> = {
  'fs.read': 'Reads a file',
  'fs.write': 'Writes a file',
  'fs.delete': 'Deletes a file',
  'process.exec': 'Runs a command',
  'net.egress': 'Sends data out',
  'net.listen': 'Opens a port',
  'secret.read': 'Reads a secret',
  'data.query': 'Queries data',
  'data.mutate': 'Changes data',
  'data.drop': 'Destroys data',
  'message.send': 'Sends a message',
  'money.move': 'Moves money',
  'identity.grant': 'Grants access',
  'code.publish': 'Publishes code',
  'code.install': 'Installs code',
  'memory.write': 'Writes to memory',
  'agent.delegate': 'Hands work to another agent',
  'agent.config': 'Changes an agent’s settings',
  'model.load': 'Loads a model',
  'device.actuate': 'Moves a device',
  'tool.invoke': 'Calls a tool of unknown effect',
  'result.read': 'Hands a result to the model',
}

export function effectWords(effectClass: string): string {
  return EFFECT_WORDS[effectClass] ?? visible(effectClass)
}

const CHANNEL_WORDS: Readonly<Record<Source['channel'], string>> = {
  system: 'Standing instructions',
  user: 'What the person wrote',
  assistant: 'What the model wrote',
  tool_result: 'Result of a tool',
  retrieval: 'Retrieved document',
  memory: 'Memory',
  resource: 'Resource',
  prompt_template: 'Prompt template',
  elicitation: 'Answer to a question',
  tool_description: 'Description of a tool',
}

/** What a source is, in a few words: `Result of read_file`. */
export function sourceWords(source: Source): string {
  if (source.channel === 'tool_result' && source.tool !== undefined) return `Result of ${visible(source.tool)}`
  if (source.channel === 'tool_description' && source.tool !== undefined) return `Description of ${visible(source.tool)}`
  return CHANNEL_WORDS[source.channel] ?? 'Text'
}

/** `/files/0/path` as `files › 0 › path`. */
export function argumentWords(pointer: string): string {
  if (pointer === '' || pointer === '/') return 'all arguments'
  return visible(
    pointer
      .replace(/^\//, '')
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .join(' › '),
  )
}

export function certaintyWords(effect: Effect): string {
  if (effect.certainty === 'certain') return ''
  return effect.certainty === 'unknown' ? 'effect not known' : effect.certainty
}

const VIA_WORDS: Readonly<Record<string, string>> = {
  'in parts': 'in parts',
  relative: 'as a relative path',
  name: 'by its name',
  folder: 'by its folder',
  host: 'by its host',
  home: 'from the home folder',
  case: 'in other case',
  canonical: 'written otherwise',
  'without scheme': 'without scheme',
  'without spaces': 'without spaces',
  grouped: 'in groups',
  remembered: 'remembered',
  'not ruled out': 'not ruled out',
}

/** How a value was changed on its way; empty when it was not. */
export function viaWords(via: string): string {
  if (via === '' || via === 'verbatim') return ''
  return VIA_WORDS[via] ?? `as ${visible(via)}`
}

/** Whether a value can be looked for in what a session read: single letters and digits stand everywhere. */
export function traceable(value: string): boolean {
  return /[\p{L}\p{N}]{2}|\p{Ideographic}/u.test(value)
}
