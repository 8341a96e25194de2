export type JournalErrorCode = 'queue-full' | 'disk-full' | 'corrupt' | 'too-large' | 'closed' | 'write-failed'

const TEXT: Readonly<Record<JournalErrorCode, string>> = {
  'queue-full':
    'The journal cannot keep up, so this decision was not recorded and a consequential call must not run. Check the disk of the state directory.',
  'disk-full':
    'The disk of the state directory is full, so this decision was not recorded and a consequential call must not run. Free some space.',
  corrupt:
    'The journal database is damaged, so this decision was not recorded and a consequential call must not run. The damaged file is set aside and a new journal begins.',
  'too-large': 'The entry is larger than the journal takes, so it was not recorded and a consequential call must not run.',
  closed: 'The journal is closed because the agent is stopping, so this decision was not recorded and a consequential call must not run.',
  'write-failed':
    'The journal could not be written, so this decision was not recorded and a consequential call must not run. Check the disk and the permissions of the state directory.',
}

/** An entry is not on disk. The text is fit for people; the cause is for the log. */
export class JournalError extends Error {
  readonly code: JournalErrorCode

  constructor(code: JournalErrorCode, cause?: string) {
    super(TEXT[code], cause === undefined ? undefined : { cause })
    this.name = 'JournalError'
    this.code = code
  }
}

/** Sorts what SQLite says into what it means. */
export function journalErrorCode(sqliteCode: string): JournalErrorCode {
  if (sqliteCode.startsWith('SQLITE_FULL') || sqliteCode === 'ENOSPC') return 'disk-full'
  if (sqliteCode.startsWith('SQLITE_CORRUPT') || sqliteCode.startsWith('SQLITE_NOTADB')) return 'corrupt'
  return 'write-failed'
}
