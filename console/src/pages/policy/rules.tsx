import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { policyRulesQuery } from '../../api/queries.ts'
import type { PolicyRule, Verdict } from '../../api/types.ts'
import { Section } from '../../design/design.tsx'
import { Foreign, Prose } from '../../design/foreign.tsx'
import { Bones, Failure } from '../../design/states.tsx'
import { VERDICT_WASH, VerdictShape } from '../../design/verdict.tsx'

const DOES: Readonly<Record<Verdict, string>> = { allow: 'Allows', redact: 'Masks', ask: 'Asks', deny: 'Denies', quarantine: 'Sets apart' }

/** What a policy decides, rule by rule in its authors' words; version 0 is the pack agents are built with. */
export function Rules({ version }: { readonly version: number }): ReactNode {
  const query = useQuery(policyRulesQuery(version))
  const [words, setWords] = useState('')
  if (query.isError)
    return (
      <Section title="Rules">
        <Failure error={query.error} />
      </Section>
    )
  const rules = query.data?.rules.filter((rule) => matches(rule, words))
  return (
    <Section
      flush
      title="Rules"
      aside={
        <label className="flex items-center gap-3">
          <span className="figures">{rules === undefined ? '' : `${rules.length} of ${query.data?.rules.length}`}</span>
          <span className="sr-only">Find a rule</span>
          <input
            type="search"
            value={words}
            onChange={(event) => setWords(event.target.value)}
            placeholder="Find a rule"
            className="h-8 w-52 rounded-md border border-line-strong bg-surface px-2.5 text-base text-ink placeholder:text-faint"
          />
        </label>
      }
    >
      {query.data === undefined ? (
        <Bones rows={6} />
      ) : (
        <p className="border-b border-line px-4 py-3 text-prose text-soft">{query.data.description}</p>
      )}
      {rules?.length === 0 ? <p className="px-4 py-6 text-soft">No rule speaks of that.</p> : null}
      {groupsOf(rules ?? []).map(([group, members]) => (
        <section key={group} aria-label={group}>
          <h3 className="border-b border-line bg-canvas px-4 py-1.5 text-tiny font-medium text-faint capitalize">{group}</h3>
          <ul className="divide-y divide-line border-b border-line last:border-b-0">
            {members.map((rule) => (
              <RuleLine key={rule.id} rule={rule} />
            ))}
          </ul>
        </section>
      ))}
    </Section>
  )
}

function RuleLine({ rule }: { readonly rule: PolicyRule }): ReactNode {
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[6.5rem_minmax(0,1fr)_auto]">
      <span>
        <span
          className={`inline-flex h-5.5 items-center gap-1 rounded-md px-1.5 text-small font-semibold whitespace-nowrap ${VERDICT_WASH[rule.verdict]}`}
        >
          <VerdictShape verdict={rule.verdict} size={13} />
          {DOES[rule.verdict]}
        </span>
      </span>
      <span className="min-w-0">
        <span className="block font-medium">
          <Foreign text={rule.title} />
        </span>
        {rule.remedy === undefined ? null : (
          <span className="block text-soft">
            <Prose text={rule.remedy} />
          </span>
        )}
        <span className="mt-0.5 flex flex-wrap gap-x-3 text-small text-faint">
          <code>
            <Foreign text={rule.id} />
          </code>
          {[rule.severity, rule.owasp, rule.atlas].map((tag, at) =>
            tag === undefined || tag === '' ? null : (
              <span key={at}>
                <Foreign text={tag} />
              </span>
            ),
          )}
        </span>
      </span>
      <Link to="/decisions" search={{ policy: rule.id }} className="self-start text-small text-accent-ink hover:underline">
        Decisions<span className="sr-only"> of {rule.title}</span>
      </Link>
    </li>
  )
}

function matches(rule: PolicyRule, words: string): boolean {
  const text = `${rule.title} ${rule.id} ${rule.verdict} ${DOES[rule.verdict]} ${rule.severity} ${rule.owasp ?? ''} ${rule.atlas ?? ''} ${rule.remedy ?? ''}`
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word))
}

/** By the file they stand in, which is how their authors sorted them. */
function groupsOf(rules: readonly PolicyRule[]): readonly (readonly [string, readonly PolicyRule[]])[] {
  const groups = new Map<string, PolicyRule[]>()
  for (const rule of rules) {
    const group = rule.file.replace(/\.cedar$/, '')
    const members = groups.get(group)
    if (members === undefined) groups.set(group, [rule])
    else members.push(rule)
  }
  return [...groups]
}
