import { defineConfig } from '@playwright/test'
import type { WorkbenchOptions } from './tests/support/workbench.ts'

/**
 * One suite, every host: `*.shared.spec.ts` runs in both projects. Tests tagged `@once` look at details that no host can
 * change, and run in the browser alone, unless GRANTSCOPE_TEST_EVERYWHERE asks for all.
 */
export default defineConfig<WorkbenchOptions>({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  reporter: 'list',
  forbidOnly: Boolean(process.env.CI),
  workers: 1,
  // A busy machine can be slow once; which test needed it is said at the end of `npm test`.
  retries: process.env.CI ? 1 : 0,
  timeout: 30_000,
  expect: { timeout: 7_500 },
  projects: [
    { name: 'browser', testMatch: ['**/*.browser.spec.ts', '**/*.shared.spec.ts'], use: { host: 'browser' } },
    {
      name: 'electron',
      testMatch: ['**/*.electron.spec.ts', '**/*.shared.spec.ts'],
      ...(process.env.GRANTSCOPE_TEST_EVERYWHERE ? {} : { grepInvert: /@once/ }),
      use: { host: 'electron' },
    },
  ],
})
