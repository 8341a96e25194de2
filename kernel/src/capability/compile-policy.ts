import { EFFECT_CLASSES, type EffectClass } from '../effect/effect.ts'
import { UNSEEN_KINDS } from '../finding/unseen.ts'
import type { CompiledRule } from './cedar/rule.ts'
import type { Entities, Scope } from './cedar/scope.ts'
import { entityUid } from './cedar/value.ts'
import { type Description, limitsIn, readDescription, readYaml } from './description.ts'
import { checkFolder } from './folder-limits.ts'
import type { CedarEngine, Policy, PolicyFiles, PolicyProblem, ResultScope } from './policy.ts'
import { describeError, type ReadPolicy, readPolicies } from './policy-text.ts'
import { readSchema, SCHEMA_FILE } from './schema.ts'
import { actionUid } from './situation.ts'
import { readSequences, type SequenceRule } from '../sequence/rules.ts'

export type PolicyCompilation =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] }

type Groups = ReadonlyMap<EffectClass, ReadonlySet<string>>

/**
 * Compiles a policy folder whole, or says everything that is wrong with it. Never throws, whatever the texts hold.
 * The version is that of `bundle.yaml`; whoever loads a signed bundle replaces `policy.version` by the manifest's.
 */
export function compilePolicy(files: PolicyFiles, cedar: CedarEngine): PolicyCompilation {
  const unsafe = checkFolder(files)
  if (unsafe.length > 0) return { ok: false, problems: unsafe }
  try {
    return compileFolder(files, cedar)
  } catch (error) {
    const text = `the policy engine failed on this folder: ${error instanceof Error ? error.message : String(error)}`
    return { ok: false, problems: [{ code: 'bad-policy', file: '', text }] }
  }
}

function compileFolder(files: PolicyFiles, cedar: CedarEngine): PolicyCompilation {
  const description = readDescription(files)
  const schema = readSchema(files, cedar)
  const reading = readPolicies(files, cedar)
  const sequences = readSequenceFile(files)
  const problems = [...('code' in description ? [description] : []), ...schema.problems, ...reading.problems, ...sequences.problems]
  if (problems.length > 0 || 'code' in description) return { ok: false, problems }
  const validation = validate(files, reading.policies, cedar)
  if (validation.problems.length > 0) return { ok: false, problems: validation.problems }
  const parts = {
    description,
    groups: schema.groups,
    policies: reading.policies,
    warnings: validation.warnings,
    sequences: sequences.rules,
  }
  return { ok: true, policy: assemble(parts) }
}

const SEQUENCE_FILE = 'sequences.yaml'

function readSequenceFile(files: PolicyFiles): { readonly rules: readonly SequenceRule[]; readonly problems: readonly PolicyProblem[] } {
  const text = files.get(SEQUENCE_FILE)
  if (text === undefined) return { rules: [], problems: [] }
  const problem = (sentence: string): PolicyProblem => ({ code: 'bad-sequence', file: SEQUENCE_FILE, text: sentence })
  const yaml = readYaml(text)
  if (!yaml.ok) return { rules: [], problems: [problem(yaml.text)] }
  const reading = readSequences(yaml.value)
  return reading.ok ? { rules: reading.rules, problems: [] } : { rules: [], problems: reading.problems.map(problem) }
}

interface Validation {
  readonly problems: readonly PolicyProblem[]
  readonly warnings: readonly PolicyProblem[]
}

function validate(files: PolicyFiles, policies: readonly ReadPolicy[], cedar: CedarEngine): Validation {
  const staticPolicies = Object.fromEntries(policies.map(({ rule, text }) => [rule.id, text]))
  const answer = cedar.validate({ schema: files.get(SCHEMA_FILE) ?? '', policies: { staticPolicies } })
  if (answer.type === 'failure') {
    return { problems: answer.errors.map((error) => ({ code: 'bad-policy', file: SCHEMA_FILE, text: describeError(error) })), warnings: [] }
  }
  const fileOf = new Map(policies.map(({ rule }) => [rule.id, rule.file]))
  const told = (errors: typeof answer.validationErrors): PolicyProblem[] =>
    errors.map(({ policyId, error }) => ({
      code: 'bad-policy',
      file: fileOf.get(policyId) ?? '',
      policy: policyId,
      text: describeError(error),
    }))
  return { problems: told(answer.validationErrors), warnings: told(answer.validationWarnings) }
}

interface Parts {
  readonly description: Description
  readonly groups: Groups
  readonly policies: readonly ReadPolicy[]
  readonly warnings: readonly PolicyProblem[]
  readonly sequences: readonly SequenceRule[]
}

function assemble({ description, groups, policies, warnings, sequences }: Parts): Policy {
  const compiled = policies.map((policy) => policy.compiled)
  return {
    version: { name: description.name, version: description.version, hash: '' },
    description: description.description,
    minAgentVersion: description.minAgentVersion,
    enforce: description.enforce,
    agents: limitsIn(description),
    sequences,
    rules: new Map(policies.map(({ rule }) => [rule.id, rule])),
    slices: new Map(EFFECT_CLASSES.map((name) => [name, sliceOf(name, compiled, groups)])),
    groups,
    results: resultScopeOf(policies, groups),
    warnings,
  }
}

/** Rules that name no action at all speak of calls; what they say of a result adds nothing to what they said of its call. */
function resultScopeOf(policies: readonly ReadPolicy[], groups: Groups): ResultScope {
  const results = actionScope('result.read', groups)
  const speaks = ({ effect, verdict }: ReadPolicy['rule']): boolean => effect === 'forbid' && verdict !== 'ask'
  const naming = policies.filter(
    ({ rule, compiled }) => speaks(rule) && compiled.coversAction(results) && !compiled.coversAction({ ...results, action: NOBODY }),
  )
  if (naming.length === 0) return 'nothing'
  const unseen = naming.every(({ rule }) => rule.verdict === 'redact' && rule.masks?.every((kind) => UNSEEN_KINDS.has(kind)) === true)
  return unseen ? 'unseen' : 'everything'
}

/** The rules that can speak on an effect class, their action constraint settled once and for all. */
function sliceOf(name: EffectClass, rules: readonly CompiledRule[], groups: Groups): readonly CompiledRule[] {
  const scope = actionScope(name, groups)
  return rules.filter((rule) => rule.coversAction(scope)).map((rule) => ({ ...rule, coversAction: () => true }))
}

/** All that an action constraint asks about. */
function actionScope(name: EffectClass, groups: Groups): Scope {
  const action = actionUid(name)
  const entities: Entities = {
    attributesOf: () => undefined,
    tagsOf: () => undefined,
    hasAncestor: (_entity, ancestor) => ancestor.type === action.type && (groups.get(name)?.has(ancestor.id) ?? false),
  }
  return { principal: NOBODY, resource: NOBODY, action, context: {}, entities }
}

const NOBODY = entityUid('', '')
