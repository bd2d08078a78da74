import { defineConfig } from 'vitest/config'

/** Real clients that come as Debian packages: `npm run test:clients`. */
export default defineConfig({
  test: { include: ['tests/debian/**/*.test.ts'], testTimeout: 60_000, pool: 'forks' },
})
