/** The same rules in Cedar and in the language of a peer, as many as are wanted. */
import { EFFECT_CLASSES, type EffectClass, type Policy } from '@assize/kernel'
import { compiledPolicy, packFiles } from '../kernel/pack-files.ts'

/** One rule: stops an effect of one class, in a tainted session, below some trust, by one tool or at one call of the session. */
interface Wanted {
  readonly id: string
  readonly effectClass: EffectClass
  readonly trust: number
  readonly tool: string
  readonly call: number | undefined
}

export interface Kind {
  /** Over all effect classes, as policies are; otherwise all speak of the class that is asked about. */
  readonly spread: boolean
  /** Each names a tool, so that it can be looked up; otherwise every one has to be asked. */
  readonly named: boolean
}

export function wantedRules(count: number, { spread, named }: Kind): readonly Wanted[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `rule.n${at}`,
    effectClass: (spread ? EFFECT_CLASSES[at % EFFECT_CLASSES.length] : undefined) ?? 'net.egress',
    trust: 10 + (at % 80),
    tool: `tool-${at}`,
    call: named ? undefined : 1000 + at,
  }))
}

const PER_FILE = 500

/** Compiled by the loader that agents use, schema and all. */
export function cedarPolicy(rules: readonly Wanted[]): Policy {
  const pack = packFiles('balanced')
  const files = new Map([
    ['bundle.yaml', pack.get('bundle.yaml') ?? ''],
    ['schema.cedarschema', pack.get('schema.cedarschema') ?? ''],
    ['base.cedar', '@id("base") permit (principal, action, resource);'],
  ])
  for (let from = 0; from < rules.length; from += PER_FILE)
    files.set(
      `rules-${from}.cedar`,
      rules
        .slice(from, from + PER_FILE)
        .map(cedarText)
        .join('\n'),
    )
  return compiledPolicy(files)
}

/** The balanced pack with so many rules more that there are `count` policies in all. */
export function balancedWith(count: number): Policy {
  const pack = packFiles('balanced')
  const missing = count - compiledPolicy(pack).rules.size
  if (missing <= 0) return compiledPolicy(pack)
  return compiledPolicy(
    new Map([...pack, ['rules-more.cedar', wantedRules(missing, { spread: true, named: false }).map(cedarText).join('\n')]]),
  )
}

function cedarText({ id, effectClass, trust, tool, call }: Wanted): string {
  const only = call === undefined ? `context.tool == "${tool}"` : `context.sessionCalls == ${call}`
  return `@id("${id}") @title("Rule ${id}") @verdict("deny") @severity("high")
forbid (principal, action == Assize::Action::"${effectClass}", resource)
when { context.sessionTainted && context.trust < ${trust} && ${only} };`
}

/** The document that `@microsoft/agent-governance-sdk` loads. */
export function peerDocument(rules: readonly Wanted[]): object {
  return {
    apiVersion: 'governance.toolkit/v1',
    name: 'rules',
    version: '1.0',
    scope: 'global',
    default_action: 'allow',
    rules: rules.map(({ id, effectClass, trust, tool, call }) => ({
      name: id,
      description: `Rule ${id}`,
      condition: `action == '${effectClass}' and session_tainted == true and trust < ${trust} and ${call === undefined ? `tool == '${tool}'` : `session_calls == ${call}`}`,
      ruleAction: 'deny',
      priority: 1,
    })),
  }
}
