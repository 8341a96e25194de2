import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Platform } from './platform.ts'

/** Names this machine without telling anything about it: a journal or identity copied to another machine is noticed by it. */
export function machineName(platform: Platform): string {
  for (const file of platform.os === 'linux' ? ['/etc/machine-id', '/var/lib/dbus/machine-id'] : []) {
    try {
      const id = readFileSync(file, 'utf8').trim()
      if (id !== '') return hashed(`assize machine ${id}`)
    } catch {
      // Containers often have none.
    }
  }
  return hashed(`assize host ${platform.os} ${platform.hostname}`)
}

function hashed(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
