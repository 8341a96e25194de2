import type { ToolCall } from '../event/event.ts'
import { type Leaf, type Leaves, leavesOfArguments } from '../event/leaves.ts'
import { innerLeaves } from '../event/inner-leaves.ts'
import { rememberedTexts } from '../event/remembered-texts.ts'
import { keyOfCall } from './call-key.ts'
import type { Certainty, EffectClass } from './effect.ts'
import { addedLines, addedTexts, isEmptied } from './edit/added-lines.ts'
import { laterEffects } from './edit/later-effects.ts'
import { EFFECT_CLASSES } from './effect.ts'
import { parseAddress } from './place/address.ts'
import { inlineEffects } from './place/inline-address.ts'
import { machineCredentials } from './place/machine-credentials.ts'
import type { Surroundings } from './place/path.ts'
import { rememberedOfLast } from './place/remembered.ts'
import { effectsOfAddress, fileEffects } from './place/place-effects.ts'
import { foreignEffects, shellEffects } from './shell/shell-effects.ts'
import { withSql } from './sql/sql-tool.ts'
import { cellOf, codeLanguage } from './tool/code-language.ts'
import { patchEffects } from './tool/patch-effects.ts'
import { commandLineOf } from './tool/argv-tool.ts'
import { restCallOf } from './tool/rest-call.ts'
import { type ShellLanguage, shellLanguage } from './tool/shell-language.ts'
import type { ToolUse } from './tool/tool-catalogue.ts'
import { namedSecrets } from './tool/named-files.ts'
import { inferUses } from './tool/tool-inference.ts'
import { READS, shapeOf, SUBCOMMAND, type UsesOfCall, usesOf } from './tool/uses-of-call.ts'
import { scriptsOf } from './tool/scripts-of-call.ts'
import { valuesOf } from './tool/values-of-call.ts'
import { receiversWithin } from './tool/standing-orders.ts'
import { rememberChange } from './tool/tool-writes.ts'
import { type TargetKind, traced, type TracedEffect } from './traced-effect.ts'
import { Files, NO_FILES, type WrittenFiles } from './written-files.ts'

/** What a call would do, and every scalar of its arguments. */
export interface CallReading {
  readonly effects: readonly TracedEffect[]
  readonly leaves: Leaves
  /** Scalars inside of arguments that are JSON written as a text, with the pointers of these. */
  readonly inner: readonly Leaf[]
  /** Of an edit: what its arguments add to the file, by JSON pointer; nothing for those that say what goes. */
  readonly added: ReadonlyMap<string, string>
  /** What is known of files once the call has run. */
  readonly written: WrittenFiles
}

/** Every scalar of the call, those inside of texts last. */
export function leavesWithin({ leaves, inner }: CallReading): readonly Leaf[] {
  return inner.length === 0 ? leaves.leaves : [...leaves.leaves, ...inner]
}

/** Most effects told of one call. */
export const EFFECT_LIMIT = 64

/**
 * Judges what a call does, not what it spells, given what the session wrote into files before. Total: what cannot be told is an
 * effect of certainty `unknown`.
 */
export function effectsOf(call: ToolCall, written: WrittenFiles = NO_FILES): CallReading {
  return readingOf(call, written)
}

const readingOf = rememberedOfLast((call: ToolCall, written: WrittenFiles): CallReading => {
  const leaves = leavesOfArguments(call.args)
  const key = written.size === 0 ? keyOfCall(call, leaves) : undefined
  return key === undefined ? read(call, leaves, written) : recall(key, () => read(call, leaves, NO_FILES))
})

/** Characters of calls that are remembered: agents ask the same of the same tools over and over, before they write anything. */
const REMEMBERED = 524_288
const recall = rememberedTexts<CallReading>(REMEMBERED)

function read(call: ToolCall, leaves: Leaves, written: WrittenFiles): CallReading {
  const keys = Object.keys(call.args).slice(0, 256)
  const known = usesOf(call, keys)
  const { uses, certainty } = withSql(known, call, keys)
  const files = new Files(written)
  const context: UseContext = { call, leaves: leaves.leaves, at: surroundingsOf(call), certainty, files, written: known.written }
  const effects = [...uses.flatMap((use) => effectsOfUse(use, context)), ...restEffects(uses, call)]
  if (certainty !== 'certain') effects.push(...namedSecrets(leaves.leaves, effects, context.at))
  if (!leaves.complete) effects.push(unknownCall(call, 'its arguments are too large or too deep to be read'))
  return {
    effects:
      effects.length > EFFECT_LIMIT ? [...effects.slice(0, EFFECT_LIMIT), unknownCall(call, 'does more than can be listed')] : effects,
    leaves,
    inner: [...innerLeaves(leaves.leaves), ...(restCallOf(call.args)?.named ?? [])],
    added: addedTexts(call.args),
    written: files.result(),
  }
}

export function surroundingsOf(call: ToolCall): Surroundings {
  return { cwd: call.cwd, workspace: call.cwd, home: call.home, platform: call.platform ?? platformOf(call) }
}

/** A gate that does not say so is asked by the folders it names. */
function platformOf(call: ToolCall): 'posix' | 'windows' {
  return /^(?:[A-Za-z]:[\\/]|\\\\)/.test(call.cwd ?? call.home ?? '') ? 'windows' : 'posix'
}

function unknownCall(call: ToolCall, detail: string): TracedEffect {
  return traced({ class: 'tool.invoke', target: toolTarget(call), certainty: 'unknown', kind: 'name', spellings: [], detail })
}

function toolTarget(call: ToolCall): string {
  return call.server === undefined ? call.tool : `${call.server}/${call.tool}`
}

interface UseContext {
  readonly call: ToolCall
  readonly leaves: readonly Leaf[]
  readonly at: Surroundings
  readonly certainty: Certainty
  readonly files: Files
  readonly written: UsesOfCall['written']
}

function effectsOfUse(use: ToolUse, context: UseContext): readonly TracedEffect[] {
  switch (use.what) {
    case 'none':
      return []
    case 'shell':
    case 'powershell':
    case 'cmd':
    case 'sql':
      return scriptsOf(use, context).flatMap((script) =>
        use.what === 'shell' && APPLE_SCRIPT.test(script.text)
          ? codeEffects(script, context)
          : shellEffects(
              { ...script, files: context.files, later: laterEffects },
              workingAt(context),
              languageOfUse(use.what, script.text, context),
            ),
      )
    case 'argv':
      return argvEffects(context)
    case 'foreign':
      return withUnknown(
        scriptsOf(use, context).flatMap((script) => codeEffects(script, context)),
        use,
        context,
      )
    case 'patch':
      return withUnknown(
        scriptsOf(use, context).flatMap((script) => patchEffects(script, context.at)),
        use,
        context,
      )
    case 'move':
      return moveEffects(use, context)
    case 'pattern':
      return patternEffects(use, context)
    case 'editor':
      return pathEffects(READS.test(valuesOf(SUBCOMMAND, context)[0]?.text ?? '') ? 'read' : 'write', valuesOf(use.keys, context), context)
    case 'fetch':
    case 'net.egress':
      return addressEffects(use, context)
    case 'rule':
      return ruleEffects(context)
    case 'resource':
      return resourceEffects(use, context)
    case 'fs.read':
    case 'fs.write':
    case 'fs.delete':
      return pathEffects(use.what.slice(3) as 'read' | 'write' | 'delete', valuesOf(use.keys, context), context)
    default:
      return plainEffects(use, context)
  }
}

/** What becomes of the thing that the address names; that something goes there is told besides. */
function restEffects(uses: readonly ToolUse[], call: ToolCall): readonly TracedEffect[] {
  const rest = uses.some(({ what }) => what === 'fetch' || what === 'net.egress') ? restCallOf(call.args) : undefined
  if (rest === undefined) return []
  const classIn = (name: string): string | undefined => inferUses(shapeOf(name, rest.body)).find(({ what }) => OF_SERVICES.has(what))?.what
  const named = [rest.action, rest.name].map(classIn).find((what) => what !== undefined && what !== 'data.mutate') ?? 'data.mutate'
  const effectClass = EFFECT_CLASSES.find((name) => name === named) as EffectClass
  return [traced({ class: effectClass, target: rest.target, certainty: 'inferred', kind: 'name', spellings: [], detail: rest.name })]
}

const OF_SERVICES: ReadonlySet<string> = new Set([
  'data.mutate',
  'data.drop',
  'money.move',
  'identity.grant',
  'code.publish',
  'device.actuate',
])

function argvEffects(context: UseContext): readonly TracedEffect[] {
  const line = commandLineOf(context.call.tool, context.call.args)
  return line === undefined ? [] : shellEffects({ ...line, files: context.files, later: laterEffects }, workingAt(context))
}

function languageOfUse(what: string, text: string, context: UseContext): ShellLanguage | 'sql' {
  return what === 'powershell' || what === 'cmd' || what === 'sql' ? what : shellLanguage(context.call, text, context.at.platform)
}

/** How what macOS is scripted with begins, or hands on to a shell. */
const APPLE_SCRIPT = /^\s{0,40}(?:tell application\b|on run\b|set \w+ to \(?do shell script\b|do shell script\s|display dialog\s)/

/** Code in another language, and what it hands to a shell the way notebooks do. */
function codeEffects(script: { readonly arg: string; readonly text: string }, context: UseContext): readonly TracedEffect[] {
  const at = workingAt(context)
  const { files } = context
  if (TYPED.test(context.call.tool)) return foreignEffects({ ...script, files, language: 'typed', later: laterEffects }, at)
  const language = codeLanguage(context.call, script.text)
  const cell = language === 'python' ? cellOf(script.text) : { code: script.text, commands: language === 'shell' ? script.text : '' }
  return [
    ...(language === 'shell' || (cell.code.trim() === '' && cell.commands !== '')
      ? []
      : foreignEffects({ ...script, text: cell.code, files, later: laterEffects, ...(language === undefined ? {} : { language }) }, at)),
    ...(cell.commands === '' ? [] : shellEffects({ ...script, text: cell.commands, files, later: laterEffects }, at)),
  ]
}

/** Tools that type into a program that runs already: most often a shell. */
const TYPED = /^(?:write_?stdin|send_?input|bash_?input|send_?keys|terminal_?input|type_?text)$/i

/** Text that was expected and not found leaves the call unknown. */
function withUnknown(effects: readonly TracedEffect[], use: ToolUse, context: UseContext): readonly TracedEffect[] {
  return effects.length > 0 ? effects : [unknownCall(context.call, `no readable ${use.keys[0] ?? 'text'}`)]
}

/** A call may say where its command runs; its workspace stays what it is. */
function workingAt(context: UseContext): Surroundings {
  const named = valuesOf(['workdir', 'cwd', 'working_directory', 'workingDirectory'], context)[0]
  return named?.text.startsWith('/') === true ? { ...context.at, cwd: named.text } : context.at
}

function pathEffects(access: 'read' | 'write' | 'delete', values: readonly Leaf[], context: UseContext): readonly TracedEffect[] {
  const { at, certainty } = context
  if (values.length === 0)
    return at.cwd === undefined
      ? plainEffects({ what: `fs.${access}`, keys: [] }, context)
      : fileEffects({ access, spelling: { arg: '', text: at.cwd }, certainty }, at).map(withoutArgument)
  return values.flatMap((leaf) => fileLeafEffects(access, leaf, context))
}

function fileLeafEffects(
  access: 'read' | 'write' | 'delete',
  leaf: Leaf,
  { at, certainty, files, call }: UseContext,
): readonly TracedEffect[] {
  const use = { access, spelling: { arg: leaf.pointer, text: leaf.text }, certainty }
  const real = files.real(leaf.text, at)
  const later = access === 'write' ? laterEffects(leaf.text, addedLines(call.args, files.recall(leaf.text, at)?.text), at) : []
  const emptied =
    access === 'write' && isEmptied(leaf.text, call.args)
      ? fileEffects({ ...use, access: 'delete', certainty: 'inferred', detail: 'leaves it empty' }, at)
      : []
  if (access === 'write') rememberChange(files, { args: call.args, path: leaf.text, at })
  if (access === 'delete') files.forget(leaf.text, at)
  const effects = [...fileEffects(use, at), ...emptied, ...later]
  return real === undefined ? effects : [...effects, ...fileEffects({ ...use, path: real }, at)]
}

/** The target stands in no argument: there is nothing to ask provenance about. */
function withoutArgument(effect: TracedEffect): TracedEffect {
  return { ...effect, effect: { ...effect.effect, arguments: [] }, target: [] }
}

/** Files looked for by a pattern that starts somewhere else than here: that folder is looked through. */
function patternEffects(use: ToolUse, context: UseContext): readonly TracedEffect[] {
  const folders = valuesOf(use.keys, context).flatMap((leaf) => {
    const folder = /^(?:~|\/|[A-Za-z]:[\\/])[^*?[{]*(?=[\\/])/.exec(leaf.text)?.[0]
    return folder === undefined ? [] : [{ ...leaf, text: folder }]
  })
  return folders.length === 0 ? [] : pathEffects('read', folders, context)
}

function moveEffects(use: ToolUse, context: UseContext): readonly TracedEffect[] {
  const [from, to] = use.keys
    .join('|')
    .split('>')
    .map((keys) => valuesOf(keys.split('|'), context))
  return [
    ...pathEffects('read', from ?? [], context),
    ...pathEffects('delete', from ?? [], context),
    ...pathEffects('write', to ?? [], context),
  ]
}

function addressEffects(use: ToolUse, context: UseContext): readonly TracedEffect[] {
  const values = valuesOf(use.keys, context)
  const retrieval = use.what === 'fetch' && !sendsBody(context, use)
  const effects = values.flatMap((leaf) =>
    addressesIn(leaf.text)
      .map((text) => ({ leaf, text }))
      .flatMap(({ leaf: at, text }) => oneAddress({ at, text, retrieval }, context)),
  )
  // A tool named like a traveller whose arguments hold no text at all only moves about where it is.
  if (effects.length === 0 && context.certainty === 'inferred' && !context.leaves.some((leaf) => leaf.kind === 'string'))
    return plainEffects({ what: 'data.query', keys: [] }, context)
  return effects.length > 0
    ? effects
    : [{ ...(plainEffects({ what: 'net.egress', keys: use.keys }, { ...context, certainty: 'unknown' })[0] as TracedEffect) }]
}

function oneAddress(
  found: { readonly at: Leaf; readonly text: string; readonly retrieval: boolean },
  context: UseContext,
): readonly TracedEffect[] {
  const spelling = { arg: found.at.pointer, text: found.text }
  if (/^file:/i.test(found.text)) return fileEffects({ access: 'read', spelling, certainty: context.certainty }, context.at)
  const inline = inlineEffects(spelling)
  if (inline !== undefined) return inline
  const address = parseAddress(found.text, 'https')
  if (address === undefined) return []
  const credentials = machineCredentials(address, spelling)
  return [
    ...(credentials === undefined ? [] : [credentials]),
    ...effectsOfAddress({
      address,
      spelling,
      certainty: context.certainty,
      retrieval: found.retrieval,
      ...(found.retrieval ? { payload: [] } : {}),
    }),
  ]
}

/** Whomever a text of a standing rule names as the one that things go to from then on. */
function ruleEffects({ leaves, written, certainty }: UseContext): readonly TracedEffect[] {
  return (written?.leaves ?? leaves).slice(0, 32).flatMap((leaf) =>
    receiversWithin(leaf).map((receiver) =>
      traced({
        class: 'message.send',
        target: receiver,
        certainty,
        kind: 'recipient',
        spellings: [{ arg: written?.pointer ?? leaf.pointer, text: receiver }],
        detail: 'from now on, by a standing rule',
      }),
    ),
  )
}

/** An address, or the addresses in a longer text. */
function addressesIn(text: string): readonly string[] {
  if (!/\s/.test(text.trim())) return [text.trim()]
  return (text.slice(0, 16_384).match(/[a-z][a-z0-9+.-]{1,10}:\/\/[^\s'"`<>)]+/gi) ?? []).slice(0, 16)
}

/** A server answers for its own schemes; only those that everybody shares lead elsewhere. */
function resourceEffects(use: ToolUse, context: UseContext): readonly TracedEffect[] {
  const shared = valuesOf(use.keys, context).some((leaf) => /^\s*(?:file|https?|wss?|ftps?|sftp|ssh|git|s3|gs):/i.test(leaf.text))
  return shared ? addressEffects({ ...use, what: 'fetch' }, context) : plainEffects({ ...use, what: 'data.query' }, context)
}

/** Arguments that say how something is fetched, not what goes along. */
const HOW =
  /^(?:method|headers?|user_?agent|format|output_?format|encoding|max_?\w*|min_?\w*|timeout\w*|raw|start_?\w*|end_?\w*|limit|offset|count|page|index|prompt|question|query|mode|wait\w*|selector|element|id|ref|tab\w*|new_?tab|viewport\w*|width|height|scroll\w*|direction|include\w*|only\w*|follow\w*|save\w*|path|dir\w*|folder\w*|file\w*|output\w*|dest\w*|target\w*|name|title|reason|description|language|locale|depth|recursive|quality)$/i

/** Another method than to get, or text in an argument that does not just say how. */
function sendsBody(context: UseContext, use: ToolUse): boolean {
  const method = valuesOf(['method'], context)[0]?.text ?? 'GET'
  if (!/^(get|head|options)$/i.test(method)) return true
  return context.leaves.some(({ kind, pointer, text }) => {
    const key = pointer.split('/', 2)[1] ?? ''
    return kind === 'string' && text.trim() !== '' && !use.keys.includes(key) && !HOW.test(key)
  })
}

function plainEffects(use: ToolUse, context: UseContext): readonly TracedEffect[] {
  const effectClass = EFFECT_CLASSES.find((name) => name === use.what) ?? 'tool.invoke'
  const certainty: Certainty = effectClass === 'tool.invoke' ? 'unknown' : context.certainty
  const values = valuesOf(use.keys, context)
  const kind = kindOf(effectClass)
  if (values.length === 0) return [traced({ class: effectClass, target: toolTarget(context.call), certainty, kind: 'name', spellings: [] })]
  const isTold = kind === 'recipient'
  return values
    .slice(0, isTold ? RECIPIENTS : 16)
    .flatMap((leaf) => (isTold ? recipientsIn(leaf.text) : [leaf.text]).map((text) => ({ leaf, text })))
    .slice(0, RECIPIENTS)
    .map(({ leaf, text }) =>
      traced({
        class: effectClass,
        target: text,
        certainty,
        kind: effectClass === 'code.install' && /^[a-z+]{2,12}:\/\//i.test(text) ? 'address' : kind,
        spellings: [{ arg: leaf.pointer, text }],
      }),
    )
}

const RECIPIENTS = 64

/** Each of several that stand in one text, `a@x.example, b@y.example`: that the person named one says nothing of the others. */
function recipientsIn(text: string): readonly string[] {
  const found = [...new Set(text.slice(0, 16_384).match(/[^\s,;:<>"'()]{1,64}@[^\s,;:<>"'()@]{1,255}/g) ?? [])]
  return found.length < 2 ? [text] : found
}

function kindOf(effectClass: EffectClass): TargetKind {
  if (effectClass === 'message.send' || effectClass === 'money.move' || effectClass === 'identity.grant') return 'recipient'
  return effectClass === 'net.egress' ? 'address' : effectClass === 'process.exec' ? 'command' : 'name'
}
