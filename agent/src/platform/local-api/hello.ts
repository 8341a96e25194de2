import { timingSafeEqual } from 'node:crypto'
import type { FrameHeader } from './frame.ts'

/** Role of the command line: it may answer questions and stop the agent, so it has a token of its own. */
export const COMMAND_ROLE = 'command'

/** First frame of every connection: who is calling. The agent reads the process tree of `pid` itself. */
export interface Hello {
  readonly version: 1
  readonly token: string
  /** A gate's front-end, by the gate's name, or `COMMAND_ROLE`. */
  readonly role: string
  readonly pid: number
  /** 0 where the system does not tell. */
  readonly parent: number
  readonly cwd: string
  readonly user: string
  readonly home: string
  /** Which of the system's numberings of processes `pid` is of; empty where there is only one, or it is not told. */
  readonly space: string
  readonly claims: Readonly<Record<string, string>>
}

const LONGEST_TEXT = 4096
const MOST_CLAIMS = 16

/** What a frame header says of its sender, or `undefined` when it is no hello. */
export function parseHello(header: FrameHeader): Hello | undefined {
  const { version, token, role, pid, parent, cwd, user, home, space = '', claims } = header
  if (version !== 1 || !isText(token) || !isText(role) || !isText(cwd) || !isText(user) || !isText(home) || !isText(space)) return undefined
  if (!Number.isSafeInteger(pid) || !Number.isSafeInteger(parent) || typeof claims !== 'object' || claims === null) return undefined
  const pairs = Object.entries(claims)
  if (pairs.length > MOST_CLAIMS || !pairs.every((pair): pair is [string, string] => isText(pair[0]) && isText(pair[1]))) return undefined
  return { version, token, role, pid: pid as number, parent: parent as number, cwd, user, home, space, claims: Object.fromEntries(pairs) }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_TEXT
}

/** Compares without telling by its duration how much was right. */
export function sameToken(given: string, expected: string): boolean {
  const left = Buffer.from(given)
  const right = Buffer.from(expected)
  return left.length === right.length && timingSafeEqual(left, right)
}
