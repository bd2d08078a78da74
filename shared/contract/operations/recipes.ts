import { z } from 'zod'
import { command, query } from '../operation.ts'
import { nothing } from '../values.ts'

export const recipe = z.object({
  id: z.string(),
  /** Its number in the tutorial, 1 to 11. */
  topic: z.number().int(),
  title: z.string(),
  /** What it teaches, a paragraph each. */
  teaches: z.array(z.string()),
  ruleOfThumb: z.string(),
  /** What the button will do, a line a step. */
  steps: z.array(z.string()),
})
export type Recipe = z.infer<typeof recipe>

export const recipeStep = z.object({
  title: z.string(),
  /** The recorded exchange; null when the step sent nothing. */
  exchangeId: z.number().int().nullable(),
  expectations: z.array(z.object({ text: z.string(), met: z.boolean(), observed: z.string() })),
})
export type RecipeStep = z.infer<typeof recipeStep>

export const recipeRun = z.object({
  id: z.string(),
  verdict: z.enum(['passed', 'failed']),
  /** The verdict in words. */
  summary: z.string(),
  steps: z.array(recipeStep),
})
export type RecipeRun = z.infer<typeof recipeRun>

export const recipeOperations = {
  'recipes.list': query("The tutorial's topics, in order.", nothing, z.array(recipe)),
  'recipes.run': command(
    'Run a recipe against the issuer, for real.',
    z.strictObject({ id: z.string() }),
    recipeRun,
  ),
}
