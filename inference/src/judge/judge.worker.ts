import type { FromJudge, ToJudge } from './messages.ts'
import { type LoadedJudge, loadJudge } from './load-judge.ts'

/** Runs the judge's model in a process of its own: what its runtime does to itself stays there. */
const send = (message: FromJudge): void => void process.send?.(message)
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 400)

let judge: LoadedJudge | undefined
let turn: Promise<void> = Promise.resolve()

async function take(message: ToJudge): Promise<void> {
  if (message.type === 'load') {
    try {
      judge = await loadJudge(message.path, message.contextTokens)
      send({ type: 'loaded' })
    } catch (error) {
      send({ type: 'failed', message: messageOf(error) })
    }
    return
  }
  try {
    if (judge === undefined) throw new Error('no model is loaded')
    send({ type: 'answered', id: message.id, probability: await judge.ask(message.question, message.nonce) })
  } catch (error) {
    send({ type: 'failed', id: message.id, message: messageOf(error) })
  }
}

process.on('message', (message) => {
  turn = turn.then(() => take(message as ToJudge))
})
process.on('disconnect', () => process.exit(0))
