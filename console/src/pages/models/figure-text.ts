const MOST_CHARACTERS = 200

/** A figure of a card for people: shares stay shares, nested ones are written out in one line. */
export function figureText(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Math.round(value * 10_000) / 10_000)
  if (typeof value === 'string' || typeof value === 'boolean') return String(value).slice(0, MOST_CHARACTERS)
  if (value === null || value === undefined) return '–'
  const text = Object.entries(value)
    .map(([name, one]) => `${figureWords(name)} ${typeof one === 'object' ? JSON.stringify(one) : figureText(one)}`)
    .join(', ')
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}

/** `recallAt1Percent` as people write it. */
export function figureWords(name: string): string {
  return name
    .slice(0, 60)
    .replaceAll(/(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])/g, ' ')
    .toLowerCase()
}
