/**
 * npm test: sets up, then lint, types, unit and protocol tests, and the same workbench suite in a
 * browser and in Electron. Ends with "N passed, N failed". --only=lint,types,unit,browser,electron
 * runs parts; --also=clients adds the clients that come as Debian packages.
 */
import './lib/require-node.mjs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runMain } from './lib/failure.mjs'
import { progressOn } from './lib/progress.mjs'
import { setUp } from './lib/setup.mjs'
import { runStages, selectedStages } from './lib/stages.mjs'

const progress = progressOn(process.stdout)

await runMain(async () => {
  const stages = selectedStages(process.argv.slice(2))
  const { node } = await setUp(progress)
  const reports = mkdtempSync(join(tmpdir(), 'grantscope-reports-'))
  try {
    const { passed, failed } = await runStages(stages, { node, progress, reports })
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
    return failed === 0 ? 0 : 1
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
})
