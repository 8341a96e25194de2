import type { Counterfactual, Decision, DecisionEntry, Derivation, Effect, Finding, Reason, SourceMatch, Timing } from '@assize/kernel'
import { isVerdict } from '../../design/verdict.tsx'

/**
 * Reads the journal entry an agent recorded. The agent may be older, newer or hostile: what is missing or has another shape
 * becomes empty, so that the page always draws what there is.
 */

/** The parts of a recorded decision that the page draws. */
export interface DecisionRecord {
  readonly principal: { readonly user: string; readonly app: string; readonly session: string; readonly chain: readonly string[] }
  readonly call: { readonly tool: string; readonly server: string; readonly cwd: string; readonly args: unknown }
  readonly decision: Pick<
    Decision,
    | 'verdict'
    | 'summary'
    | 'reasons'
    | 'effects'
    | 'derivations'
    | 'findings'
    | 'consequential'
    | 'policyErrors'
    | 'policyVersion'
    | 'kernelVersion'
  > & { readonly counterfactual?: Pick<Counterfactual, 'text' | 'verdict'> }
  readonly timing: Timing
  readonly sessionDigest: DecisionEntry['sessionDigest']
}

type Bag = Readonly<Record<string, unknown>>

const MOST = 200

export function readRecord(entry: unknown): DecisionRecord {
  const told = bag(entry)
  const principal = bag(told['principal'])
  const call = bag(told['call'])
  return {
    principal: {
      user: text(principal['user']),
      app: text(bag(principal['app'])['name']),
      session: text(principal['session']),
      chain: list(principal['chain']).map(text),
    },
    call: { tool: text(call['tool']), server: text(call['server']), cwd: text(call['cwd']), args: call['args'] ?? {} },
    decision: readDecision(bag(told['decision'])),
    timing: readTiming(bag(told['timing'])),
    sessionDigest: text(told['sessionDigest']),
  }
}

function readDecision(told: Bag): DecisionRecord['decision'] {
  const counterfactual = readCounterfactual(told['counterfactual'])
  const version = bag(told['policyVersion'])
  return {
    verdict: isVerdict(told['verdict']) ? told['verdict'] : 'deny',
    summary: text(told['summary']),
    reasons: list(told['reasons']).map(readReason),
    effects: list(told['effects']).map(readEffect),
    derivations: list(told['derivations']).map(readDerivation),
    findings: list(told['findings']).map(readFinding),
    ...(counterfactual === undefined ? {} : { counterfactual }),
    consequential: told['consequential'] === true,
    policyErrors: list(told['policyErrors']).map(text),
    policyVersion: { name: text(version['name']), version: number(version['version']), hash: text(version['hash']) },
    kernelVersion: text(told['kernelVersion']),
  }
}

function readReason(value: unknown): Reason {
  const told = bag(value)
  return {
    policy: text(told['policy']),
    title: text(told['title']),
    verdict: isVerdict(told['verdict']) ? told['verdict'] : 'deny',
    severity: text(told['severity']),
    effect: readEffect(told['effect']),
    ...optional('owasp', told['owasp']),
    ...optional('atlas', told['atlas']),
    ...optional('remedy', told['remedy']),
  }
}

export function readEffect(value: unknown): Effect {
  const told = bag(value)
  return {
    class: text(told['class']) as Effect['class'],
    target: text(told['target']),
    certainty: oneOf(told['certainty'], ['certain', 'likely', 'inferred', 'unknown'], 'unknown'),
    arguments: list(told['arguments']).map(text),
    ...optional('detail', told['detail']),
  }
}

function readDerivation(value: unknown): Derivation {
  const told = bag(value)
  return {
    arg: text(told['arg']),
    value: text(told['value']),
    sources: list(told['sources']).map(readMatch),
    integrity: oneOf(told['integrity'], ['system', 'user', 'internal', 'untrusted', 'unknown'], 'unknown'),
    confidentiality: confidentiality(told['confidentiality']),
  }
}

function readMatch(value: unknown): SourceMatch {
  const told = bag(value)
  const source = bag(told['source'])
  return {
    source: {
      id: text(source['id']),
      channel: text(source['channel']) as SourceMatch['source']['channel'],
      integrity: oneOf(source['integrity'], ['system', 'user', 'internal', 'untrusted'], 'untrusted'),
      confidentiality: confidentiality(source['confidentiality']),
      ...optional('tool', source['tool']),
      ...optional('server', source['server']),
      ...optional('callId', source['callId']),
      ...optional('origin', source['origin']),
    },
    span: pair(told['span']),
    excerpt: text(told['excerpt']),
    via: text(told['via']),
    ...(told['setting'] === 'instruction' ? { setting: 'instruction' } : {}),
    coverage: number(told['coverage']),
  }
}

function readFinding(value: unknown): Finding {
  const told = bag(value)
  return {
    detector: text(told['detector']),
    version: text(told['version']),
    kind: text(told['kind']),
    score: number(told['score']),
    where: text(told['where']),
    span: pair(told['span']),
    detail: text(told['detail']),
  }
}

function readCounterfactual(value: unknown): DecisionRecord['decision']['counterfactual'] {
  const told = bag(value)
  const sentence = text(told['text'])
  if (sentence === '' || !isVerdict(told['verdict'])) return undefined
  return { text: sentence, verdict: told['verdict'] }
}

function readTiming(told: Bag): Timing {
  return {
    effects: number(told['effects']),
    provenance: number(told['provenance']),
    findings: number(told['findings']),
    policy: number(told['policy']),
    explain: number(told['explain']),
    total: number(told['total']),
  }
}

function bag(value: unknown): Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Bag) : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST) : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}

function pair(value: unknown): readonly [number, number] {
  return [number(list(value)[0]), number(list(value)[1])]
}

function optional<Name extends string>(name: Name, value: unknown): { readonly [key in Name]?: string } {
  return (text(value) === '' ? {} : { [name]: text(value) }) as { readonly [key in Name]?: string }
}

function oneOf<Word extends string>(value: unknown, words: readonly Word[], otherwise: Word): Word {
  return words.find((word) => word === value) ?? otherwise
}

function confidentiality(value: unknown): 'public' | 'internal' | 'secret' {
  return oneOf(value, ['public', 'internal', 'secret'], 'internal')
}
