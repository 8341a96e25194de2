import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crossings, layoutRanks } from './ranks.ts'

const shape = { widths: [100, 80, 60], across: 50, between: 10 }
const node = (id: string, rank: number, height = 20) => ({ id, rank, height })

describe('layout in ranks', () => {
  it('sets columns from left to right and centres the shorter ones', () => {
    const layout = layoutRanks([node('a', 0), node('b', 0), node('c', 1), node('d', 2)], [], shape)
    expect(layout.at.get('a')).toEqual({ x: 0, y: 0 })
    expect(layout.at.get('b')).toEqual({ x: 0, y: 30 })
    expect(layout.at.get('c')).toEqual({ x: 150, y: 15 })
    expect(layout.at.get('d')).toEqual({ x: 280, y: 15 })
    expect(layout).toMatchObject({ width: 340, height: 50 })
  })

  it('untangles what can be untangled', () => {
    const nodes = [node('a', 0), node('b', 0), node('x', 1), node('y', 1)]
    const layout = layoutRanks(
      nodes,
      [
        { from: 'a', to: 'y' },
        { from: 'b', to: 'x' },
      ],
      shape,
    )
    expect(layout.at.get('y')?.y).toBe(layout.at.get('a')?.y)
  })

  it('draws nothing for nothing', () => {
    expect(layoutRanks([], [], shape)).toMatchObject({ width: 340, height: 0 })
  })

  const graphs = fc
    .array(fc.record({ rank: fc.integer({ min: 0, max: 2 }), height: fc.integer({ min: 10, max: 90 }) }), { maxLength: 18 })
    .chain((drawn) => {
      const nodes = drawn.map((one, at) => node(`n${at}`, one.rank, one.height))
      const edges = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 30 }).map((pairs) =>
        pairs.flatMap(([left, right]) => {
          const from = nodes[left % Math.max(1, nodes.length)]
          const to = nodes[right % Math.max(1, nodes.length)]
          return from !== undefined && to !== undefined && to.rank === from.rank + 1 ? [{ from: from.id, to: to.id }] : []
        }),
      )
      return edges.map((joined) => ({ nodes, edges: joined }))
    })

  it('never lets two nodes overlap, and never crosses more than the order given', () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        const layout = layoutRanks(nodes, edges, shape)
        const columns = [0, 1, 2].map((rank) => nodes.filter((one) => one.rank === rank))
        const drawn = columns.map((column) =>
          column.toSorted((left, right) => (layout.at.get(left.id)?.y ?? 0) - (layout.at.get(right.id)?.y ?? 0)),
        )
        for (const column of drawn) {
          column.slice(1).forEach((one, at) => {
            const above = column[at] ?? one
            expect(layout.at.get(one.id)?.y).toBeCloseTo((layout.at.get(above.id)?.y ?? 0) + above.height + shape.between)
          })
        }
        expect(crossings(drawn, edges)).toBeLessThanOrEqual(crossings(columns, edges))
      }),
    )
  })
})
