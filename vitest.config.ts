import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Needs programs of Debian's: npm run test:clients.
    exclude: ['tests/debian/**'],
    testTimeout: 20_000,
    pool: 'forks',
    // Many tests wait for servers and sockets more than they compute.
    maxWorkers: availableParallelism() + 1,
  },
})
