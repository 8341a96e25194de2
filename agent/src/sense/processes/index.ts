/** Watches for known local model runtimes and agents: what runs, as whom, what it listens on and what is risky about it. */
import type { Watch, Watcher, WatcherSetting } from '../watcher.ts'
import { LinuxSource } from './linux-source.ts'
import { ListedSource, type SystemListing } from './listed-source.ts'
import type { ProcessSource } from './process-source.ts'
import { ProcessWatch } from './process-watch.ts'

export { insideAgent } from './inside-agent.ts'

/** The watcher for the machine it runs on, or over a given source. */
export function processes(setting: WatcherSetting, source: ProcessSource = sourceFor(setting)): Watcher {
  return { name: 'processes', start: (report): Watch => new ProcessWatch(source, report) }
}

function sourceFor(setting: WatcherSetting): ProcessSource {
  return setting.platform.os === 'linux' ? new LinuxSource() : new ListedSource(lazyListing())
}

/** `systeminformation` is loaded only where it is needed. */
function lazyListing(): SystemListing {
  const load = async () => (await import('systeminformation')).default
  return { processes: async () => (await load()).processes(), networkConnections: async () => (await load()).networkConnections() }
}
