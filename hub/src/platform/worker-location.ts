/**
 * Where a worker's entry file lies: beside its source when running from source, next to main.mjs once bundled.
 * `from` is the caller's `import.meta.url`; bundled callers may live in `chunks/`.
 */
export function workerLocation(name: string, from: string): URL {
  if (from.endsWith('.ts')) return new URL(`./${name}.worker.ts`, from)
  return new URL(from.includes('/chunks/') ? `../${name}.worker.mjs` : `./${name}.worker.mjs`, from)
}
