/** Starts a program under protection: routed through the gates, within walls where the system has them. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { basename, resolve } from 'node:path'
import { z } from 'zod'
import { AgentError, EXIT } from '../../platform/errors.ts'
import { connectAddress } from '../../platform/state-directory.ts'
import { refusedEgress } from '../../sense/egress/front-end.ts'
import { withAgent } from '../ask-agent.ts'
import type { CommandContext } from '../context.ts'
import { type GatewayDoor, openGatewayDoor } from './gateway-door.ts'
import { routesThrough } from './routes.ts'
import { mustBeProgram, notStarted } from './named-program.ts'
import { hasSandbox, sandboxed, type Sandboxed } from './sandbox.ts'
import { wallsOf } from './walls.ts'

export interface RunWish {
  readonly command: readonly string[]
  /** More paths that may be written. */
  readonly write: readonly string[]
  readonly sandbox: boolean
}

const EGRESS_DEADLINE_MS = 5000
/** As the gate at model APIs is called. */
const MODEL_GATE = 'model-api'

const statusSchema = z.looseObject({ gateways: z.array(z.looseObject({ gate: z.string(), address: z.url() })).default([]) })

/**
 * `assize run [--write DIR…] [--no-sandbox] -- CMD [ARG…]`: a program under protection. Its exit code is the program's own;
 * 128 and the signal's number when a signal ended it.
 */
export async function runUnderProtection(context: CommandContext, wish: RunWish): Promise<number> {
  if (wish.command.length === 0)
    throw new AgentError('usage', 'There is no program after `--`, so nothing was started. Write `assize run -- CMD ARG…`.')
  mustBeProgram(wish.command[0] ?? '', context.platform)
  // Without an agent nothing would be decided: better not to start than to start unprotected.
  const { gateways } = statusSchema.parse(await withAgent(context, (link) => link.request('status', {})))
  const gateway = gateways.find(({ gate }) => gate === MODEL_GATE)?.address
  const routes = routesThrough(gateway, context.platform.environment)
  for (const gap of routes.gaps) context.complain(`assize: ${gap}`)
  const walls = await wallsAround(context, wish, gateway)
  try {
    return await start(context, wish, { ...walls?.environment, ...routes.variables, ASSIZE_STATE: context.state }, walls)
  } finally {
    await walls?.close()
  }
}

/** Nothing where the person wants none or the system has none; the latter is said. */
async function wallsAround(context: CommandContext, wish: RunWish, gateway: string | undefined): Promise<Sandboxed | undefined> {
  const { platform, state } = context
  if (!wish.sandbox) return undefined
  if (!hasSandbox(platform)) {
    context.complain(
      'assize: this system has no sandbox that is supported yet: the program runs routed through the gates, but not walled in.',
    )
    return undefined
  }
  const cwd = process.cwd()
  const port = gateway === undefined ? undefined : Number(new URL(gateway).port)
  // On macOS the sandbox shares the machine's loopback, so the gateway is reached as it is.
  const door = port === undefined || platform.os !== 'linux' ? undefined : await openGatewayDoor(port, platform.temporary)
  try {
    const walls = await sandboxed(
      {
        ...wallsOf({ platform, state, cwd, extra: wish.write.map((path) => resolve(path)) }),
        command: wish.command,
        sockets: [connectAddress(state, platform)],
        ...(door === undefined || port === undefined ? {} : { inlet: { port, socket: door.socket } }),
        refused: (destination) => askAgent(context, wish, destination),
      },
      platform,
    )
    return { ...walls, close: () => closeAll(walls, door) }
  } catch (error) {
    await door?.close()
    throw error
  }
}

async function askAgent(
  { state, platform, complain }: CommandContext,
  { command }: RunWish,
  destination: { readonly host: string; readonly port: number },
): Promise<string | undefined> {
  const reason = await refusedEgress(
    {
      state,
      platform,
      cwd: process.cwd(),
      app: basename(command[0] ?? ''),
      deadline: EGRESS_DEADLINE_MS,
      asking: (text) => complain(`assize: ${text}`),
    },
    destination,
  )
  if (reason !== undefined) complain(`assize: no connection to ${destination.host}:${destination.port}. ${reason}`)
  return reason
}

async function closeAll(walls: Sandboxed, door: GatewayDoor | undefined): Promise<void> {
  await walls.close()
  await door?.close()
}

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

function start(
  { platform }: CommandContext,
  { command }: RunWish,
  environment: Readonly<Record<string, string | undefined>>,
  walls: Sandboxed | undefined,
): Promise<number> {
  const [program = '', ...args] = walls === undefined ? command : [walls.program, ...walls.args]
  const child = spawn(program, args, { stdio: 'inherit', env: { ...platform.environment, ...environment } })
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal)
  for (const signal of FORWARDED) process.on(signal, forward)
  return new Promise<number>((settle, reject) => {
    child.on('error', (error) => reject(notStarted(command[0] ?? '', error)))
    child.on('exit', (code, signal) => settle(code ?? 128 + (signal === null ? EXIT.internal : constants.signals[signal])))
  }).finally(() => {
    for (const signal of FORWARDED) process.off(signal, forward)
  })
}
