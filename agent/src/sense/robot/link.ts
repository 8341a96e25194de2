/** One client and its robot: every message of the client is judged in its turn, and what the robot says is taken in. */
import { isUtf8 } from 'node:buffer'
import type { Json, JsonObject, ToolCall } from '@assize/kernel'
import { type RawData, WebSocket } from 'ws'
import type { Caller } from '../../platform/caller.ts'
import { messageOf } from '../../platform/errors.ts'
import { scan } from '../../platform/json-scan.ts'
import type { GateHost } from '../gate.ts'
import { heldProblem } from '../mcp-refusal.ts'
import { objectOf, textOf } from '../mcp-protocol.ts'
import type { RobotSetting } from './config.ts'
import { DeadMan, type SentBy, type Stop, stopMessages, type WhyStopped } from './dead-man.ts'
import { type Judged, operationOf } from './operations.ts'
import type { Rates } from './rates.ts'
import { refusalsOf } from './refusals.ts'
import type { SecondHand } from './second-hand.ts'
import { Hearing } from './hearing.ts'

export const GATE = 'robot'
/** Messages of a client that wait for their turn; who sends more does not wait for answers. */
const MOST_WAITING = 500
const MOST_WAITING_BYTES = 64 * 1024 * 1024
const MOST_BUFFERED = 8 * 1024 * 1024
const MISSED_SIGNS = 2

export interface LinkOptions {
  readonly host: GateHost
  readonly caller: Caller
  /** Of the robot. */
  readonly name: string
  readonly setting: RobotSetting
  readonly rates: Rates
  readonly secondHand: SecondHand
}

let calls = 0

export class Link {
  private readonly options: LinkOptions
  private readonly client: WebSocket
  private readonly robot: WebSocket
  private readonly deadMan: DeadMan
  private readonly hearing: Hearing
  private readonly gone = new AbortController()
  private before: Promise<void> = Promise.resolve()
  private waiting = 0
  private waitingBytes = 0
  private signs: NodeJS.Timeout | undefined
  readonly closed: Promise<void>

  constructor(options: LinkOptions, client: WebSocket, robot: WebSocket) {
    this.options = options
    this.client = client
    this.robot = robot
    this.hearing = new Hearing(options)
    const { secondHand, host, name } = options
    this.deadMan = new DeadMan({
      send: (stop) => this.sendStop(stop),
      stopped: ({ topic }, { why, by }) => host.note('robot.stopped', { gate: GATE, robot: name, topic, why, by }),
      changed: (stops) => secondHand.hold(this, stops),
    })
    this.closed = this.join()
  }

  /** Stops the robot and lets both sides go. */
  async end(why: WhyStopped): Promise<void> {
    this.deadMan.stopAll(why)
    this.client.close(1001, 'Assize: the agent stops.')
    await this.letGo()
  }

  private join(): Promise<void> {
    const { client, robot } = this
    client.on('message', (data, isBinary) => this.fromClient(data, isBinary))
    robot.on('message', (data, isBinary) => this.fromRobot(data, isBinary))
    client.on('error', () => client.terminate())
    robot.on('error', () => robot.terminate())
    this.signs = this.watch()
    robot.resume()
    return new Promise((resolve) => {
      client.on('close', () => {
        this.gone.abort()
        clearInterval(this.signs)
        this.deadMan.stopAll('the client is gone')
        void this.letGo().then(resolve)
      })
      robot.on('close', () => {
        clearInterval(this.signs)
        this.deadMan.stopAll('the connection to the robot broke')
        client.close(1011, 'Assize: the robot is gone.')
      })
    })
  }

  /** What was sent last goes out before the end. */
  private letGo(): Promise<void> {
    return new Promise((resolve) => {
      if (this.robot.readyState === WebSocket.CLOSED) return resolve()
      this.robot.once('close', () => resolve())
      this.robot.close(1000)
      setTimeout(() => this.robot.terminate(), 1000).unref()
    })
  }

  private watch(): NodeJS.Timeout {
    const sides = [this.client, this.robot].map((socket) => {
      const side = { socket, missed: 0 }
      socket.on('pong', () => (side.missed = 0))
      return side
    })
    return setInterval(() => {
      for (const side of sides) {
        // Nothing is heard of a robot that has to wait for its client.
        if (side.socket.isPaused) continue
        if (side.missed >= MISSED_SIGNS) side.socket.terminate()
        else if (side.socket.readyState === WebSocket.OPEN) side.socket.ping()
        side.missed += 1
      }
    }, this.options.setting.heartbeatMs)
  }

  private fromClient(data: RawData, isBinary: boolean): void {
    if (isBinary) return this.refuse({}, 'Packed messages cannot be judged, so this one was not passed on. Send it as plain JSON.')
    const bytes = bytesOf(data)
    if (this.waiting >= MOST_WAITING || this.waitingBytes + bytes.length > MOST_WAITING_BYTES)
      return this.client.close(1008, 'Assize: too many messages wait to be judged.')
    this.waiting += 1
    this.waitingBytes += bytes.length
    const done = (): void => {
      this.waiting -= 1
      this.waitingBytes -= bytes.length
    }
    this.before = this.before.then(() => this.take(bytes)).finally(done)
  }

  /** Does not reject: what cannot go on is told to the client. */
  private async take(bytes: Buffer): Promise<void> {
    const { host, setting } = this.options
    let value: JsonObject = {}
    try {
      const scanned = isUtf8(bytes) ? scan(bytes) : ({ shape: 'scalar', problem: 'not-utf8' } as const)
      const problem =
        heldProblem(scanned) ?? (scanned.shape === 'object' ? undefined : 'A message is one JSON object, so this was not passed on.')
      if (problem !== undefined) return this.refuse(value, problem)
      value = objectOf(JSON.parse(bytes.toString('utf8')) as Json)
      const operation = operationOf(value, setting)
      if (operation.kind === 'refuse') return this.refuse(value, operation.why)
      if (operation.kind === 'judge' && !(await this.mayPass(value, operation))) return
      this.robot.send(bytes, { binary: false })
      if (operation.kind === 'judge' && operation.op === 'publish' && operation.topic !== undefined)
        this.deadMan.moved(operation.name, operation.topic)
    } catch (error) {
      host.note('gate.failed', { gate: GATE, why: messageOf(error).slice(0, 300) })
      this.refuse(value, `The message could not be judged (${messageOf(error).slice(0, 200)}), so it was not passed on.`)
    }
  }

  private async mayPass(value: JsonObject, operation: Judged): Promise<boolean> {
    const { host, caller, name, rates } = this.options
    const { op, perSecond } = operation
    const device = `${name}${operation.name}`
    const rate = perSecond === undefined ? {} : { rate: { count: rates.next(`${op} ${device}`, performance.now()), most: perSecond } }
    const call: ToolCall = {
      type: 'tool.call',
      callId: `${GATE}-${(calls += 1)}`,
      tool: `${GATE}/${op}`,
      server: `${GATE}:${name}`,
      args: { device, ...(operation.type === undefined ? {} : { type: operation.type }), message: operation.message },
      cwd: caller.cwd,
      envelope: { ...operation.envelope, ...rate },
    }
    // A command that waited for a person would move the robot when nobody expects it: a yes counts for the next one.
    const ruling = await host.judge({ gate: GATE, caller, chain: [], asks: 'later', call }, () => undefined, this.gone.signal)
    const changed = ruling.edits.length > 0
    if (ruling.action !== 'release' || changed || this.gone.signal.aborted || this.robot.readyState !== WebSocket.OPEN) {
      if (ruling.action === 'release' && ruling.followed) host.settled(ruling.decision, 'failed', { result: 'not sent' })
      this.refuse(value, ruling.action !== 'release' ? ruling.text : changed ? MASKED : 'The robot is gone, so nothing was passed on.')
      return false
    }
    rates.sent(`${op} ${device}`, performance.now())
    if (ruling.followed) host.settled(ruling.decision, 'released', { result: 'sent' })
    return true
  }

  private refuse(value: JsonObject, text: string): void {
    const { host, name } = this.options
    const op = textOf(value['op']) ?? ''
    host.note('gate.refused', { gate: GATE, server: `${GATE}:${name}`, method: op.slice(0, 60), why: text.slice(0, 300) })
    if (this.client.readyState === WebSocket.OPEN) for (const message of refusalsOf(value, text)) this.client.send(message)
  }

  private fromRobot(data: RawData, isBinary: boolean): void {
    const bytes = bytesOf(data)
    const problem = isBinary ? 'it is packed' : this.hearing.take(bytes)
    if (problem !== undefined) {
      if (this.hearing.isNews(problem)) this.refuse({}, `A message of the robot was kept back, as ${problem} and cannot be read here.`)
      return
    }
    if (this.client.readyState !== WebSocket.OPEN) return
    this.client.send(bytes, { binary: false })
    if (this.client.bufferedAmount > MOST_BUFFERED) this.hold()
  }

  /** The client does not keep up: the robot has to wait. */
  private hold(): void {
    if (this.robot.isPaused) return
    this.robot.pause()
    const timer = setInterval(() => {
      if (this.client.bufferedAmount > MOST_BUFFERED / 4 && this.client.readyState === WebSocket.OPEN) return
      clearInterval(timer)
      this.robot.resume()
    }, 5)
    timer.unref()
  }

  private sendStop(stop: Stop): SentBy {
    if (this.robot.readyState !== WebSocket.OPEN) {
      this.options.secondHand.stop(stop)
      return 'second-hand'
    }
    for (const message of stopMessages(stop)) this.robot.send(message)
    return 'connection'
  }
}

const MASKED = 'A policy wants part of the command masked, which would be another command, so it was not passed on.'

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
}
