import type { DetailedError, PolicyJson } from '@cedar-policy/cedar-wasm/nodejs'
import { readAnnotations } from './annotations.ts'
import { type CompiledRule, compileRule } from './cedar/rule.ts'
import type { CedarEngine, PolicyFiles, PolicyProblem, PolicyProblemCode, Rule } from './policy.ts'

/** One policy of the folder, in all the forms that are needed of it. */
export interface ReadPolicy {
  readonly rule: Rule
  readonly text: string
  readonly compiled: CompiledRule
}

export interface PolicyReading {
  /** Sorted by id, so that the order of files means nothing. */
  readonly policies: readonly ReadPolicy[]
  readonly problems: readonly PolicyProblem[]
}

/** Parses and compiles every policy of every `*.cedar` file. */
export function readPolicies(files: PolicyFiles, cedar: CedarEngine): PolicyReading {
  const results = [...files].filter(([file]) => file.endsWith('.cedar')).flatMap(([file, text]) => readFile(file, text, cedar))
  const policies = results.filter((result) => 'rule' in result).sort((left, right) => (left.rule.id < right.rule.id ? -1 : 1))
  const problems = results.filter((result) => 'code' in result)
  const doubles = policies.filter((policy, index) => policies[index - 1]?.rule.id === policy.rule.id)
  return { policies, problems: [...problems, ...doubles.map(({ rule }) => double(rule))] }
}

/** The sentence of one of Cedar's errors. */
export function describeError(error: DetailedError | undefined): string {
  if (!error) return 'the Cedar engine gave no reason'
  const label = error.sourceLocations?.[0]?.label
  return [error.message, label, error.help].filter((part) => part).join('; ')
}

function readFile(file: string, text: string, cedar: CedarEngine): readonly (ReadPolicy | PolicyProblem)[] {
  const parts = cedar.policySetTextToParts(text)
  if (parts.type === 'failure')
    return parts.errors.map((error) => problem('bad-policy', file, `line ${lineOf(text, error)}: ${describeError(error)}`))
  const templates = parts.policy_templates.map(() =>
    problem('unsupported', file, 'policy templates are not supported; write the policy out'),
  )
  return [...templates, ...parts.policies.flatMap((policy) => readPolicy(file, policy, cedar))]
}

function readPolicy(file: string, text: string, cedar: CedarEngine): readonly (ReadPolicy | PolicyProblem)[] {
  const answer = cedar.policyToJson(text)
  if (answer.type === 'failure') return answer.errors.map((error) => problem('bad-policy', file, describeError(error)))
  const id = answer.json.annotations?.['id']
  const rule = readAnnotations(answer.json, file)
  if (!('effect' in rule)) return rule.map((sentence) => problem('bad-annotation', file, sentence, id))
  const compiled = tryCompile(rule.id, answer.json)
  return [typeof compiled === 'string' ? problem('unsupported', file, compiled, id) : { rule, text, compiled }]
}

function tryCompile(id: string, json: PolicyJson): CompiledRule | string {
  try {
    return compileRule(id, json)
  } catch (error) {
    return `it uses ${error instanceof Error ? error.message : String(error)}, which this agent does not support; write it another way`
  }
}

function problem(code: PolicyProblemCode, file: string, text: string, policy?: string): PolicyProblem {
  return { code, file, text, ...(policy !== undefined && { policy }) }
}

function double(rule: Rule): PolicyProblem {
  return problem(
    'bad-annotation',
    rule.file,
    `the \`@id\` "${rule.id}" is used twice; decisions could not tell which policy spoke`,
    rule.id,
  )
}

/** Cedar counts bytes of UTF-8; a line number is all a person needs. */
function lineOf(text: string, error: DetailedError): number {
  const bytes = error.sourceLocations?.[0]?.start ?? 0
  let [seen, line] = [0, 1]
  for (const character of text) {
    if (seen >= bytes) break
    if (character === '\n') line += 1
    const code = character.codePointAt(0) ?? 0
    seen += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return line
}
