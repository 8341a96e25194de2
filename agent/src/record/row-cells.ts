/** Rows on their way to the writer thread as one flat list: objects cost several times as much to hand over, on both sides. */
import type { Cell, RowMeta } from './journal-messages.ts'

const [PLAIN, DECISION, OUTCOME] = [0, 1, 2]

export function packRows(rows: readonly RowMeta[]): readonly Cell[] {
  const cells: Cell[] = []
  for (const { seq, at, kind, length, decision, outcome, drop } of rows) {
    cells.push(seq, at, kind, length)
    if (decision !== undefined) cells.push(DECISION, decision[0], decision[1], decision[2], decision[3], decision[4])
    else if (outcome !== undefined) cells.push(OUTCOME, outcome[0], outcome[1])
    else cells.push(PLAIN)
    if (drop === undefined) cells.push(-1)
    else {
      cells.push(drop.seqs.length, drop.reason)
      for (const dropped of drop.seqs) cells.push(dropped)
    }
  }
  return cells
}

/** What `packRows` was given. */
export function unpackRows(cells: readonly Cell[]): readonly RowMeta[] {
  const rows: RowMeta[] = []
  let at = 0
  const number = () => cells[at++] as number
  const text = () => cells[at++] as string
  while (at < cells.length) {
    const row = { seq: number(), at: number(), kind: text(), length: number() }
    const facts = number()
    const told: Pick<RowMeta, 'decision' | 'outcome'> =
      facts === DECISION ? { decision: [text(), text(), text(), text(), text()] } : facts === OUTCOME ? { outcome: [text(), text()] } : {}
    const count = number()
    if (count < 0) rows.push({ ...row, ...told })
    else rows.push({ ...row, ...told, drop: { reason: text(), seqs: Array.from({ length: count }, number) } })
  }
  return rows
}
