import type { Page } from '../page.ts'

/** The same methods without the waiting: what runs inside a store thread. */
export type Synchronous<Port> = {
  readonly [Name in keyof Port]: Port[Name] extends (...args: infer Args) => Promise<infer Result> ? (...args: Args) => Result : never
}

/** Cursors are positions; anything else was not made by the hub and starts from the top. */
export function positionOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined || !/^\d{1,15}$/.test(cursor)) return undefined
  return Number(cursor)
}

/** Cuts a list that was read one longer than asked. */
export function pageOf<Item>(rows: readonly Item[], limit: number, position: (row: Item) => number): Page<Item> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return rows.length > limit && last !== undefined ? { items, next: String(position(last)) } : { items }
}

/** SQLite says null where our values say nothing. */
export function withoutNulls<Row extends object>(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Row
}

export function optionally<Row extends object>(row: Row | undefined): Row | undefined {
  return row === undefined ? undefined : withoutNulls(row)
}
