import type { ModelUse } from './model-store.ts'

/** How the use of models changes: plain values in, plain values out. */

/** `name` becomes the active one; the one before it stays at hand. */
export function activated(use: ModelUse, name: string, now: number): ModelUse {
  return {
    ...use,
    active: name,
    previous: use.active === name ? use.previous : use.active,
    shadow: use.shadow === name ? null : use.shadow,
    activatedAt: use.active === name ? use.activatedAt : now,
  }
}

/** `name` is tried beside the active one; an active one of that name gives way to the one before it. */
export function shadowed(use: ModelUse, name: string): ModelUse {
  const given = use.active === name ? rolledBack(use) : use
  return { ...given, shadow: name }
}

/** Back to the one before, or the one that ships. */
export function rolledBack(use: ModelUse): ModelUse {
  return { ...use, active: use.previous, previous: null, activatedAt: null }
}

/** The hub wants `name` in use no more. When it was active, nothing else of the hub's takes its place: it would have said so. */
export function without(use: ModelUse, name: string): ModelUse {
  const ours = use.previous === null || use.fromHub.includes(use.previous) ? null : use.previous
  const left = use.active === name ? rolledBack({ ...use, previous: ours }) : use
  return { ...left, previous: left.previous === name ? null : left.previous, shadow: left.shadow === name ? null : left.shadow }
}

/** `name` came from the hub as this release. */
export function fromHub(use: ModelUse, name: string, release: { readonly version: number; readonly active: boolean }): ModelUse {
  return {
    ...use,
    fromHub: [...use.fromHub.filter((one) => one !== name), name],
    highest: release.active ? Math.max(use.highest, release.version) : use.highest,
    takenBack: release.active ? null : use.takenBack,
  }
}
