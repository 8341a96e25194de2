import '@xyflow/react/dist/base.css'
import { type Edge, Handle, type Node, type NodeProps, Position, ReactFlow, ReactFlowProvider } from '@xyflow/react'
import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { layoutRanks, type RankShape } from '../../design/graph/ranks.ts'
import type { Picture, PictureNode } from './picture.ts'
import { cardLabel, PictureCard } from './picture-cards.tsx'
import { ProvenanceEdge, type ProvenanceEdgeData } from './provenance-edge.tsx'

const RANK: Readonly<Record<PictureNode['kind'], number>> = { source: 0, invented: 0, argument: 1, effect: 2 }
const NARROWEST = 780
const MARGIN = 16

type CardNode = Node<{ readonly shown: PictureNode }, 'card'>

const Active = createContext<{ readonly lit: ReadonlySet<string> | undefined; readonly set: (id: string | undefined) => void }>({
  lit: undefined,
  set: () => undefined,
})

/** Sources, arguments and effects as a picture read from left to right. Pointing at a card, or reaching it by Tab, lights its paths. */
export function ProvenancePicture({ picture }: { readonly picture: Picture }): ReactNode {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const shape = useMemo(() => shapeFor(width), [width])
  const [heights, setHeights] = useState<ReadonlyMap<string, number>>()
  return (
    <div ref={frame} className="overflow-x-auto" tabIndex={-1}>
      {width === 0 ? null : <Measure key={`${shape.widths.join()}`} picture={picture} shape={shape} onMeasured={setHeights} />}
      {heights === undefined || width === 0 ? null : (
        <ReactFlowProvider>
          <ColumnHeads shape={shape} />
          <Drawing picture={picture} shape={shape} heights={heights} />
        </ReactFlowProvider>
      )}
    </div>
  )
}

function Drawing({
  picture,
  shape,
  heights,
}: {
  readonly picture: Picture
  readonly shape: RankShape
  readonly heights: ReadonlyMap<string, number>
}): ReactNode {
  const [active, setActive] = useState<string>()
  const lit = useMemo(() => (active === undefined ? undefined : litFrom(active, picture)), [active, picture])
  const layout = useMemo(
    () =>
      layoutRanks(
        picture.nodes.map((node) => ({ id: node.id, rank: RANK[node.kind], height: heights.get(node.id) ?? 80 })),
        picture.edges,
        shape,
      ),
    [picture, shape, heights],
  )
  const nodes = picture.nodes.map((shown): CardNode => {
    const { x, y } = layout.at.get(shown.id) ?? { x: 0, y: 0 }
    const size = { width: shape.widths[RANK[shown.kind]] ?? 0, height: heights.get(shown.id) ?? 80 }
    return { id: shown.id, type: 'card', position: { x: x + MARGIN, y: y + MARGIN }, ...size, data: { shown } }
  })
  const edges = picture.edges.map(
    (edge): Edge<ProvenanceEdgeData, 'provenance'> => ({
      id: edge.id,
      source: edge.from,
      target: edge.to,
      type: 'provenance',
      data: { via: edge.via, guilty: edge.guilty, dim: lit !== undefined && !lit.has(edge.id) },
      zIndex: edge.guilty ? 1 : 0,
    }),
  )
  return (
    <Active value={{ lit, set: setActive }}>
      <div style={{ height: layout.height + 2 * MARGIN, width: layout.width + 2 * MARGIN }} data-testid="provenance-picture">
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          {...STILL}
          onNodeMouseEnter={(_, node) => setActive(node.id)}
          onNodeMouseLeave={() => setActive(undefined)}
        />
      </div>
    </Active>
  )
}

const HEADS = ['What the session read', 'What it became in the call', 'What the call would do']

function ColumnHeads({ shape }: { readonly shape: RankShape }): ReactNode {
  return (
    <div className="flex pt-3 text-tiny font-medium text-faint" style={{ gap: shape.across, paddingInline: MARGIN }} aria-hidden="true">
      {HEADS.map((head, at) => (
        <span key={head} className="shrink-0" style={{ width: shape.widths[at] }}>
          {head}
        </span>
      ))}
    </div>
  )
}

// The picture fits its place: nothing to pan, zoom or drag, so scrolling the page never gets caught in it.
const STILL = {
  proOptions: { hideAttribution: true },
  nodesDraggable: false,
  nodesConnectable: false,
  nodesFocusable: false,
  edgesFocusable: false,
  elementsSelectable: false,
  panOnDrag: false,
  zoomOnScroll: false,
  zoomOnPinch: false,
  zoomOnDoubleClick: false,
  preventScrolling: false,
  minZoom: 1,
  maxZoom: 1,
} as const

function Card({ id, data }: NodeProps<CardNode>): ReactNode {
  const { lit, set } = useContext(Active)
  const dim = lit !== undefined && !lit.has(id)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- reaching a card by Tab lights its paths, as pointing at it does
    <section
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the picture is read card by card
      tabIndex={0}
      aria-label={cardLabel(data.shown)}
      className={`transition-opacity ${dim ? 'opacity-35' : ''}`}
      onFocus={() => set(id)}
      onBlur={() => set(undefined)}
    >
      <Handle type="target" position={Position.Left} className="invisible" />
      <PictureCard node={data.shown} />
      <Handle type="source" position={Position.Right} className="invisible" />
    </section>
  )
}

const NODE_TYPES = { card: Card }
const EDGE_TYPES = { provenance: ProvenanceEdge }

/** Draws the cards once, out of sight, to learn how tall they are. */
function Measure({
  picture,
  shape,
  onMeasured,
}: {
  readonly picture: Picture
  readonly shape: RankShape
  readonly onMeasured: (heights: ReadonlyMap<string, number>) => void
}): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const measure = (): void => {
      const cards = [...(place.current?.children ?? [])]
      if (cards.length > 0) onMeasured(new Map(cards.map((card, at) => [picture.nodes[at]?.id ?? '', (card as HTMLElement).offsetHeight])))
    }
    measure()
    void document.fonts.ready.then(measure)
  }, [picture, onMeasured])
  return (
    <div className="h-0 overflow-hidden">
      <div ref={place} className="invisible" aria-hidden="true" inert>
        {picture.nodes.map((node) => (
          <div key={node.id} style={{ width: shape.widths[RANK[node.kind]] }}>
            <PictureCard node={node} />
          </div>
        ))}
      </div>
    </div>
  )
}

function useWidth(frame: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = frame.current
    if (element === null) return
    const observer = new ResizeObserver(() => setWidth(Math.max(NARROWEST, Math.floor(element.clientWidth))))
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame])
  return width
}

function shapeFor(width: number): RankShape {
  const across = Math.min(130, Math.max(64, Math.round(width * 0.085)))
  const free = width - 2 * MARGIN - 2 * across
  const first = Math.round(free * 0.4)
  const second = Math.round(free * 0.29)
  return { widths: [first, second, free - first - second], across, between: 14 }
}

/** Everything on a path through this node, forwards and backwards. */
function litFrom(id: string, picture: Picture): ReadonlySet<string> {
  const lit = new Set([id])
  const follow = (from: string, forward: boolean): void => {
    for (const edge of picture.edges) {
      if ((forward ? edge.from : edge.to) !== from || lit.has(edge.id)) continue
      lit.add(edge.id)
      lit.add(forward ? edge.to : edge.from)
      follow(forward ? edge.to : edge.from, forward)
    }
  }
  follow(id, true)
  follow(id, false)
  return lit
}
