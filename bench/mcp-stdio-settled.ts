import { against, type Figure, median } from './figures.ts'

/** Of processes that have answered thousands of calls. */
export interface Times {
  readonly name: string
  /** Microseconds of single calls. */
  readonly read: number[]
  readonly write: number[]
  /** Calls a second with 32 in flight. */
  readonly rates: { readonly read: number[]; readonly write: number[] }
}

/**
 * A read is answered while its record is on its way to the disk; a consequential call waits for the disk, which no proxy does, so it is
 * set beside what the SDK proxy and one flush of this very disk take together.
 */
export function settledFigures(contestants: readonly Times[], flush: number): readonly Figure[] {
  const find = (name: string): Times => {
    const found = contestants.find((contestant) => contestant.name === name)
    if (!found) throw new Error(`no contestant ${name}`)
    return found
  }
  const [direct, pipe, sdk] = [find('direct'), find('pipe'), find('sdk')]
  const gates = contestants.filter(({ name }) => name === 'node' || name === 'native')
  const added = (times: Times, kind: 'read' | 'write') => median(times[kind]) - median(direct[kind])
  const reads = gates.flatMap((gate) => [
    against(
      { what: 'SDK proxy', value: added(sdk, 'read') },
      { what: `settled: ${gate.name} gate adds, p50`, value: added(gate, 'read'), unit: 'us' },
    ),
    against(
      { what: 'SDK proxy', value: median(sdk.rates.read) },
      { what: `settled: ${gate.name} gate, 32 in flight`, value: median(gate.rates.read), unit: 'calls/s' },
    ),
  ])
  const writes = gates.flatMap((gate) => [
    against(
      { what: 'SDK proxy and one flush', value: added(sdk, 'write') + flush },
      { what: `settled: ${gate.name} gate adds to a call that waits for its durable record, p50`, value: added(gate, 'write'), unit: 'us' },
    ),
    against(
      { what: 'SDK proxy, nothing durable', value: median(sdk.rates.write) },
      { what: `settled: ${gate.name} gate, 32 such calls in flight`, value: median(gate.rates.write), unit: 'calls/s' },
    ),
  ])
  const floor = [
    { what: 'settled: direct call, p50', value: median(direct.read), unit: 'us' },
    { what: 'settled: pipe adds, p50', value: added(pipe, 'read'), unit: 'us' },
    { what: 'one flush of the disk, p50', value: flush, unit: 'us' },
  ]
  return [...floor, ...reads, ...writes]
}
