import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Tests that move this process into a folder and an environment of their own, or end it. */
const ownProcess = ['tests/cli/**/*.test.ts']

export default defineConfig({
  test: {
    testTimeout: 20_000,
    pool: 'forks',
    // Many tests wait for servers and sockets more than they compute.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['tests/**/*.test.ts'],
          // Those of Debian's clients need its programs: npm run test:clients.
          exclude: ['tests/debian/**', ...ownProcess],
          // No module keeps state between tests, so each worker loads the core once instead of once per file.
          isolate: false,
          alias: { 'better-sqlite3': join(import.meta.dirname, 'tests/support/sqlite.ts') },
        },
      },
      { extends: true, test: { name: 'own process', include: ownProcess } },
    ],
  },
})
