/** What a program under protection may write and must not read. */
import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import type { Platform } from '../../platform/platform.ts'
import { connectAddress, type StatePaths, statePaths } from '../../platform/state-directory.ts'

export interface Walls {
  readonly writable: readonly string[]
  readonly hidden: readonly string[]
  /** Within what is hidden. */
  readonly shown: readonly string[]
}

/** Keys and sign-ins of the person: an agent that needs one asks for it through a gate. */
const KEYS = [
  '.ssh',
  '.gnupg',
  '.aws',
  '.azure',
  '.kube',
  '.config/gcloud',
  '.config/gh',
  '.docker/config.json',
  '.netrc',
  '.git-credentials',
  '.pypirc',
]
/** Where coding agents and package managers keep what is theirs. */
const OWN = [
  '.claude',
  '.claude.json',
  '.codex',
  '.gemini',
  '.copilot',
  '.cursor',
  '.qwen',
  '.local/share/opencode',
  '.cache',
  '.npm',
  '.cargo/registry',
]
/** Sockets of services that would do anything for whoever connects. */
const SERVICES = ['/run', '/var/run']
/** The same, in the directory for temporary files. */
const TEMPORARY_SERVICES = ['.X11-unix', '.ICE-unix']

/** `extra` are paths that the person adds to the writable ones. */
export function wallsOf(setting: {
  readonly platform: Platform
  readonly state: string
  readonly cwd: string
  readonly extra: readonly string[]
}): Walls {
  const { platform, state, cwd, extra } = setting
  const home = (path: string): string => posix.join(platform.home, path)
  const paths: StatePaths = statePaths(state, platform)
  const agentSocket = platform.environment['SSH_AUTH_SOCK']
  return {
    writable: [cwd, platform.temporary, ...OWN.map(home), ...extra],
    hidden: [
      ...KEYS.map(home),
      ...(platform.os === 'linux' ? SERVICES : []),
      ...[...TEMPORARY_SERVICES, `tmux-${platform.uid ?? 0}`].map((name) => posix.join(platform.temporary, name)),
      ...(agentSocket === undefined || agentSocket === '' ? [] : [agentSocket]),
      // The journal, this machine's key and the token that may answer questions.
      paths.directory,
    ],
    // What a hook or an MCP gate inside needs to ask the agent.
    shown: [paths.token, paths.address, connectAddress(state, platform)].filter((path) => existsSync(path)),
  }
}
