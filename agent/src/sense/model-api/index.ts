/** The gate at model APIs: an HTTP gateway in front of model servers that holds every tool call a model makes until it is judged. */
import type { Platform } from '../../platform/platform.ts'
import type { GateHost } from '../gate.ts'
import type { Listening, ListeningGate } from '../listening-gate.ts'
import { Callers } from '../loopback-caller.ts'
import type { ModelApiConfig } from './config.ts'
import { Conversations } from './conversations.ts'
import { Entrance, type Shared } from './entrance.ts'
import { Forwarder } from './forward.ts'
import { GATE } from './judging.ts'
import { PastTheGate } from './past-the-gate.ts'
import { readUpstreams } from './route.ts'

export { modelApiConfigSchema } from './config.ts'

const CHOOSE =
  'so programs that should go through it reach no model. Stop what holds the port, or choose another under sense.modelApi.port.'
const STILL_THERE =
  'so programs that use this port reach the model server past the gateway, and their calls are not decided. Restart Ollama, so that it moves to its new port, and then the agent.'

export function modelApi(config: ModelApiConfig): ListeningGate {
  return {
    name: GATE,
    wanted: config.port !== undefined || config.takeOver.ollama !== undefined,
    async listen(host, platform) {
      const gateway = new Gateway(config, host, platform)
      await gateway.open()
      return gateway
    },
  }
}

class Gateway implements Listening {
  private readonly entrances: readonly Entrance[]
  private readonly forwarder: Forwarder
  private readonly past: PastTheGate | undefined
  private readonly host: GateHost
  /** Paths that were passed on without being read; each is told once. */
  private readonly unread = new Set<string>()

  constructor(config: ModelApiConfig, host: GateHost, platform: Platform) {
    this.host = host
    const forwarder = new Forwarder(config.silentMs)
    this.forwarder = forwarder
    const tellUnread: Shared['tellUnread'] = (upstream, target) => this.tellUnread(upstream, target)
    const shared: Shared = { host, callers: new Callers(platform, GATE), conversations: new Conversations(), forwarder, tellUnread }
    const common = { origins: new Set(config.origins), upstreams: readUpstreams(config) }
    const { ollama } = config.takeOver
    this.entrances = [
      ...(config.port === undefined ? [] : [new Entrance({ ...common, port: config.port, prefix: '', lost: CHOOSE }, shared)]),
      ...(ollama === undefined ? [] : [new Entrance({ ...common, port: ollama.port, prefix: '/ollama', lost: STILL_THERE }, shared)]),
    ]
    if (ollama !== undefined) this.past = new PastTheGate({ host, platform, forwarder, port: Number(new URL(ollama.server).port || 80) })
  }

  get address(): string | undefined {
    return this.entrances.find(({ address }) => address !== undefined)?.address
  }

  problems(): readonly string[] {
    return [...this.entrances.flatMap(({ problem }) => problem ?? []), ...(this.past?.problems() ?? [])]
  }

  async open(): Promise<void> {
    await Promise.all(this.entrances.map((entrance) => entrance.open()))
  }

  async close(): Promise<void> {
    this.past?.close()
    this.forwarder.close()
    await Promise.all(this.entrances.map((entrance) => entrance.close()))
  }

  /** What is passed on without being understood is said, so that nobody takes it for judged. */
  private tellUnread(upstream: string, target: string): void {
    const path = target.replace(/\?.*$/s, '')
    const place = `${upstream} ${path}`
    if (this.unread.has(place) || this.unread.size >= 200) return
    this.unread.add(place)
    this.host.note('gate.unread', { gate: GATE, upstream, path: path.slice(0, 300) })
  }
}
