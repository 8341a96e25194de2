/** The list with one more at its end, and only the newest `limit` of them. Copies once: it happens with every call. */
export function withNewest<Item>(list: readonly Item[], item: Item, limit: number): readonly Item[] {
  if (list.length < limit) return [...list, item]
  const next = list.slice(-limit)
  for (let index = 1; index < limit; index += 1) next[index - 1] = next[index] as Item
  next[limit - 1] = item
  return next
}
