import { defineConfig } from 'vitest/config'

const exclude = ['**/node_modules/**', '**/dist/**']

export default defineConfig({
  test: {
    pool: 'forks',
    // Every processor: one fewer, as is the default, leaves half of a machine with two idle.
    maxWorkers: '100%',
    // A busy machine is slow, not wrong.
    testTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      // What is pure leaves nothing behind: its files share two processes, and what is compiled there is compiled once.
      { extends: true, test: { name: 'kernel', include: ['kernel/**/*.test.ts'], exclude, isolate: false } },
      { extends: true, test: { name: 'parts', include: ['{proto,inference,agent,hub,console,sdk,tools}/**/*.test.ts'], exclude } },
    ],
  },
})
