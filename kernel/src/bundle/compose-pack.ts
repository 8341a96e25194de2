import type { PolicyFiles } from '../capability/policy.ts'

const DESCRIPTION = 'bundle.yaml'
/** On a line of its own, so that it is found and taken out without reading the rest. */
const EXTENDS = /^extends:[ \t]*(['"]?)([a-z0-9][a-z0-9._-]{0,63})\1[ \t]*(?:#.*)?$/m

/** The pack that a policy folder builds on, by the `extends` of its `bundle.yaml`. */
export function basePackOf(files: PolicyFiles): string | undefined {
  return EXTENDS.exec(files.get(DESCRIPTION) ?? '')?.[2]
}

/**
 * A whole policy folder from one that builds on another. A file of the same name replaces the base's; the base's tests stay
 * behind, because what it allows may well be stopped here. The answer names no base any more: bundles stand on their own.
 */
export function composePack(own: PolicyFiles, base: PolicyFiles): PolicyFiles {
  const inherited = [...base].filter(([file]) => file !== DESCRIPTION && !file.startsWith('tests/'))
  const description = (own.get(DESCRIPTION) ?? '').replace(EXTENDS, '').replace(/^\n/, '')
  const whole = new Map([...inherited, ...own, [DESCRIPTION, description]])
  return new Map([...whole].sort(([left], [right]) => (left < right ? -1 : 1)))
}
