import { parentPort, workerData } from 'node:worker_threads'
import type { FromModel, ModelStart, ToModel } from './messages.ts'
import { serveModel, type Wire } from './serve-model.ts'

/** Serves a model: as a thread for use, as a process of its own for the trial of a model that nobody has run here yet. */
const wire: Wire =
  parentPort === null
    ? {
        send: (message) => void process.send?.(message),
        listen: (take) => void process.on('message', (message) => take(message as ToModel)),
      }
    : threadWire(parentPort)

function threadWire(port: NonNullable<typeof parentPort>): Wire {
  return {
    send: (message: FromModel) => port.postMessage(message),
    listen: (take) => void port.on('message', (message) => take(message as ToModel)),
  }
}

if (parentPort === null) process.once('message', (start) => void serveModel(start as ModelStart, wire))
else void serveModel(workerData as ModelStart, wire)
