import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Microseconds that these processes and all they started have had so far; 0 where the system does not tell. */
export function processorTime(processes: readonly number[]): number {
  return processes.reduce((sum, pid) => sum + ownTime(pid) + processorTime(children(pid)), 0)
}

/** Without those it started. In the scheduler's own nanoseconds: a session is over before the usual hundredths of a second say much. */
export function ownTime(pid: number): number {
  const folder = `/proc/${pid}/task`
  if (!existsSync(folder)) return 0
  return readdirSync(folder).reduce((sum, thread) => sum + Number(read(`${folder}/${thread}/schedstat`).split(' ')[0] ?? 0) / 1000, 0)
}

function children(pid: number): readonly number[] {
  const found = read(`/proc/${pid}/task/${pid}/children`).trim().split(/\s+/)
  return found.filter((child) => child !== '').map(Number)
}

/** A thread may end between two looks. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
