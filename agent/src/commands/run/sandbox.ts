/** The operating system's own walls around a program: bubblewrap on Linux, seatbelt on macOS. */
import type { SandboxManager as Manager } from '@anthropic-ai/sandbox-runtime'
import { AgentError, messageOf } from '../../platform/errors.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Destination } from '../../sense/egress/front-end.ts'

export interface SandboxWish {
  readonly command: readonly string[]
  /** Absolute paths that may be written, with all below them. */
  readonly writable: readonly string[]
  /** Absolute paths that cannot be read. */
  readonly hidden: readonly string[]
  /** Absolute paths within the hidden ones that can be read all the same. */
  readonly shown: readonly string[]
  /** A port of this machine that is wanted inside, and the socket that leads to it. */
  readonly inlet?: { readonly port: number; readonly socket: string }
  /** Unix sockets that are wanted inside, where the system tells them apart. */
  readonly sockets: readonly string[]
  /** Why a connection is not made; undefined when it may be. */
  readonly refused: (destination: Destination) => Promise<string | undefined>
}

export interface Sandboxed {
  readonly program: string
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly close: () => Promise<void>
}

/** Whether there is a sandbox for this system at all. */
export function hasSandbox(platform: Pick<Platform, 'os'>): boolean {
  return platform.os !== 'win32'
}

/** Builds the walls. Throws an `AgentError` when they cannot stand: nothing runs outside them by accident. */
export async function sandboxed(wish: SandboxWish, platform: Platform): Promise<Sandboxed> {
  const manager = await load()
  const { errors } = await manager.checkDependenciesAsync()
  if (errors.length > 0) throw missing(errors)
  try {
    await manager.initialize(
      {
        network: {
          allowedDomains: [],
          deniedDomains: [],
          // Hooks and MCP gates inside reach the agent by its socket; others are hidden with their directories.
          ...(platform.os === 'linux' ? { allowAllUnixSockets: true } : { allowUnixSockets: [...wish.sockets] }),
          allowLocalBinding: true,
        },
        filesystem: { denyRead: [...wish.hidden], allowRead: [...wish.shown], allowWrite: [...wish.writable], denyWrite: [] },
      },
      async ({ host, port }) => {
        const reason = await wish.refused({ host, port: port ?? 443 })
        return reason === undefined ? true : { allow: false, reason }
      },
    )
    const { argv, env } = await manager.wrapWithSandboxArgv(shellCommand(wish, platform.temporary), '/bin/bash')
    const [program = '', ...args] = argv
    return { program, args, environment: env, close: () => manager.reset() }
  } catch (error) {
    await manager.reset().catch(() => undefined)
    throw new AgentError('refused', `The sandbox could not be built (${messageOf(error)}), so nothing was started.`, error)
  }
}

async function load(): Promise<typeof Manager> {
  try {
    return (await import('@anthropic-ai/sandbox-runtime')).SandboxManager
  } catch (error) {
    throw missing([messageOf(error)])
  }
}

function missing(what: readonly string[]): AgentError {
  return new AgentError(
    'refused',
    `There is no sandbox here (${what.join('; ')}), so nothing was started. On Debian and Ubuntu \`apt install bubblewrap socat ripgrep\` brings one; \`--no-sandbox\` starts the program without.`,
  )
}

/** The program behind its inlet. The shell is replaced by the program, so that signals and the exit code are its own. */
function shellCommand({ command, inlet }: SandboxWish, temporary: string): string {
  // The library names a directory of its own, which need not be there.
  const program = `export TMPDIR=${quoted(temporary)}; exec ${command.map(quoted).join(' ')}`
  if (inlet === undefined) return program
  const bridge = `socat TCP4-LISTEN:${inlet.port},bind=127.0.0.1,fork,reuseaddr UNIX-CONNECT:${quoted(inlet.socket)}`
  // Until it listens, for a second at most: a client that starts faster would find nobody.
  const up = `for _ in 1 2 3 4 5 6 7 8 9 10; do (exec 3<>/dev/tcp/127.0.0.1/${inlet.port}) 2>/dev/null && break; sleep 0.1; done`
  return `${bridge} >/dev/null 2>&1 & ${up}; ${program}`
}

export function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
