import type { ReactNode } from 'react'
import { Foreign, Marked } from '../../design/foreign.tsx'
import { SecretLock, TrustLabel } from '../../design/trust.tsx'
import { VERDICT_INK, VERDICT_WORD, VerdictShape } from '../../design/verdict.tsx'
import { visible } from '../../design/visible.ts'
import { locate } from './excerpt.ts'
import type { ArgumentNode, EffectNode, Picture } from './picture.ts'
import { argumentWords, effectWords, sourceWords, traceable, viaWords } from './words.ts'

/** The provenance picture told as text: each argument, where it came from, what it does. */
export function ProvenanceList({ picture }: { readonly picture: Picture }): ReactNode {
  const args = picture.nodes.filter((node) => node.kind === 'argument')
  const effects = picture.nodes.filter((node) => node.kind === 'effect')
  const loose = effects.filter((effect) => !picture.edges.some((edge) => edge.to === effect.id))
  return (
    <ol className="flex flex-col divide-y divide-line">
      {args.map((node) => (
        <li key={node.id} className="flex flex-col gap-2 px-4 py-3.5">
          <ArgumentLine node={node} />
          <Origins node={node} />
          {effects
            .filter((effect) => picture.edges.some((edge) => edge.from === node.id && edge.to === effect.id))
            .map((effect) => (
              <EffectLine key={effect.id} node={effect} />
            ))}
        </li>
      ))}
      {loose.map((effect) => (
        <li key={effect.id} className="px-4 py-3.5">
          <EffectLine node={effect} />
        </li>
      ))}
    </ol>
  )
}

function ArgumentLine({ node }: { readonly node: ArgumentNode }): ReactNode {
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <code className="font-semibold">{argumentWords(node.derivation.arg)}</code>
      <code className="min-w-0">
        <Foreign text={node.derivation.value} />
      </code>
      <TrustLabel trust={node.derivation.integrity} />
      {node.derivation.confidentiality === 'secret' ? <SecretLock /> : null}
    </div>
  )
}

function Origins({ node }: { readonly node: ArgumentNode }): ReactNode {
  if (node.derivation.sources.length === 0)
    return (
      <p className="pl-4 text-soft">
        ← {traceable(node.derivation.value) ? 'The model’s own words: nothing this session read holds it.' : 'Too short to be traced.'}
      </p>
    )
  return node.derivation.sources.slice(0, 4).map((match, at) => (
    <div key={at} className="flex flex-col gap-1 pl-4">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span aria-hidden="true">←</span>
        <span className="sr-only">came from</span>
        <span>{sourceWords(match.source)}</span>
        {match.source.origin === undefined ? null : (
          <span className="text-faint">
            <Foreign text={match.source.origin} />
          </span>
        )}
        <TrustLabel trust={match.source.integrity} />
        {viaWords(match.via) === '' ? null : <span className="text-faint">{viaWords(match.via)}</span>}
      </p>
      <blockquote className="ml-5 border-l-2 border-line-strong pl-2 text-soft">
        <Marked {...locate(match.excerpt, node.derivation.value, match.span)} />
      </blockquote>
    </div>
  ))
}

function EffectLine({ node }: { readonly node: EffectNode }): ReactNode {
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 pl-4">
      <span aria-hidden="true">→</span>
      <span>{effectWords(node.effect.class)}</span>
      <code title={visible(node.effect.class)}>
        <Foreign text={node.effect.target} />
      </code>
      <span className={`inline-flex items-center gap-1 font-semibold ${VERDICT_INK[node.verdict]}`}>
        <VerdictShape verdict={node.verdict} size={13} />
        {VERDICT_WORD[node.verdict]}
      </span>
    </p>
  )
}
