import { Stack, Text } from '@mantine/core'
import { definitionOf } from '../../../shared/contract/faults/actions/index.ts'
import { fittingEndpoints } from '../../../shared/contract/faults/fault.ts'
import type { ScenarioPreview } from '../../../shared/contract/operations/scenarios.ts'
import type { ScenarioFile } from '../../../shared/contract/scenario-file.ts'
import { StateBadge } from '../../ui/state-badge.tsx'
import classes from './faults.module.css'
import { changeLines, clockWords } from './scenario-words.ts'
import { faultSentence } from './sentence.ts'

/** What applying a scenario would change here. */
export function ScenarioChanges({ preview }: { preview: ScenarioPreview }) {
  const lines = changeLines(preview)
  if (lines.length === 0) return <Text fz="sm">Nothing: there are no faults, and it brings none.</Text>
  return (
    <dl className={classes.facts} data-testid="scenario-preview">
      {lines.map(({ noun, texts }) => (
        <div key={noun} style={{ display: 'contents' }}>
          <dt>{noun}</dt>
          <dd>
            {texts.map((text) => (
              <div key={text}>{text}</div>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** What a scenario holds. Its steps in words are the core's. */
export function ScenarioContents({ file, steps }: { file: ScenarioFile; steps: readonly string[] }) {
  const { faults, clock, settings } = file
  return (
    <Stack gap="sm">
      {faults.length === 0 ? (
        <Text fz="sm">No faults: the issuer behaves.</Text>
      ) : (
        <ul className={classes.contents}>
          {faults.map((fault, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
            <li key={index}>
              <StateBadge state={fault.enabled ? 'armed' : 'disarmed'} /> <b>{fault.name}</b>
              <Text fz="xs" c="dimmed">
                {faultSentence({
                  ...fault,
                  state: 'armed',
                  seen: 0,
                  hits: 0,
                  does: definitionOf(fault.action).says(fault.action),
                  strikes: fittingEndpoints(fault),
                })}
              </Text>
            </li>
          ))}
        </ul>
      )}
      <dl className={classes.facts}>
        <dt>Clock</dt>
        <dd>{clockWords(clock)}</dd>
        <dt>Settings</dt>
        <dd>
          {Object.entries(settings)
            .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
            .join(', ') || 'as they are'}
        </dd>
        {steps.length > 0 && <Steps steps={steps} />}
      </dl>
    </Stack>
  )
}

const Steps = ({ steps }: { steps: readonly string[] }) => (
  <>
    <dt>Steps to play</dt>
    <dd>
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          <li key={index}>{step}</li>
        ))}
      </ol>
    </dd>
  </>
)
