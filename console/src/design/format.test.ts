import { describe, expect, it } from 'vitest'
import { ago, bytes, counted, micros, percent, shortId, span } from './format.ts'

const NOW = Date.UTC(2026, 10, 22, 12)

describe('format', () => {
  it('tells how long ago in one unit', () => {
    expect(ago(NOW - 1_000, NOW)).toBe('now')
    expect(ago(NOW - 59_000, NOW)).toBe('59 s ago')
    expect(ago(NOW - 3_600_000 * 3, NOW)).toBe('3 h ago')
    expect(ago(NOW - 86_400_000 * 40, NOW)).toBe('2026-10-13')
    expect(ago(NOW + 90_000, NOW)).toBe('in 1 min')
  })

  it('keeps units with numbers', () => {
    expect(micros(85.4)).toBe('85 µs')
    expect(micros(1_240)).toBe('1.24 ms')
    expect(micros(2_100_000)).toBe('2.1 s')
    expect(bytes(512)).toBe('512 B')
    expect(bytes(4_831_838_208)).toBe('4.5 GiB')
    expect(span(61_000)).toBe('1 min')
    expect(percent(0.424)).toBe('42 %')
    expect(counted(1, 'agent')).toBe('1 agent')
    expect(counted(1200, 'agent')).toBe('1,200 agents')
  })

  it('shortens ids to the part that differs', () => {
    expect(shortId('01JD8Z5Q9W3E4R5T6Y7U8I9O0P')).toBe('…7U8I9O0P')
    expect(shortId('s12')).toBe('s12')
  })
})
