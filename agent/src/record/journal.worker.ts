import { parentPort, workerData } from 'node:worker_threads'
import type { FromWriter, ToWriter, WriterStart } from './journal-messages.ts'
import { JournalWriter } from './journal-writer.ts'
import { unpackRows } from './row-cells.ts'

/** Entry of the writer thread: one message in, one message out, in order. */
const port = parentPort
if (!port) throw new Error('the journal writer runs as a worker thread only')

const writer = new JournalWriter(workerData as WriterStart)
answer(() => writer.open())
port.on('message', (message: ToWriter) => {
  answer(() => handle(message))
  if (message.type === 'close') port.close()
})

function handle(message: ToWriter): FromWriter {
  switch (message.type) {
    case 'append':
      return writer.append(unpackRows(message.cells), Buffer.from(message.bytes))
    case 'acknowledge':
      return writer.acknowledge(message.seq)
    case 'maintain':
      return writer.maintain(message.now, message.shippedSeq)
    case 'bind':
      return writer.bind(message.agentId)
    case 'renew':
      return writer.renew(message.reason, message.now)
    case 'close':
      return writer.close()
  }
}

function answer(work: () => FromWriter): void {
  try {
    port?.postMessage(work())
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
    port?.postMessage({ type: 'failed', code, message: error instanceof Error ? error.message : String(error) } satisfies FromWriter)
  }
}
