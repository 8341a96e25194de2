import { defineConfig } from 'vitest/config'

/** What needs the built product: real processes on free ports, at most two files at a time. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    pool: 'forks',
    maxWorkers: 2,
    // A busy machine is slow, not wrong: what holds a limit of the product's measures it itself.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 20_000,
  },
})
