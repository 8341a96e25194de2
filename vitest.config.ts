import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{proto,kernel,inference,agent,hub,console,sdk,tools}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    pool: 'forks',
    // A busy machine is slow, not wrong.
    testTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
  },
})
