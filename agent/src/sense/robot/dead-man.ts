/** Makes a machine stop that nobody minds any more: whoever moves it has to go on saying so. */
import type { JsonObject } from '@assize/kernel'
import type { TopicSetting } from './config.ts'

/** How a topic is told to stop. */
export interface Stop {
  readonly topic: string
  readonly type: string
  readonly message: JsonObject
}

export type WhyStopped = 'no further message' | 'the client is gone' | 'the connection to the robot broke' | 'the agent stops'

export type SentBy = 'connection' | 'second-hand'

export interface DeadManOptions {
  /** Sends the stop to the machine; `second-hand` when somebody else has to, who may not reach it either. */
  readonly send: (stop: Stop) => SentBy
  readonly stopped: (stop: Stop, about: { readonly why: WhyStopped; readonly by: SentBy }) => void
  /** What would have to be stopped now, whenever that changes. */
  readonly changed: (armed: readonly Stop[]) => void
}

export class DeadMan {
  private readonly options: DeadManOptions
  private readonly armed = new Map<string, { readonly stop: Stop; readonly timer: NodeJS.Timeout | undefined }>()

  constructor(options: DeadManOptions) {
    this.options = options
  }

  /** Something was let go to the topic: from now on it has to be stopped some day. */
  moved(topic: string, { stop, type, holdMs }: TopicSetting): void {
    if (stop === undefined) return
    const known = this.armed.get(topic)
    clearTimeout(known?.timer)
    const one: Stop = known?.stop ?? { topic, type, message: stop as JsonObject }
    const timer = holdMs === undefined ? undefined : setTimeout(() => this.stop([topic], 'no further message'), holdMs)
    this.armed.set(topic, { stop: one, timer })
    if (known === undefined) this.tell()
  }

  stopAll(why: WhyStopped): void {
    this.stop([...this.armed.keys()], why)
  }

  private stop(topics: readonly string[], why: WhyStopped): void {
    const stops = topics.flatMap((topic) => this.armed.get(topic) ?? [])
    for (const { stop, timer } of stops) {
      clearTimeout(timer)
      const by = this.options.send(stop)
      this.options.stopped(stop, { why, by })
      this.armed.delete(stop.topic)
    }
    if (stops.length > 0) this.tell()
  }

  private tell(): void {
    this.options.changed([...this.armed.values()].map(({ stop }) => stop))
  }
}

/** The messages of rosbridge that stop a topic, also over a connection that never spoke of it. */
export function stopMessages({ topic, type, message }: Stop): readonly string[] {
  return [JSON.stringify({ op: 'advertise', topic, type }), JSON.stringify({ op: 'publish', topic, msg: message })]
}
