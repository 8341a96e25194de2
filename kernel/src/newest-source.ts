import type { Session } from './session.ts'

/** Id of the source of the text that came into the session last; what names a place in it to findings made outside of the kernel. */
export function newestSource({ evidence }: Session): string {
  return `s${evidence.count}`
}
