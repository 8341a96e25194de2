import type { ProcessInfo } from '../../platform/process-table.ts'
import { recognise } from './recognise.ts'

/**
 * The nearest AI agent among a process and its ancestors, as `PROCESS_KINDS` names it. Applications in whose terminals people
 * work do not count: what runs there may well be a person's.
 */
export function insideAgent(ancestry: readonly ProcessInfo[]): string | undefined {
  for (const { name, executable, arguments: args } of ancestry) {
    const kind = recognise({ executable: executable ?? name, args })
    if (kind?.role === 'agent' && kind.terminals !== true) return kind.kind
  }
  return undefined
}
