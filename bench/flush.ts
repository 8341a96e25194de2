import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'

/** What the disk itself takes to make one record durable: append and fdatasync, microseconds each. */
export function fdatasyncs(path: string, count: number): number[] {
  const file = openSync(path, 'a')
  const bytes = Buffer.alloc(900, 'x')
  try {
    return Array.from({ length: count }, () => {
      const start = performance.now()
      writeSync(file, bytes)
      fdatasyncSync(file)
      return (performance.now() - start) * 1000
    })
  } finally {
    closeSync(file)
  }
}
