import { IconChefHat, IconPlayerPlay } from '@tabler/icons-react'
import type { Section } from '../section.ts'
import { Recipes } from './recipes.tsx'

export const recipesSection: Section = {
  id: 'recipes',
  label: 'Recipes',
  Icon: IconChefHat,
  Component: Recipes,
  actions: ({ client, navigation, recipeRuns }) => [
    {
      id: 'recipes.runAll',
      label: 'Run all recipes',
      keywords: 'tutorial topics test',
      icon: <IconPlayerPlay size={16} aria-hidden />,
      run: async () => {
        navigation.go('recipes')
        const recipes = await client.call('recipes.list', {})
        await recipeRuns.runAll(recipes.map(({ id }) => id))
      },
    },
  ],
  find: async ({ client, navigation, recipeRuns }) => {
    const recipes = await client.call('recipes.list', {})
    return recipes.flatMap(({ id, topic, title }) => [
      {
        id: `recipe.${id}`,
        label: title,
        description: `Topic ${topic}`,
        keywords: id,
        icon: <IconChefHat size={16} aria-hidden />,
        run: () => navigation.go('recipes', id),
      },
      {
        id: `recipe.run.${id}`,
        label: `Run: ${title}`,
        description: `Topic ${topic}`,
        keywords: id,
        icon: <IconPlayerPlay size={16} aria-hidden />,
        run: () => {
          navigation.go('recipes', id)
          void recipeRuns.run(id)
        },
      },
    ])
  },
}
