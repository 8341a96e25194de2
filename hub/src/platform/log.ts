import { pino, type Logger } from 'pino'

export type { Logger }

/** Structured log lines on stderr. Secrets have no business here: bodies and headers are never logged. */
export function openLog(level: string): Logger {
  return pino({ level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` }, process.stderr)
}
