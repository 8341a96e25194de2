/** Commands that make something run later or at every start, and their verbs that only look. */
import type { Flow } from './expanded.ts'
import { NO_FLOW } from './expanded.ts'
import { commandName, type Invocation } from './invocation.ts'
import { actuate, watchesOver } from './machine-commands.ts'
import { type Reading, runProgram } from './reading.ts'
import { readRow } from './row-reader.ts'

const LOOKS =
  /^(?:status|is-[a-z-]+|list(?:-[a-z-]+)?|show(?:-[a-z-]+)?|cat|help|print|blame|get-default|version|query|dump|analyze|--status-all)$/
const RUNS_NOW =
  /^(?:start|stop|restart|reload|try-restart|reload-or-restart|kill|kickstart|reset-failed|daemon-reload|daemon-reexec|isolate)$/
const ENDS = /^(?:reboot|poweroff|halt|kexec|soft-reboot|suspend|hibernate|hybrid-sleep|suspend-then-hibernate|emergency|rescue|exit)$/
/** Or, in front of the verb, the name of the service: `service auditd stop`. */
const STOPS = /^(?:stop|disable|mask|kill|unload|bootout|remove|delete)$/

/** systemctl, service, launchctl, crontab, at. */
export function readScheduler(invocation: Invocation, reading: Reading): Flow {
  const name = commandName(invocation)
  const words = invocation.words.slice(1).map(({ text }) => text)
  const verbs = words.filter((text) => !text.startsWith('-'))
  const verb = (name === 'service' || name === 'rc-service' ? verbs[1] : verbs[0]) ?? ''
  const line = [name, ...verbs.slice(0, 2)].join(' ').slice(0, 120)
  if (name === 'systemctl' && ENDS.test(verb)) {
    actuate(
      invocation.words.slice(1).filter(({ text }) => text === verb),
      invocation,
      reading,
    )
    return NO_FLOW
  }
  if (STOPS.test(verb) && verbs.some((text) => watchesOver(text))) {
    actuate(
      invocation.words.slice(1).filter(({ text }) => watchesOver(text)),
      invocation,
      reading,
    )
    return NO_FLOW
  }
  const looks = LOOKS.test(verb) || words.some((text) => /^(?:--version|--help|--status-all)$/.test(text)) || onlyLists(name, words)
  if (looks || RUNS_NOW.test(verb) || (name === 'systemctl' && verb === '')) {
    runProgram(invocation, looks ? 'certain' : 'likely', { reading, detail: line })
    return NO_FLOW
  }
  // What is handed in runs later, without anybody to look.
  if (/^(?:at|batch)$/.test(name) && invocation.input?.text !== undefined)
    reading.nested(invocation.input.text, { ...invocation, input: undefined, inputFile: undefined })
  return readRow({ operands: 'read', skip: /^(?:crontab|at|batch)$/.test(name) ? 0 : 1, runs: 'installer' }, invocation, reading)
}

/** `crontab -l`, `at -l`. */
function onlyLists(name: string, words: readonly string[]): boolean {
  return /^(?:crontab|at)$/.test(name) && words.includes('-l')
}
