import { notFound } from '../../../shared/contract/envelope.ts'
import type { Core } from '../core.ts'
import { describeRecipe, runRecipe } from '../flows/recipe.ts'
import { recipes } from '../flows/recipes/index.ts'
import type { HandlersOf } from './handlers.ts'

export const recipeHandlers = (core: Core): HandlersOf<'recipes'> => ({
  'recipes.list': () => recipes.map(describeRecipe),
  'recipes.run': ({ id }) => {
    const recipe = recipes.find((candidate) => candidate.id === id)
    if (!recipe) throw notFound('recipe', id)
    return runRecipe(core, recipe)
  },
})
