import { constants, setPriority } from 'node:os'
import type { VerifyAnswer } from './verify-apart.ts'
import { verifyJournal } from './verify-journal.ts'

/** Start-up file of a process that reads one journal from end to end, behind everything else on the machine. */
process.once('message', (path: string) => {
  try {
    setPriority(constants.priority.PRIORITY_LOW)
  } catch {
    // Then it runs as everything else does.
  }
  verifyJournal(path).then(
    (found) => tell({ found }),
    (error: unknown) => tell({ problem: error instanceof Error ? error.message : String(error) }),
  )
})

function tell(answer: VerifyAnswer): void {
  process.send?.(answer, () => process.disconnect())
}
