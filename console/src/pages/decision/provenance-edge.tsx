import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react'
import type { ReactNode } from 'react'
import { viaWords } from './words.ts'

export interface ProvenanceEdgeData extends Record<string, unknown> {
  readonly via: string
  readonly guilty: boolean
  readonly dim: boolean
}

/** A line of descent; the path that led to the stop is drawn strong, and a change on the way is written on it. */
export function ProvenanceEdge(edge: EdgeProps<Edge<ProvenanceEdgeData, 'provenance'>>): ReactNode {
  const [path, labelX, labelY] = getBezierPath(edge)
  const guilty = edge.data?.guilty === true
  const via = viaWords(edge.data?.via ?? '')
  const opacity = edge.data?.dim === true ? 0.2 : 1
  return (
    <>
      <BaseEdge
        id={edge.id}
        path={path}
        style={{ stroke: guilty ? 'var(--deny)' : 'var(--line-strong)', strokeWidth: guilty ? 2.25 : 1.5, opacity }}
      />
      <circle
        cx={edge.targetX}
        cy={edge.targetY}
        r={guilty ? 4 : 3}
        fill={guilty ? 'var(--deny)' : 'var(--line-strong)'}
        opacity={opacity}
      />
      {via === '' ? null : (
        <EdgeLabelRenderer>
          <span
            className="absolute rounded border border-line bg-surface px-1.5 text-tiny text-soft"
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)`, opacity }}
          >
            {via}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  )
}
