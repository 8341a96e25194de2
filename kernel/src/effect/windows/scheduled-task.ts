import type { Expanded } from '../shell/expanded.ts'
import { act, type Reading } from '../shell/reading.ts'

/** A scheduled task stands as a file where Windows keeps them. */
export function useTask(name: Expanded, reading: Reading): void {
  const target = `c:/windows/system32/tasks/${name.text.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase().slice(0, 200)}`
  act(
    {
      class: 'code.install',
      target,
      certainty: name.known ? 'certain' : 'likely',
      kind: 'path',
      words: [name],
      detail: 'persistence: scheduled job',
    },
    reading,
  )
}
