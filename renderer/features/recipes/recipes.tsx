import { Button, Group, Progress, Text } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useStore } from 'zustand/react'
import type { Recipe } from '../../../shared/contract/operations/recipes.ts'
import { useOperation, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { ListDetail } from '../../ui/list-detail.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { ErrorState, LoadingRows, NoSuch } from '../../ui/states.tsx'
import { type Column, VirtualTable } from '../../ui/virtual-table.tsx'
import { RecipeDetail } from './recipe-detail.tsx'
import classes from './recipes.module.css'
import { summarize } from './summary.ts'

export function Recipes() {
  const { navigation } = useWorkbench()
  const { id } = useRoute()
  const recipes = useOperation('recipes.list', {})
  const selected = recipes.data?.find((recipe) => recipe.id === id)
  return (
    <>
      <PageHeader
        title="Recipes"
        description="The eleven topics of the tutorial, each run for real against this issuer, request by request."
        actions={recipes.data && <RunAll recipes={recipes.data} />}
      />
      {recipes.data ? (
        <>
          <Summary recipes={recipes.data} />
          <ListDetail
            name="recipes"
            label="Recipes"
            initial={38}
            list={<RecipeList recipes={recipes.data} selectedId={id} onSelect={navigation.select} />}
            detail={
              id !== null &&
              (selected ? <RecipeDetail key={selected.id} recipe={selected} /> : <NoSuch noun="recipe" />)
            }
            onCloseDetail={() => navigation.select(null)}
          />
        </>
      ) : recipes.error ? (
        <ErrorState
          title="The recipes could not be read"
          message={recipes.error.message}
          onRetry={recipes.reload}
        />
      ) : (
        <LoadingRows label="Reading recipes" />
      )}
    </>
  )
}

function RunAll({ recipes }: { recipes: readonly Recipe[] }) {
  const { recipeRuns } = useWorkbench()
  const { running, queue } = useStore(recipeRuns.store)
  return queue === null ? (
    <Button
      variant="default"
      disabled={running !== null}
      leftSection={<IconPlayerPlay size={15} aria-hidden />}
      onClick={() => void recipeRuns.runAll(recipes.map(({ id }) => id))}
    >
      Run all
    </Button>
  ) : (
    <Button
      variant="default"
      leftSection={<IconPlayerStop size={15} aria-hidden />}
      onClick={recipeRuns.stop}
    >
      Stop
    </Button>
  )
}

function Summary({ recipes }: { recipes: readonly Recipe[] }) {
  const { recipeRuns } = useWorkbench()
  const state = useStore(recipeRuns.store)
  const { done, passed, failed, total, words } = summarize(recipes, state)
  if (done === 0 && state.queue === null) return null
  return (
    <Group className={classes.summary} gap="sm" wrap="nowrap">
      <Progress.Root className={classes.progress} size={8}>
        <Progress.Section
          value={(passed / total) * 100}
          color="var(--gs-good)"
          aria-label={`${passed} of ${total} passed`}
        />
        <Progress.Section
          value={(failed / total) * 100}
          color="var(--gs-bad)"
          aria-label={`${failed} of ${total} failed`}
        />
      </Progress.Root>
      <Text fz="xs" role="status" data-testid="recipes-summary">
        {words}
        {state.queue !== null && ', running'}
      </Text>
    </Group>
  )
}

interface RecipeListProps {
  recipes: readonly Recipe[]
  selectedId: string | null
  onSelect: (id: string) => void
}

function RecipeList({ recipes, selectedId, onSelect }: RecipeListProps) {
  return (
    <VirtualTable
      label="Recipes"
      columns={columns}
      rowCount={recipes.length}
      rowAt={(index) => recipes[index]}
      rowId={({ id }) => id}
      selectedId={selectedId}
      onSelect={onSelect}
      rowHeight={46}
    />
  )
}

const columns: Column<Recipe>[] = [
  {
    id: 'topic',
    header: 'Topic',
    width: '54px',
    render: ({ topic }) => (
      <Text component="span" c="dimmed" fz="sm">
        {topic}
      </Text>
    ),
  },
  {
    id: 'title',
    header: 'Title',
    width: 'minmax(96px, 1fr)',
    render: ({ title }) => <span className={classes.title}>{title}</span>,
  },
  { id: 'result', header: 'Last run', width: '96px', render: ({ id }) => <LastRun id={id} /> },
]

function LastRun({ id }: { id: string }) {
  const { recipeRuns } = useWorkbench()
  const verdict = useStore(recipeRuns.store, (state) => state.results[id]?.verdict)
  const running = useStore(recipeRuns.store, (state) => state.running === id)
  if (running) return <StateBadge state="pending" label="Running" />
  return verdict && <StateBadge state={verdict} />
}
