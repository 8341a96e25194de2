import { findingsIn, OF_LEAKS } from '../detectors/index.ts'
import { TOLD } from '../finding/detector.ts'

/** Whether something stands in a text that a policy may want masked before it leaves. */
export function holdsLeak(text: string): boolean {
  return findingsIn({ kind: 'text', where: '/text', text }, OF_LEAKS).some(({ kind, score }) => kind.startsWith('secret.') || score >= TOLD)
}
