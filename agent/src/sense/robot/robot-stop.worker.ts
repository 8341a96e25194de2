/** Stops a robot when the agent that started this process is gone. `robot-stop ADDRESS`; lines on standard input say what to stop. */
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import { type Stop, stopMessages } from './dead-man.ts'
import type { SecondHandLine } from './second-hand.ts'

const RETRY_MS = 500
/** How long a robot that cannot be reached is tried for once the agent is gone. */
const PATIENCE_MS = 30_000

const address = process.argv[2] ?? ''
let armed: readonly Stop[] = []
/** To be stopped as soon as the robot can be reached. */
let due: Stop[] = []
let gone: 'no' | 'in order' | 'dead' = 'no'
let socket = connect()

// A terminal's signals are for the agent; this process ends with its input.
for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => undefined)

createInterface({ input: process.stdin })
  .on('line', (text) => {
    const line = JSON.parse(text) as SecondHandLine
    armed = line.armed
    if (line.now !== undefined) due = [...due.filter(({ topic }) => line.now?.every((one) => one.topic !== topic)), ...line.now]
    stopDue()
    if (line.goodbye === true) gone = 'in order'
  })
  .on('close', () => {
    armed = gone === 'in order' ? due : [...due, ...armed]
    if (armed.length === 0) process.exit(0)
    gone = 'dead'
    setTimeout(() => process.exit(1), PATIENCE_MS)
    if (socket.readyState === WebSocket.OPEN) stop()
  })

function connect(): WebSocket {
  const next = new WebSocket(address, { perMessageDeflate: false, handshakeTimeout: 5000 })
  next.on('open', () => {
    if (gone === 'dead') stop()
    else stopDue()
  })
  next.on('message', () => undefined)
  next.on('error', () => next.terminate())
  next.on('close', () => setTimeout(() => (socket = connect()), RETRY_MS))
  return next
}

function stopDue(): void {
  if (socket.readyState !== WebSocket.OPEN) return
  for (const message of due.splice(0).flatMap(stopMessages)) socket.send(message)
}

function stop(): void {
  const messages = armed.flatMap(stopMessages)
  messages.forEach((message, index) =>
    socket.send(message, (error) => {
      // The robot answers nothing to it; once it is on its way there is nothing more to do here.
      if (index === messages.length - 1 && error === undefined) setTimeout(() => process.exit(0), 200)
    }),
  )
}
