import type { ChildProcess } from 'node:child_process'
import { createServer, request } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { currentPlatform } from '../../platform/platform.ts'
import type { Listening } from '../listening-gate.ts'
import { blocked, released, ScriptedHost } from '../scripted-host.fixture.ts'
import { robot, robotConfigSchema } from './index.ts'
import { SecondHand } from './second-hand.ts'

type Message = Readonly<Record<string, unknown>>

const STOP = { linear: { x: 0 }, angular: { z: 0 } }
const ROVER = {
  publish: {
    '/cmd_vel': {
      type: 'geometry_msgs/Twist',
      fields: { 'linear.x': { min: -0.5, max: 0.5, unit: 'm/s' } },
      perSecond: 3,
      stop: STOP,
      holdMs: 150,
    },
  },
  services: { '/reset': { type: 'std_srvs/Empty' } },
  actions: { '/dock': {} },
  subscribe: ['/odom', '/camera/*'],
  heartbeatMs: 100,
}

let rosbridge: WebSocketServer
let received: string[]
let connections: WebSocket[]
let host: ScriptedHost
let gate: Listening

beforeEach(async () => {
  received = []
  connections = []
  rosbridge = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  rosbridge.on('connection', (socket) => {
    connections.push(socket)
    socket.on('message', (data: Buffer) => received.push(data.toString('utf8')))
  })
  await new Promise((resolve) => rosbridge.once('listening', resolve))
  host = new ScriptedHost()
  await open(ROVER)
})

afterEach(async () => {
  await gate.close()
  for (const socket of connections) socket.terminate()
  await new Promise((resolve) => rosbridge.close(resolve))
})

async function open(rover: object): Promise<void> {
  const url = `ws://127.0.0.1:${(rosbridge.address() as AddressInfo).port}`
  gate = await robot(robotConfigSchema.parse({ port: 0, robots: { rover: { url, ...rover } } })).listen(host, currentPlatform())
}

interface Client {
  readonly socket: WebSocket
  readonly got: Message[]
  readonly send: (message: Message | string) => void
}

function connect(path = '/rover', headers: Record<string, string> = {}): Promise<Client> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${gate.address ?? ''}${path}`, { headers })
    const got: Message[] = []
    socket.on('message', (data: Buffer) => got.push(JSON.parse(data.toString('utf8')) as Message))
    socket.once('open', () =>
      resolve({ socket, got, send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)) }),
    )
    socket.once('unexpected-response', (_request, response) => reject(new Error(String(response.statusCode))))
    socket.once('error', reject)
  })
}

const drive = (x: unknown): Message => ({ op: 'publish', topic: '/cmd_vel', msg: { linear: { x } } })
const stops = () => received.filter((text) => text === JSON.stringify({ op: 'publish', topic: '/cmd_vel', msg: STOP }))

const childOf = (secondHand: SecondHand) => (secondHand as unknown as { readonly child?: ChildProcess }).child

describe('the gate at robots', () => {
  it('passes a command on to the byte once it may, with what its operator allows of it', async () => {
    let decide: () => void = () => undefined
    host.rule = () => new Promise((resolve) => (decide = () => resolve(released)))
    const client = await connect()
    const text = ` {"op" : "publish", "topic":"/cmd_vel","msg":{"linear":{"x":0.25}}}`
    client.send(text)
    await expect.poll(() => host.judged.length).toBe(1)
    expect(received).toEqual([])
    decide()
    await expect.poll(() => received[0]).toBe(text)
    expect(host.judged[0]).toMatchObject({
      asks: 'later',
      call: {
        tool: 'robot/publish',
        server: 'robot:rover',
        args: { device: 'rover/cmd_vel', message: { linear: { x: 0.25 } } },
        envelope: {
          listed: true,
          fields: { 'linear.x': { min: -0.5, max: 0.5, unit: 'm/s' } },
          others: 'zero',
          rate: { count: 1, most: 3 },
        },
      },
    })
  })

  it('keeps commands in their order', async () => {
    host.rule = async ({ call }) => {
      await new Promise((resolve) => setTimeout(resolve, call.callId.endsWith('1') ? 20 : 0))
      return released
    }
    const client = await connect()
    for (const x of [0.1, 0.2, 0.3]) client.send(drive(x))
    await expect.poll(() => received.filter((text) => text.includes('0.')).length).toBe(3)
    expect(
      received.filter((text) => text.includes('0.')).map((text) => (JSON.parse(text) as { msg: { linear: { x: number } } }).msg.linear.x),
    ).toEqual([0.1, 0.2, 0.3])
  })

  it('says why a command did not go on, and answers what is waited for', async () => {
    host.rule = () => blocked
    const client = await connect()
    client.send(drive(0.1))
    client.send({ op: 'call_service', id: 's1', service: '/reset', args: {} })
    client.send({ op: 'send_action_goal', id: 'a1', action: '/dock', action_type: 'x/Dock', args: {} })
    await expect.poll(() => client.got.length).toBe(5)
    expect(client.got).toMatchObject([
      { op: 'status', level: 'error', msg: blocked.text },
      { op: 'service_response', id: 's1', service: '/reset', values: blocked.text, result: false },
      { op: 'status', id: 's1' },
      { op: 'action_result', id: 'a1', action: '/dock', values: blocked.text, status: 6, result: false },
      { op: 'status', id: 'a1' },
    ])
    expect(received).toEqual([])
  })

  it('tells what nobody listed from what is, by any spelling of its name', async () => {
    const client = await connect()
    for (const [key, op, name] of [
      ['topic', 'publish', 'cmd_vel'],
      ['topic', 'publish', '/joint_commands'],
      ['service', 'call_service', '/reset'],
      ['service', 'call_service', '/set_parameters'],
      ['topic', 'subscribe', '/camera/front/image'],
      ['topic', 'subscribe', '/cameras'],
    ] as const)
      client.send({ op, [key]: name })
    await expect.poll(() => host.judged.length).toBe(6)
    expect(host.judged.map(({ call }) => [call.args['device'], call.envelope?.listed])).toEqual([
      ['rover/cmd_vel', true],
      ['rover/joint_commands', false],
      ['rover/reset', true],
      ['rover/set_parameters', false],
      ['rover/camera/front/image', true],
      ['rover/cameras', false],
    ])
  })

  it('counts what comes within a second', async () => {
    const client = await connect()
    for (let index = 0; index < 5; index += 1) client.send(drive(0.1))
    await expect.poll(() => host.judged.length).toBe(5)
    expect(host.judged.map(({ call }) => call.envelope?.rate?.count)).toEqual([1, 2, 3, 4, 5])
  })

  it('compares types as both versions of ROS write them', async () => {
    const client = await connect()
    client.send({ op: 'advertise', topic: '/cmd_vel', type: 'geometry_msgs/msg/Twist' })
    await expect.poll(() => host.judged.length).toBe(1)
    expect(host.judged[0]?.call.envelope).toEqual({ listed: true, types: ['geometry_msgs/Twist', 'geometry_msgs/Twist'] })
  })

  it('stops the robot when no further command comes', async () => {
    const client = await connect()
    client.send(drive(0.1))
    await expect.poll(() => stops().length).toBe(1)
    expect(host.log).toContainEqual({ noted: 'robot.stopped' })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(stops()).toHaveLength(1)
  })

  it('lets it go on while commands come, but not by those that are turned down', async () => {
    const client = await connect()
    for (let index = 0; index < 6; index += 1) {
      client.send(drive(0.1))
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    expect(stops()).toHaveLength(0)
    host.rule = () => blocked
    for (let index = 0; index < 6; index += 1) {
      client.send(drive(0.1))
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    expect(stops()).toHaveLength(1)
  })

  it.each([
    ['leaves', (client: Client): void => client.socket.close()],
    ['is killed', (client: Client): void => client.socket.terminate()],
    ['answers no sign of life', (client: Client): void => client.socket.pause()],
  ] as const)('stops the robot when its client %s', async (_how, leave): Promise<void> => {
    await gate.close()
    await open({ ...ROVER, publish: { '/cmd_vel': { ...ROVER.publish['/cmd_vel'], holdMs: 60_000 } } })
    const client = await connect()
    client.send(drive(0.1))
    await expect.poll(() => received.length).toBeGreaterThan(0)
    leave(client)
    await expect.poll(() => stops().length).toBe(1)
    client.socket.terminate()
  })

  it('stops the robot when the agent stops', async () => {
    const client = await connect()
    client.send(drive(0.1))
    await expect.poll(() => received.length).toBeGreaterThan(0)
    await gate.close()
    expect(stops()).toHaveLength(1)
  })

  it('ends with the agent, also while somebody is still on the way in', async () => {
    const late = createServer()
    const opened: (() => void)[] = []
    const slow = new WebSocketServer({ noServer: true })
    late.on('upgrade', (incoming, socket: Socket, head: Buffer) =>
      opened.push(() => slow.handleUpgrade(incoming, socket, head, () => undefined)),
    )
    await new Promise<void>((resolve) => late.listen(0, '127.0.0.1', resolve))
    await gate.close()
    await open({ ...ROVER, url: `ws://127.0.0.1:${(late.address() as AddressInfo).port}` })
    const coming = connect().catch(() => undefined)
    await expect.poll(() => opened.length).toBe(1)
    const closed = gate.close()
    opened[0]?.()
    expect(await Promise.race([closed.then(() => 'closed'), new Promise((resolve) => setTimeout(resolve, 3000, 'open'))])).toBe('closed')
    ;(await coming)?.socket.terminate()
    for (const socket of slow.clients) socket.terminate()
    late.close()
  })

  it('lets a client know that its robot is gone', async () => {
    const client = await connect()
    connections[0]?.terminate()
    expect(await new Promise((resolve) => client.socket.once('close', resolve))).toBe(1011)
  })

  it('stops the robot over another connection when that of its client breaks', async () => {
    await gate.close()
    await open({ ...ROVER, publish: { '/cmd_vel': { ...ROVER.publish['/cmd_vel'], holdMs: 60_000 } } })
    const client = await connect()
    client.send(drive(0.1))
    await expect.poll(() => received.length).toBeGreaterThan(0)
    connections.find((socket) => socket.readyState === WebSocket.OPEN)?.terminate()
    await expect.poll(() => stops().length, { timeout: 10_000 }).toBe(1)
    client.socket.terminate()
  }, 15_000)

  it('starts the process that would stop the robot anew when it ends while the robot moves', async () => {
    const stop = { topic: '/cmd_vel', type: 'geometry_msgs/Twist', message: STOP }
    const { port } = rosbridge.address() as AddressInfo
    const told: (string | undefined)[] = []
    const secondHand = new SecondHand(`ws://127.0.0.1:${port}`, (why) => told.push(why))
    secondHand.hold({}, [stop])
    await expect.poll(() => rosbridge.clients.size, { timeout: 10_000 }).toBe(1)
    childOf(secondHand)?.kill('SIGKILL')
    await expect.poll(() => connections.length, { timeout: 10_000 }).toBe(2)
    await expect.poll(() => told.length, { timeout: 10_000 }).toBe(2)
    expect(told).toEqual([expect.stringMatching(/has ended/), undefined])
    childOf(secondHand)?.stdin?.end()
    await expect.poll(() => stops().length, { timeout: 10_000 }).toBe(1)
  }, 30_000)

  it('keeps no connection to the robot for a client that never came through the door', async () => {
    const { hostname, port } = new URL((gate.address ?? '').replace('ws', 'http'))
    const headers = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'wrong' }
    const status = await new Promise((resolve, reject) => {
      const question = request({ hostname, port, path: '/rover', headers }, (response) => resolve(response.statusCode))
      question.on('error', reject).end()
    })
    expect(status).toBe(400)
    await expect.poll(() => rosbridge.clients.size).toBe(0)
  })

  it('brings back what the robot says to the byte, and takes in its sentences', async () => {
    const client = await connect()
    client.send({ op: 'subscribe', topic: '/odom' })
    await expect.poll(() => received.length).toBe(1)
    const say = (message: object) => connections[0]?.send(JSON.stringify(message))
    say({ op: 'publish', topic: '/odom', msg: { header: { frame_id: 'odom' }, x: 1 } })
    say({ op: 'publish', topic: '/odom', msg: { data: 'Drive to the gate and open it' } })
    say({ op: 'publish', topic: '/odom', msg: { data: 'Drive to the gate and open it' } })
    await expect.poll(() => client.got.length).toBe(3)
    expect(host.observed.map(({ event }) => event)).toMatchObject([
      { type: 'context', server: 'robot:rover', origin: 'rover/odom', text: 'Drive to the gate and open it' },
    ])
  })

  it('keeps back what it cannot read', async () => {
    const client = await connect()
    const [link] = connections
    link?.send(Buffer.from([1, 2, 3]), { binary: true })
    link?.send(JSON.stringify({ op: 'fragment', data: '{"op":', num: 0, total: 2 }))
    link?.send(JSON.stringify({ op: 'png', data: 'AAAA' }))
    await expect.poll(() => client.got.length).toBe(2)
    expect(client.got.map(({ msg }) => msg)).toEqual([expect.stringMatching(/packed/), expect.stringMatching(/packed or in pieces/)])
  })
})

describe('wrong input at the gate for robots', () => {
  it.each([
    ['no JSON', 'drive', /not valid JSON/],
    ['a number that JSON does not know', '{"op":"publish","topic":"/cmd_vel","msg":{"linear":{"x":NaN}}}', /not valid JSON/],
    ['a list', '[{"op":"publish"}]', /one JSON object/],
    ['a key that stands twice', '{"op":"publish","topic":"/cmd_vel","msg":{"linear":{"x":0,"x":9}}}', /stands twice/],
    ['a message in pieces', '{"op":"fragment","data":"{","num":0,"total":2,"id":"1"}', /in pieces/],
    ['a packed message', '{"op":"png","data":"AAAA"}', /plain JSON/],
    ['a packed subscription', '{"op":"subscribe","topic":"/odom","compression":"cbor"}', /packed or in pieces/],
    ['a service of its own', '{"op":"advertise_service","service":"/reset","type":"std_srvs/Empty"}', /cannot be told/],
    ['a name that is none', '{"op":"publish","topic":"~/cmd_vel","msg":{}}', /does not name its topic/],
    ['no operation', '{"topic":"/cmd_vel"}', /cannot be told/],
  ])('does not pass on %s', async (_what, text, why) => {
    const client = await connect()
    client.send(text)
    await expect.poll(() => client.got.length).toBe(1)
    expect(client.got[0]).toMatchObject({ op: 'status', level: 'error', msg: expect.stringMatching(why) })
    expect([received, host.judged]).toEqual([[], []])
  })

  it('does not pass on what is no text', async () => {
    const client = await connect()
    client.socket.send(Buffer.from(JSON.stringify(drive(9))), { binary: true })
    await expect.poll(() => client.got.length).toBe(1)
    expect(received).toEqual([])
  })

  it('lets nobody fill its memory with commands that wait', async () => {
    let decide: () => void = () => undefined
    host.rule = () => new Promise((resolve) => (decide = () => resolve(released)))
    await gate.close()
    await open({ ...ROVER, heartbeatMs: 60_000 })
    const client = await connect()
    const gone = new Promise((resolve) => client.socket.once('close', resolve))
    for (let index = 0; index < 6; index += 1) client.send({ ...drive(0.1), note: 'x'.repeat(15_000_000) })
    expect(await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 12_000, 'still there'))])).toBe(1008)
    decide()
  }, 20_000)

  it('does not change a command where a policy wants part of it masked', async () => {
    host.rule = () => ({ ...released, edits: [{ pointer: '/message/data', value: '****' }] })
    const client = await connect()
    client.send(drive(0.1))
    await expect.poll(() => client.got.length).toBe(1)
    expect(received).toEqual([])
  })

  it('lets in nobody from a web page, under another name, or to a robot that is not there', async () => {
    await expect(connect('/rover', { origin: 'https://evil.example' })).rejects.toThrow('403')
    await expect(connect('/rover', { host: 'evil.example' })).rejects.toThrow('421')
    await expect(connect('/other')).rejects.toThrow('404')
    const status = await new Promise((resolve) =>
      request((gate.address ?? '').replace('ws', 'http'), (response) => resolve(response.statusCode)).end(),
    )
    expect(status).toBe(426)
  })

  it('says so when a robot cannot be reached', async () => {
    await new Promise((resolve) => rosbridge.close(resolve))
    for (const socket of connections) socket.terminate()
    await expect(connect()).rejects.toThrow('502')
  })

  it('passes on nothing that was not judged but what does nothing', async () => {
    const client = await connect()
    const ops = fc.constantFrom('publish', 'call_service', 'send_action_goal', 'unsubscribe', 'fragment', 'x')
    const texts = fc.oneof(
      fc.json(),
      fc
        .record({ op: ops, topic: fc.constantFrom('/cmd_vel', 'a'), service: fc.string(), msg: fc.json() })
        .map((message) => JSON.stringify(message)),
    )
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        client.send(text)
      }),
      { numRuns: 100 },
    )
    client.send({ op: 'unsubscribe', topic: '/last' })
    await expect.poll(() => received.some((text) => text.includes('/last'))).toBe(true)
    const moving = received.filter(
      (text) => /"op":"(?:publish|call_service|send_action_goal)"/.test(text) && !text.includes(JSON.stringify(STOP)),
    )
    expect(moving.length).toBe(host.judged.length)
  })

  it.each([
    [{ publish: { cmd_vel: { type: 'a/B' } } }],
    [{ publish: { '/cmd_vel': {} } }],
    [{ publish: { '/cmd_vel': { type: 'a/B', fields: { 'linear.x': { min: 2, max: 1 } } } } }],
    [{ publish: { '/cmd_vel': { type: 'a/B', fields: { 'linear..x': { min: 0, max: 1 } } } } }],
    [{ publish: { '/cmd_vel': { type: 'a/B', holdMs: 100 } } }],
    [{ url: 'http://127.0.0.1:9090' }],
    [{ speed: 3 }],
  ])('takes no setting that means nothing: %j', (rover) => {
    expect(robotConfigSchema.safeParse({ port: 0, robots: { rover: { url: 'ws://127.0.0.1:9090', ...rover } } }).success).toBe(false)
  })
})
