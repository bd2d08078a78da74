import type { OutputOf } from '../../../shared/contract/operations/index.ts'
import { scenarioFile } from '../../../shared/contract/scenario-file.ts'
import { packageVersion } from '../../host/package-root.ts'
import { defineCommand, type OptionSpecs, UsageError, type Values } from '../command.ts'
import { type Connection, connect, connectOptions, inOneLine } from '../connect.ts'
import { isMissing, readAs, readWorkspaceFile } from '../files.ts'

const options = {
  config: {
    type: 'string',
    value: 'FILE',
    help: 'Workspace file to run it in, instead of the demo workspace',
  },
  json: { type: 'boolean', help: 'Print what came of each step as JSON' },
  ...connectOptions,
} as const satisfies OptionSpecs

type Played = OutputOf<'scenarios.run'>['steps']

/** A scenario in CI: its faults, clock and settings, and whether every step of it ends as it should. */
export const run = defineCommand({
  name: 'run',
  summary: 'Run a scenario: its faults, clock and settings, step by step',
  usage: '<file|scenario> [options]',
  options,
  notes:
    'In a core of its own that forgets everything, or with --control or --db in one that runs, which is then as it was before. A scenario that\ncomes along goes by its id, such as lost-refresh. Exit code 0: every step ended as expected; 1: one did not; 2: the file is wrong.',
  async run({ values, positionals: [file, ...more] }, io) {
    if (file === undefined) throw new UsageError('name a scenario file')
    if (more.length > 0) throw new UsageError(`unexpected "${more[0]}"`)
    const scenario = await readScenario(file)
    const isRunning = values.control !== undefined || values.db !== undefined
    if (isRunning && values.config !== undefined)
      throw new UsageError('--config is for a core of its own, and --control and --db name one that runs')
    const steps = isRunning
      ? await runThere(await connect(values, io), scenario)
      : await runHere(values, scenario, (line) => io.err(`${line}\n`))
    io.out(values.json ? `${JSON.stringify(steps, null, 2)}\n` : report(steps))
    return steps.every(({ asExpected }) => asExpected) ? 0 : 1
  },
})

type Scenario = { id: string } | { file: unknown }

/** A file, or else the id of a scenario. @throws UsageError */
async function readScenario(file: string): Promise<Scenario> {
  if (/^[\w-]+$/.test(file) && (await isMissing(file))) return { id: file }
  return { file: await readAs(scenarioFile, file, '') }
}

async function runThere({ call }: Connection, scenario: Scenario): Promise<Played> {
  // Applied ahead, so that the way back is known whatever becomes of the run.
  const { before } = await call('scenarios.apply', scenario)
  try {
    return (await call('scenarios.run', scenario)).steps
  } finally {
    await call('scenarios.apply', { file: before })
  }
}

/** In memory, and without a socket: requests of its flows go to the issuer directly. */
async function runHere(
  { config }: Values<typeof options>,
  scenario: Scenario,
  log: (line: string) => void,
): Promise<Played> {
  const workspace = config === undefined ? undefined : await readWorkspaceFile(config)
  // It takes a while to load, and what only complains of a file does without.
  const { createGrantscope } = await import('../../server/index.ts')
  const core = await createGrantscope({
    database: ':memory:',
    host: 'cli',
    version: packageVersion(),
    log,
    ...(workspace === undefined ? {} : { workspace }),
  })
  // Without a socket nothing keeps the process alive while a fault delays or hangs: time limits alone do not.
  const alive = setInterval(() => {}, 60_000)
  try {
    core.listening({ issuer: 'http://127.0.0.1:4400', control: null, warnings: [], fetch: core.provider })
    const envelope = await core.dispatch('scenarios.run', scenario)
    if (!envelope.ok) throw new UsageError(inOneLine(envelope.error))
    return (envelope.value as OutputOf<'scenarios.run'>).steps
  } finally {
    await core.close()
    clearInterval(alive)
  }
}

/** One line a step: "ok    Alice logs in: done". */
function report(steps: Played): string {
  if (steps.length === 0) return 'The scenario has no steps; it was applied, and that is all.\n'
  const lines = steps.map(({ name, expected, outcome, error, summary, asExpected }) => {
    const got = error === null ? outcome : `${outcome} with ${error}`
    return asExpected ? `ok    ${name}: ${got}` : `wrong ${name}: ${got}, expected ${expected} (${summary})`
  })
  const wrong = steps.filter(({ asExpected }) => !asExpected).length
  return `${lines.join('\n')}\n${steps.length - wrong} of ${steps.length} steps ended as expected\n`
}
