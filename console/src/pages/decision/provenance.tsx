import { ListTree, Workflow } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { Button } from '../../design/button.tsx'
import { counted } from '../../design/format.ts'
import { Section } from '../../design/design.tsx'
import { pictureOf } from './picture.ts'
import { ProvenanceList } from './provenance-list.tsx'
import { ProvenancePicture } from './provenance-picture.tsx'
import type { DecisionRecord } from './record.ts'

const WIDE = '(min-width: 64rem)'

/** Where the call's arguments came from and what they do, as a picture or as text. */
export function Provenance({ decision }: { readonly decision: DecisionRecord['decision'] }): ReactNode {
  const picture = useMemo(() => pictureOf(decision), [decision])
  const [asText, setAsText] = useState(() => !window.matchMedia(WIDE).matches)
  if (picture.nodes.length === 0) {
    return (
      <Section title="From source to effect">
        <p className="text-soft">This call has no arguments that came from anywhere, and no effect the kernel knows of.</p>
      </Section>
    )
  }
  return (
    <Section
      flush
      title="From source to effect"
      aside={
        <fieldset className="flex gap-1.5">
          <legend className="sr-only">How to show it</legend>
          <Button tone={asText ? 'quiet' : 'plain'} pressed={!asText} onClick={() => setAsText(false)}>
            <Workflow size={14} aria-hidden="true" /> Picture
          </Button>
          <Button tone={asText ? 'plain' : 'quiet'} pressed={asText} onClick={() => setAsText(true)}>
            <ListTree size={14} aria-hidden="true" /> As text
          </Button>
        </fieldset>
      }
    >
      {asText ? <ProvenanceList picture={picture} /> : <ProvenancePicture picture={picture} />}
      {picture.quiet > 0 ? (
        <p className="border-t border-line px-4 py-2 text-small text-faint">
          {counted(picture.quiet, 'further argument')} with no known source and no effect of its own.
        </p>
      ) : null}
    </Section>
  )
}
