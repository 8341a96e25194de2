const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long ago, in the shortest honest form: `now`, `12 s`, `4 min`, `3 h`, `5 d`; a date beyond a month. */
export function ago(at: number, now: number): string {
  const past = now - at
  if (past < -5_000) return `in ${span(-past)}`
  if (past < 5_000) return 'now'
  return past > 31 * DAY ? new Date(at).toISOString().slice(0, 10) : `${span(past)} ago`
}

/** A length of time, in milliseconds, rounded down to one unit. */
export function span(milliseconds: number): string {
  if (milliseconds < MINUTE) return `${Math.max(0, Math.floor(milliseconds / 1000))} s`
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min`
  if (milliseconds < DAY) return `${Math.floor(milliseconds / HOUR)} h`
  return `${Math.floor(milliseconds / DAY)} d`
}

/** The exact moment with its zone, for hovering. */
export function exact(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' }).format(at)
}

/** Hours, minutes and seconds of the reader's day. */
export function clock(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at)
}

/** Microseconds as `85 µs`, `1.24 ms` or `2.1 s`. */
export function micros(value: number): string {
  if (value < 1000) return `${Math.round(value)} µs`
  if (value < 1_000_000) return `${(value / 1000).toFixed(value < 10_000 ? 2 : 1)} ms`
  return `${(value / 1_000_000).toFixed(1)} s`
}

/** Bytes in binary units. */
export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let at = 0
  let left = value
  while (left >= 1024 && at < units.length - 1) {
    left /= 1024
    at += 1
  }
  return `${at === 0 ? left : left.toFixed(left < 10 ? 1 : 0)} ${units[at]}`
}

/** Thousands kept apart, so that numbers align and read. */
export function count(value: number): string {
  return new Intl.NumberFormat('en-US').format(value)
}

/** `1 agent`, `3 agents`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** The end of an id, which is what differs between neighbours. */
export function shortId(id: string): string {
  return id.length > 10 ? `…${id.slice(-8)}` : id
}

/** A share of a whole, `0.42` as `42 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
