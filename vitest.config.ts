import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{proto,kernel,agent,hub,console,tools}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    pool: 'forks',
    testTimeout: 20_000,
  },
})
