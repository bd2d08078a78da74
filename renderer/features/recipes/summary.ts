import type { Recipe } from '../../../shared/contract/operations/recipes.ts'
import type { RecipeRunsState } from '../../stores/recipe-runs.ts'

export interface RunSummary {
  passed: number
  failed: number
  /** Of all recipes, how many have a result. */
  done: number
  total: number
  /** "9 passed, 2 failed of 11". */
  words: string
}

export function summarize(
  recipes: readonly Recipe[],
  { results }: Pick<RecipeRunsState, 'results'>,
): RunSummary {
  const verdicts = recipes.map(({ id }) => results[id]?.verdict)
  const passed = verdicts.filter((verdict) => verdict === 'passed').length
  const failed = verdicts.filter((verdict) => verdict === 'failed').length
  const parts = [`${passed} passed`, failed > 0 && `${failed} failed`].filter(Boolean)
  return {
    passed,
    failed,
    done: passed + failed,
    total: recipes.length,
    words: `${parts.join(', ')} of ${recipes.length}`,
  }
}
