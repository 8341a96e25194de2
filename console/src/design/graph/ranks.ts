/** Lays a small graph out in columns from left to right: fewest crossings first, then each node beside what it is joined to. */

export interface RankNode {
  readonly id: string
  /** Column, from 0. */
  readonly rank: number
  /** Pixels. */
  readonly height: number
}

export interface RankEdge {
  readonly from: string
  readonly to: string
}

export interface RankShape {
  /** Width of each column, pixels. */
  readonly widths: readonly number[]
  /** Space between columns. */
  readonly across: number
  /** Space between nodes of one column. */
  readonly between: number
}

export interface RankLayout {
  readonly at: ReadonlyMap<string, { readonly x: number; readonly y: number }>
  readonly width: number
  readonly height: number
}

const SWEEPS = 6

export function layoutRanks(nodes: readonly RankNode[], edges: readonly RankEdge[], shape: RankShape): RankLayout {
  const columns = ordered(columnsOf(nodes, shape.widths.length), edges)
  const heights = columns.map(
    (column) => column.reduce((sum, node) => sum + node.height, 0) + Math.max(0, column.length - 1) * shape.between,
  )
  const height = Math.max(0, ...heights)
  const at = new Map<string, { x: number; y: number }>()
  let x = 0
  columns.forEach((column, rank) => {
    let y = (height - (heights[rank] ?? 0)) / 2
    for (const node of column) {
      at.set(node.id, { x, y })
      y += node.height + shape.between
    }
    x += (shape.widths[rank] ?? 0) + shape.across
  })
  return { at, width: Math.max(0, x - shape.across), height }
}

function columnsOf(nodes: readonly RankNode[], count: number): RankNode[][] {
  const columns: RankNode[][] = Array.from({ length: count }, () => [])
  for (const node of nodes) columns[Math.min(Math.max(0, node.rank), count - 1)]?.push(node)
  return columns
}

/** Barycentre sweeps, keeping the best order seen. Ties keep the order given, so the same graph is always drawn the same. */
function ordered(columns: RankNode[][], edges: readonly RankEdge[]): RankNode[][] {
  let best = columns
  let fewest = crossings(columns, edges)
  let current = columns
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    current = sweepOnce(current, edges, sweep % 2 === 0)
    const crossed = crossings(current, edges)
    if (crossed < fewest) {
      best = current
      fewest = crossed
    }
  }
  return best
}

function sweepOnce(columns: RankNode[][], edges: readonly RankEdge[], forward: boolean): RankNode[][] {
  const next = [...columns]
  const ranks = [...next.keys()]
  for (const rank of forward ? ranks.slice(1) : ranks.toReversed().slice(1)) {
    const places = new Map((next[forward ? rank - 1 : rank + 1] ?? []).map((node, at) => [node.id, at]))
    const column = next[rank] ?? []
    const centre = new Map(column.map((node, at) => [node.id, barycentre(node.id, edges, places) ?? at]))
    next[rank] = column.toSorted((left, right) => (centre.get(left.id) ?? 0) - (centre.get(right.id) ?? 0))
  }
  return next
}

function barycentre(id: string, edges: readonly RankEdge[], places: ReadonlyMap<string, number>): number | undefined {
  const joined = edges
    .flatMap((edge) => (edge.to === id ? [places.get(edge.from)] : edge.from === id ? [places.get(edge.to)] : []))
    .filter((place) => place !== undefined)
  return joined.length === 0 ? undefined : joined.reduce((sum, place) => sum + place, 0) / joined.length
}

/** How many pairs of edges cross, in this order. */
export function crossings(columns: readonly (readonly { readonly id: string }[])[], edges: readonly RankEdge[]): number {
  const place = new Map(columns.flatMap((column, rank) => column.map((node, at) => [node.id, { rank, at }] as const)))
  const lines = edges.flatMap((edge) => {
    const from = place.get(edge.from)
    const to = place.get(edge.to)
    return from === undefined || to === undefined ? [] : [{ from, to }]
  })
  let crossed = 0
  lines.forEach((one, index) => {
    for (const other of lines.slice(index + 1)) {
      if (
        one.from.rank === other.from.rank &&
        one.to.rank === other.to.rank &&
        (one.from.at - other.from.at) * (one.to.at - other.to.at) < 0
      )
        crossed += 1
    }
  })
  return crossed
}
