import { useEffect, useSyncExternalStore } from 'react'

/** The keyboard: pages say which keys they answer, `?` lists them, and typing in a field is left alone. */

export interface KeyBinding {
  /** One key such as `j`, `?`, `Enter`, or two in turn such as `g d`. */
  readonly keys: string
  readonly does: string
  readonly run: () => void
}

interface Group {
  readonly name: string
  readonly bindings: readonly KeyBinding[]
}

const WAIT_FOR_SECOND = 900
const listeners = new Set<() => void>()
let groups: readonly Group[] = []
let first: { readonly key: string; readonly at: number } | undefined

/** Answers these keys while the component is on screen. The newest group wins. */
export function useKeys(name: string, bindings: readonly KeyBinding[]): void {
  useEffect(() => {
    const group: Group = { name, bindings }
    change([...groups, group])
    return () => change(groups.filter((one) => one !== group))
  }, [name, bindings])
}

/** Every group now answering, for the sheet of keys. */
export function useKeyGroups(): readonly Group[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => groups,
  )
}

/** Starts listening; called once. */
export function listenToKeys(): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (isTyping(event.target) || (event.key === 'Enter' && isPressable(event.target)) || document.querySelector('[role=dialog]') !== null)
      return
    const binding = match(event.key, Date.now())
    if (binding === undefined) return
    event.preventDefault()
    binding.run()
  }
  document.addEventListener('keydown', onKey)
  return () => document.removeEventListener('keydown', onKey)
}

function match(key: string, now: number): KeyBinding | undefined {
  const pair = first !== undefined && now - first.at < WAIT_FOR_SECOND ? `${first.key} ${key}` : undefined
  first = undefined
  const found = (pair === undefined ? undefined : find(pair)) ?? find(key)
  if (found === undefined) first = { key, at: now }
  return found
}

function find(keys: string): KeyBinding | undefined {
  for (const group of groups.toReversed()) {
    const binding = group.bindings.find((one) => one.keys === keys)
    if (binding !== undefined) return binding
  }
  return undefined
}

function change(next: readonly Group[]): void {
  groups = next
  for (const listener of listeners) listener()
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select'))
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('a, button, summary, [role=button], [role=tab]') !== null
}
