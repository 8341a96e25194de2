/** A page, newest first. `next` continues it. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next?: string
}

export interface PageQuery {
  readonly cursor?: string | undefined
  readonly limit: number
}
