import { ActionIcon, Anchor, Text, VisuallyHidden } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconCircleCheckFilled, IconCircleDashed, IconX } from '@tabler/icons-react'
import type { Status } from '../../../shared/contract/operations/status.ts'
import { useOperation } from '../../stores/hooks.ts'
import { formatRoute } from '../../stores/navigation.ts'
import { Panel } from '../../ui/panel.tsx'
import { firstSteps } from './first-steps.ts'
import classes from './overview.module.css'

/** What to try on a first run; it goes when all is done or when it is closed. */
export function FirstStepsPanel({ counts }: { counts: Status['counts'] }) {
  const [closed, setClosed] = useLocalStorage({
    key: 'grantscope.first-steps-closed',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  const refused = useOperation('exchanges.list', { outcome: 'refused', limit: 1 })
  const steps = firstSteps({
    exchanges: counts.exchanges,
    tokens: counts.activeTokens,
    refusals: refused.data?.total ?? 0,
  })
  if (closed || !refused.data || steps.every(({ done }) => done)) return null
  const close = (
    <ActionIcon onClick={() => setClosed(true)} aria-label="Close the first steps">
      <IconX size={16} aria-hidden />
    </ActionIcon>
  )
  return (
    <Panel title="First steps" actions={close} testId="first-steps">
      <ol className={classes.steps}>
        {steps.map(({ id, title, text, done, section, link }) => (
          <li key={id} className={classes.step} data-done={done || undefined}>
            {done ? (
              <IconCircleCheckFilled size={20} aria-hidden />
            ) : (
              <IconCircleDashed size={20} aria-hidden />
            )}
            <div>
              <Text fz="sm" fw={600}>
                {title}
                <VisuallyHidden>{done ? ' (done)' : ' (to do)'}</VisuallyHidden>
              </Text>
              <Text fz="xs" c="dimmed">
                {text}
              </Text>
              <Anchor fz="xs" href={formatRoute({ section, id: null, params: {} })}>
                {link}
              </Anchor>
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
