import { closeSync, openSync, readSync } from 'node:fs'

/** Reads the beginning of a file, never more than `bytes`: files of `/proc` have no size, and some are written by their owner. */
export function readStart(path: string, bytes: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(bytes)
    let length = 0
    while (length < bytes) {
      const read = readSync(file, buffer, length, bytes - length, null)
      if (read === 0) break
      length += read
    }
    return buffer.subarray(0, length)
  } finally {
    closeSync(file)
  }
}
