import { Text, Title } from '@mantine/core'
import { IconBulb, IconPlayerPlay } from '@tabler/icons-react'
import { useStore } from 'zustand/react'
import type { Recipe } from '../../../shared/contract/operations/recipes.ts'
import { useWorkbench } from '../../stores/hooks.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { VerdictBanner } from '../../ui/banner.tsx'
import { PageBody, Panel } from '../../ui/panel.tsx'
import { PrimaryButton } from '../../ui/primary-button.tsx'
import classes from './recipes.module.css'
import { RunSteps } from './run-steps.tsx'

/** What a topic teaches, the button that runs it, and what came of the last run. */
export function RecipeDetail({ recipe }: { recipe: Recipe }) {
  const { id, topic, title, teaches, ruleOfThumb, steps } = recipe
  const { recipeRuns } = useWorkbench()
  const result = useStore(recipeRuns.store, (state) => state.results[id])
  const { running, queue } = useStore(recipeRuns.store)
  const announce = useAnnounce()

  async function run() {
    const done = await recipeRuns.run(id)
    if (done) announce(`${title}: ${done.verdict}. ${done.summary}`)
  }

  return (
    <>
      <div className={classes.head}>
        <div className={classes.headText}>
          <Text fz="xs" c="dimmed">
            Topic {topic}
          </Text>
          <Title order={2}>{title}</Title>
        </div>
        <PrimaryButton
          leftSection={<IconPlayerPlay size={15} aria-hidden />}
          loading={running === id}
          disabled={running !== null || queue !== null}
          onClick={() => void run()}
        >
          Run
        </PrimaryButton>
      </div>
      <PageBody>
        {result && (
          <VerdictBanner
            tone={result.verdict === 'passed' ? 'good' : 'bad'}
            verdict={result.verdict === 'passed' ? 'Passed' : 'Failed'}
            reason={result.summary}
            testId="recipe-verdict"
          />
        )}
        <div className={classes.teaches}>
          {teaches.map((paragraph) => (
            <Text key={paragraph} fz="sm">
              {paragraph}
            </Text>
          ))}
          <div className={classes.rule}>
            <IconBulb size={17} aria-hidden className={classes.bulb} />
            <Text fz="sm">
              <b>Rule of thumb:</b> {ruleOfThumb}
            </Text>
          </div>
        </div>
        {result ? (
          <Panel
            title="What happened"
            description="Each step with what was expected, and the exchange it made."
          >
            {/* A new run starts with every exchange closed. */}
            <RunSteps key={JSON.stringify(result.steps.map(({ exchangeId }) => exchangeId))} run={result} />
          </Panel>
        ) : (
          <Panel title="What Run will do">
            <ol className={classes.plan}>
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </Panel>
        )}
      </PageBody>
    </>
  )
}
