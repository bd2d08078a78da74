import { Anchor, Button, Group, Text } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { RecipeRun, RecipeStep } from '../../../shared/contract/operations/recipes.ts'
import type { ExchangeTab } from '../../ui/exchange/exchange-view.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { ExchangePane } from '../exchange-pane.tsx'
import classes from './recipes.module.css'

/** The steps of a run, in order. */
export const RunSteps = ({ run }: { run: RecipeRun }) => (
  <ol className={classes.steps}>
    {run.steps.map((step, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the steps of one run never move
      <Step key={index} number={index + 1} step={step} />
    ))}
  </ol>
)

function Step({ number, step }: { number: number; step: RecipeStep }) {
  const { title, exchangeId, expectations } = step
  const met = expectations.every((expectation) => expectation.met)
  return (
    <li className={classes.step} data-testid={`step-${number}`}>
      <Group gap="xs" wrap="nowrap" align="baseline">
        <Text fw={600} fz="sm" className={classes.stepTitle}>
          {number}. {title}
        </Text>
        {expectations.length > 0 && <StateBadge state={met ? 'passed' : 'failed'} />}
      </Group>
      <ul className={classes.expectations}>
        {expectations.map(({ text, met: isMet, observed }) => (
          <li key={text} className={classes.expectation}>
            <StateBadge state={isMet ? 'passed' : 'failed'} label={isMet ? 'Met' : 'Not met'} />
            <div className={classes.expected}>
              <Text fz="sm">{text}</Text>
              <Text fz="xs" c="dimmed" className={classes.observed}>
                {observed}
              </Text>
            </div>
          </li>
        ))}
      </ul>
      {exchangeId !== null && <StepExchange id={exchangeId} />}
    </li>
  )
}

function StepExchange({ id }: { id: number }) {
  const [open, setOpen] = useState(false)
  const [tab, setTab] = useState<ExchangeTab>('guide')
  const region = useId()
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <>
      <Group gap="xs">
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          leftSection={<Chevron size={14} aria-hidden />}
          aria-expanded={open}
          aria-controls={open ? region : undefined}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Hide exchange' : 'Show exchange'}
        </Button>
        <Anchor href={`#/traces/${id}`} fz="xs">
          Open in Traces
        </Anchor>
      </Group>
      {open && (
        <div id={region} className={classes.exchange}>
          <ExchangePane id={id} tab={tab} onTab={setTab} />
        </div>
      )}
    </>
  )
}
