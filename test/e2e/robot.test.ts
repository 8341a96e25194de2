import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assize, freePort, type Service as Running } from '../../tools/start/stack.ts'
import { type Robot, startRobot } from '../harness/rosbridge.ts'
import { Action, Ros, Service, Topic } from '../harness/roslib.ts'
import { openSandbox, type Sandbox } from '../harness/sandbox.ts'

const STOP = { linear: { x: 0 }, angular: { z: 0 } }
const FIELDS = { 'linear.x': { min: -0.5, max: 0.5, unit: 'm/s' }, 'angular.z': { min: -1, max: 1, unit: 'rad/s' } }

describe('the library of robots through the gate', () => {
  let sandbox: Sandbox
  let agent: Running
  let robot: Robot
  let gate: string
  let env: NodeJS.ProcessEnv
  const open: Ros[] = []

  beforeAll(async () => {
    sandbox = await openSandbox()
    robot = await startRobot()
    const port = await freePort()
    gate = `ws://127.0.0.1:${port}/rover`
    const type = 'geometry_msgs/Twist'
    const rover = {
      url: robot.url,
      publish: {
        '/cmd_vel': { type, fields: FIELDS, perSecond: 40, stop: STOP, holdMs: 400 },
        '/crawl': { type, fields: FIELDS, perSecond: 5, stop: STOP },
        '/creep': { type, fields: FIELDS, stop: STOP },
        '/say': { type: 'std_msgs/String' },
      },
      services: { '/lamp': { fields: { level: { min: 0, max: 10 } } } },
      actions: { '/dock': {} },
      subscribe: ['/say'],
    }
    const config = join(sandbox.folder, 'agent.yaml')
    await writeFile(config, JSON.stringify({ act: { askMs: 300 }, sense: { robot: { port, robots: { rover } } } }))
    env = { ASSIZE_CONFIG: config }
    agent = await sandbox.startAgent(env)
  })
  afterAll(async () => {
    for (const ros of open) ros.close()
    await robot?.close()
    await sandbox?.close()
  })

  /** A program with its own connection, and what it is told. */
  async function connect(): Promise<{ readonly ros: Ros; readonly told: string[] }> {
    const ros = new Ros({})
    const told: string[] = []
    ros.on('error', () => undefined)
    await new Promise<void>((resolve, reject) => {
      ros.once('connection', () => resolve())
      ros.once('error', reject)
      void ros.connect(gate)
    })
    open.push(ros)
    ros.transport.on('message', ({ op, msg = '' }) => void (op === 'status' && told.push(msg)))
    return { ros, told }
  }
  const driveOf = (ros: Ros, name = '/cmd_vel'): ((linear: object, angular?: object) => void) => {
    const topic = new Topic({ ros, name, messageType: 'geometry_msgs/Twist' })
    return (linear, angular = {}) => topic.publish({ linear, angular })
  }
  const toldTo = (name: string): readonly unknown[] => robot.told.filter(({ topic }) => topic === name).map(({ msg }) => msg)

  it('drives within its bounds, unasked, and stops when nothing more comes', async () => {
    const { ros } = await connect()
    driveOf(ros)({ x: 0.4 }, { z: -1 })
    await expect.poll(() => toldTo('/cmd_vel')).toEqual([{ linear: { x: 0.4 }, angular: { z: -1 } }, STOP])
  })

  it('never drives faster, nor by what is no number, whatever a person would say', async () => {
    const { ros, told: refused } = await connect()
    robot.told.length = 0
    const drive = driveOf(ros)
    const raw = (text: string): void => ros.transport.send(text)
    drive({ x: 0.6 })
    drive({ x: 0.1, y: 0.1 })
    drive({ x: null })
    drive({ x: '0.1' })
    raw('{"op":"publish","topic":"/cmd_vel","msg":{"linear":{"x":1e999}}}')
    raw('{"op":"publish","topic":"/cmd_vel","msg":{"linear":{"x":NaN}}}')
    new Topic({ ros, name: '/cmd_vel', messageType: 'std_msgs/String' }).advertise()
    new Topic({ ros, name: '/joint_commands', messageType: 'std_msgs/String' }).publish({ data: 'up' })
    await expect.poll(() => refused.length).toBeGreaterThanOrEqual(8)
    expect(robot.told).toEqual([])
    expect(refused[0]).toMatch(/Blocked by Assize: .*beyond what its operator allows/)
    const { stdout } = await assize(['decisions', '--json', '--tool', 'robot/publish', '--state', sandbox.agentState])
    expect(stdout).toMatch(/`linear.x` is 0.6 m\/s, and -0.5 to 0.5 m\/s is allowed/)
  })

  it('calls services and actions that are listed, within their bounds, and answers for the others', async () => {
    const { ros } = await connect()
    const call = (name: string, args: object): Promise<unknown> =>
      new Promise((resolve) => new Service({ ros, name, serviceType: 'x/Y' }).callService(args, resolve, (text) => resolve(String(text))))
    expect(await call('/lamp', { level: 3 })).toEqual({ answer: { level: 3 } })
    expect(await call('/lamp', { level: 30 })).toMatch(/beyond what its operator allows/)
    expect(await call('/set_parameters', { name: 'max_speed' })).toMatch(/listed nothing like this/)
    expect(robot.called).toEqual(['/lamp'])
    const goal = (name: string): Promise<unknown> =>
      new Promise((resolve) => {
        new Action({ ros, name, actionType: 'x/Dock' }).sendGoal({}, resolve, undefined, resolve)
      })
    expect(await goal('/dock')).toEqual({ docked: true })
    expect(await goal('/launch')).toMatch(/listed nothing like this/)
  })

  it('listens to what is listed', async () => {
    const { ros } = await connect()
    const heard: unknown[] = []
    new Topic({ ros, name: '/say', messageType: 'std_msgs/String' }).subscribe((message) => heard.push(message))
    new Topic({ ros, name: '/say', messageType: 'std_msgs/String' }).publish({ data: 'hello' })
    await expect.poll(() => heard).toEqual([{ data: 'hello' }])
  })

  it('takes no more commands in a second than allowed', async () => {
    const { ros, told } = await connect()
    robot.told.length = 0
    const drive = driveOf(ros, '/crawl')
    for (let index = 0; index < 60; index += 1) drive({ x: 0.1 })
    await expect.poll(() => toldTo('/crawl').length + told.length).toBeGreaterThanOrEqual(60)
    expect(toldTo('/crawl').filter((msg) => JSON.stringify(msg).includes('0.1')).length).toBeLessThanOrEqual(40)
    expect(told.join()).toMatch(/more often than its operator allows/)
    ros.close()
  })

  it('stops the robot when the agent is killed', async () => {
    const { ros } = await connect()
    robot.told.length = 0
    driveOf(ros, '/creep')({ x: 0.2 })
    await expect.poll(() => toldTo('/creep')).toEqual([{ linear: { x: 0.2 }, angular: {} }])
    agent.kill('SIGKILL')
    await expect.poll(() => toldTo('/creep').at(-1)).toEqual(STOP)
    ros.close()
  })
})
