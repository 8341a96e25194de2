/** What a benchmark reports: a value beside its baseline from the same run, the ratio, and the limit the ratio must keep. */
export interface Figure {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly baseline?: { readonly what: string; readonly value: number }
  /** `value / baseline` unless the limit is on the value itself. */
  readonly ratio?: number
  readonly limit?: { readonly most: number } | { readonly least: number }
}

export interface Bench {
  readonly name: string
  run(): Promise<readonly Figure[]>
}

/** Whether the limit holds; undefined when there is none. */
export function holds({ value, ratio, limit }: Figure): boolean | undefined {
  if (!limit) return undefined
  const judged = ratio ?? value
  return 'most' in limit ? judged <= limit.most : judged >= limit.least
}

/** A figure judged by how it stands to its baseline. */
export function against(baseline: { what: string; value: number }, figure: Omit<Figure, 'baseline' | 'ratio'>): Figure {
  return { ...figure, baseline, ratio: figure.value / baseline.value }
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function line(figure: Figure): string {
  const round = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3))
  const verdict = { true: 'pass', false: 'FAIL', undefined: '    ' }[String(holds(figure))]
  const base = figure.baseline
    ? `  ${figure.baseline.what} ${round(figure.baseline.value)} ${figure.unit}  ratio ${round(figure.ratio ?? Number.NaN)}`
    : ''
  const limit = figure.limit ? ('most' in figure.limit ? `  limit <= ${figure.limit.most}` : `  limit >= ${figure.limit.least}`) : ''
  return `${verdict}  ${figure.what}: ${round(figure.value)} ${figure.unit}${base}${limit}`
}
