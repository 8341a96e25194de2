/** A stand-in for a robot: it speaks rosbridge as far as topics, services and actions go, and remembers what it was told. ROS itself is not here. */
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

export interface Robot {
  readonly url: string
  /** Messages published to topics, oldest first. */
  readonly told: { readonly topic: string; readonly msg: unknown }[]
  /** Services that were called. */
  readonly called: string[]
  close(): Promise<void>
}

interface Message {
  readonly op: string
  readonly id?: string
  readonly topic?: string
  readonly service?: string
  readonly action?: string
  readonly msg?: unknown
  readonly args?: unknown
}

export async function startRobot(): Promise<Robot> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const robot: Robot = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    told: [],
    called: [],
    close: () =>
      new Promise((resolve) => {
        for (const client of server.clients) client.terminate()
        server.close(() => resolve())
      }),
  }
  const listeners = new Map<string, Set<WebSocket>>()
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => take(JSON.parse(data.toString('utf8')) as Message, socket, { robot, listeners }))
    socket.on('close', () => listeners.forEach((sockets) => sockets.delete(socket)))
  })
  return robot
}

interface World {
  readonly robot: Robot
  readonly listeners: Map<string, Set<WebSocket>>
}

function take({ op, id, topic = '', service = '', action = '', msg, args }: Message, socket: WebSocket, { robot, listeners }: World): void {
  const answer = (message: object): void => socket.send(JSON.stringify({ id, ...message }))
  if (op === 'publish') {
    robot.told.push({ topic, msg })
    for (const listener of listeners.get(topic) ?? []) listener.send(JSON.stringify({ op: 'publish', topic, msg }))
  } else if (op === 'subscribe') listeners.set(topic, (listeners.get(topic) ?? new Set()).add(socket))
  else if (op === 'call_service') {
    robot.called.push(service)
    answer({ op: 'service_response', service, values: { answer: args }, result: true })
  } else if (op === 'send_action_goal') {
    answer({ op: 'action_feedback', action, values: { done: 50 } })
    answer({ op: 'action_result', action, values: { docked: true }, status: 4, result: true })
  }
}
