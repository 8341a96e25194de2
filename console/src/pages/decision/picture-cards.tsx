import type { ReactNode } from 'react'
import { Foreign, Marked } from '../../design/foreign.tsx'
import { percent } from '../../design/format.ts'
import { SecretLock, TrustLabel } from '../../design/trust.tsx'
import { VERDICT_INK, VERDICT_WORD, VerdictShape } from '../../design/verdict.tsx'
import { visible } from '../../design/visible.ts'
import type { ArgumentNode, EffectNode, PictureNode, SourceNode } from './picture.ts'
import { argumentWords, certaintyWords, effectWords, sourceWords } from './words.ts'

/** The cards of the provenance picture: a source, an argument, an effect. */

const CARD = 'rounded-lg border bg-surface px-3 py-2.5 text-small shadow-card'

export function PictureCard({ node }: { readonly node: PictureNode }): ReactNode {
  switch (node.kind) {
    case 'source':
      return <SourceCard node={node} />
    case 'invented':
      return <InventedCard />
    case 'argument':
      return <ArgumentCard node={node} />
    case 'effect':
      return <EffectCard node={node} />
  }
}

/** What a card says to someone who does not see it. */
export function cardLabel(node: PictureNode): string {
  switch (node.kind) {
    case 'source':
      return `Source: ${sourceWords(node.source)}, ${node.source.integrity}`
    case 'invented':
      return 'Source: none, the model wrote it'
    case 'argument':
      return `Argument ${argumentWords(node.derivation.arg)}: ${visible(node.derivation.value)}`
    case 'effect':
      return `Effect: ${effectWords(node.effect.class)}, ${visible(node.effect.target)}, ${VERDICT_WORD[node.verdict]}`
  }
}

function SourceCard({ node }: { readonly node: SourceNode }): ReactNode {
  const { source } = node
  return (
    <div className={`${CARD} ${source.integrity === 'untrusted' ? 'border-untrusted' : 'border-line-strong'}`}>
      <div className="flex flex-wrap items-center gap-1.5">
        <span className="mr-auto font-semibold">{sourceWords(source)}</span>
        {source.confidentiality === 'secret' ? <SecretLock /> : null}
        <TrustLabel trust={source.integrity} />
      </div>
      {source.origin === undefined && source.server === undefined ? null : (
        <p className="truncate text-faint">
          <Foreign text={source.origin ?? source.server ?? ''} />
        </p>
      )}
      {node.excerpts.map((excerpt, at) => (
        <blockquote key={at} className="mt-1.5 line-clamp-5 border-l-2 border-line-strong pl-2 leading-5 text-soft">
          <Marked {...excerpt} />
        </blockquote>
      ))}
      {node.excerpts.some((excerpt) => excerpt.orders) ? (
        <p className="mt-1.5 text-untrusted-ink">Stands in a sentence that gives an order.</p>
      ) : null}
    </div>
  )
}

function InventedCard(): ReactNode {
  return (
    <div className={`${CARD} border-dashed border-line-strong`}>
      <div className="flex flex-wrap items-center gap-1.5">
        <span className="mr-auto font-semibold">The model’s own words</span>
        <TrustLabel trust="unknown" />
      </div>
      <p className="mt-1 text-soft">Nothing this session read holds these values.</p>
    </div>
  )
}

function ArgumentCard({ node }: { readonly node: ArgumentNode }): ReactNode {
  const { derivation } = node
  const explained = derivation.sources[0]?.coverage ?? 0
  return (
    <div className={`${CARD} ${derivation.integrity === 'untrusted' ? 'border-untrusted' : 'border-line-strong'}`}>
      <div className="flex flex-wrap items-center gap-1.5">
        <code className="mr-auto font-semibold">{argumentWords(derivation.arg)}</code>
        {derivation.confidentiality === 'secret' ? <SecretLock /> : null}
        <TrustLabel trust={derivation.integrity} />
      </div>
      <p className="mt-1 line-clamp-4 font-mono leading-5">
        <Foreign text={derivation.value} />
      </p>
      {explained > 0 && explained < 0.995 ? (
        <p className="mt-1 text-faint">{percent(explained)} of it explained by the best source</p>
      ) : null}
    </div>
  )
}

function EffectCard({ node }: { readonly node: EffectNode }): ReactNode {
  const { effect, verdict } = node
  const sure = certaintyWords(effect)
  return (
    <div className={`${CARD} ${EFFECT_EDGE[verdict]}`}>
      <div className="flex flex-wrap items-center gap-1.5">
        <span className="mr-auto font-semibold">{effectWords(effect.class)}</span>
        <span className={`inline-flex items-center gap-1 font-semibold ${VERDICT_INK[verdict]}`}>
          <VerdictShape verdict={verdict} size={13} />
          {VERDICT_WORD[verdict]}
        </span>
      </div>
      <p className="mt-1 line-clamp-4 font-mono leading-5">
        <Foreign text={effect.target} />
      </p>
      {effect.detail === undefined ? null : (
        <p className="mt-1 text-soft">
          <Foreign text={effect.detail} />
        </p>
      )}
      <p className="mt-1 text-faint">
        <code>{visible(effect.class)}</code>
        {sure === '' ? '' : ` · ${sure}`}
      </p>
    </div>
  )
}

const EFFECT_EDGE = {
  allow: 'border-line-strong',
  redact: 'border-redact',
  ask: 'border-ask',
  deny: 'border-deny',
  quarantine: 'border-quarantine',
} as const
