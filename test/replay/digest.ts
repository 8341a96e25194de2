/** What the kernel decided in every session, in one line each: `node test/replay/digest.ts PATH…` before and after a change that must not be felt. */
import type { Policy } from '@assize/kernel'
import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { packPolicy } from '../../kernel/pack-files.ts'
import { judgeRecording } from './judge-recording.ts'
import { type Recording, recordingsIn } from './recordings.ts'

/** SHA-256 of all its decisions, word for word: verdicts, reasons, origins, findings, explanations. */
export function decisionDigest(recording: Recording, policy: Policy): string {
  const hash = createHash('sha256')
  for (const { decision } of judgeRecording(recording, policy)) hash.update(JSON.stringify(decision))
  return hash.digest('hex')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const policy = packPolicy('balanced')
  for await (const recording of recordingsIn(process.argv.slice(2)))
    process.stdout.write(`${recording.id} ${decisionDigest(recording, policy)}\n`)
}
