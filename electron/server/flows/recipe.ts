import type { Recipe, RecipeRun, RecipeStep } from '../../../shared/contract/operations/recipes.ts'
import type { Core } from '../core.ts'
import { type Bench, openBench, StepFailure } from './bench.ts'
import { type Expectation, that } from './expectations.ts'

/** One topic of the tutorial: what it teaches, and steps that show it on the running issuer. */
export interface RecipeDefinition extends Omit<Recipe, 'steps'> {
  readonly steps: readonly StepDefinition[]
}

export interface StepDefinition {
  readonly title: string
  /** Does the step and says what came of it. A thrown error fails the step. */
  run(bench: Bench): Promise<Expectation[]>
}

/** A recipe as the workbench lists it. */
export const describeRecipe = ({ steps, ...recipe }: RecipeDefinition): Recipe => ({
  ...recipe,
  steps: steps.map(({ title }) => title),
})

/**
 * Runs every step, also after a failed one, and leaves the workspace as it was: the user, the client and their tokens are gone
 * in the end; only the exchanges stay in the log.
 *
 * @throws ContractError `refused` when the issuer is on no socket
 */
export async function runRecipe(core: Core, recipe: RecipeDefinition): Promise<RecipeRun> {
  const bench = await openBench(core, recipe.title)
  try {
    const steps: RecipeStep[] = []
    for (const step of recipe.steps) steps.push(await runStep(bench, step))
    return { id: recipe.id, ...judge(steps), steps }
  } finally {
    await bench.close()
  }
}

async function runStep(bench: Bench, { title, run }: StepDefinition): Promise<RecipeStep> {
  const expectations = await run(bench).catch((error: unknown) => [failure(bench, title, error)])
  return { title, exchangeId: bench.takeExchangeId(), expectations }
}

function failure({ core }: Bench, title: string, error: unknown): Expectation {
  const reason = error instanceof Error ? error.message : String(error)
  if (!(error instanceof StepFailure)) core.log(`recipe step "${title}" failed: ${reason}`)
  return that('The step can be carried out', false, reason)
}

function judge(steps: readonly RecipeStep[]): Pick<RecipeRun, 'verdict' | 'summary'> {
  const all = steps.flatMap(({ title, expectations }, index) =>
    expectations.map((one) => ({ ...one, step: `Step ${index + 1}, ${title}` })),
  )
  const broken = all.filter(({ met }) => !met)
  const [first] = broken
  if (!first) {
    return { verdict: 'passed', summary: `All ${all.length} expectations of ${steps.length} steps were met.` }
  }
  const others = broken.length > 1 ? `; ${broken.length - 1} more went wrong` : ''
  const summary = `${first.step}: expected: ${first.text}; observed: ${first.observed}${others}.`
  return { verdict: 'failed', summary }
}
