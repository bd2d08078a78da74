import { Group, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './panel.module.css'

export interface PanelProps {
  title: string
  description?: ReactNode
  actions?: ReactNode
  children: ReactNode
  testId?: string
}

/** A titled group of things on a page. */
export function Panel({ title, description, actions, children, testId }: PanelProps) {
  const id = useId()
  return (
    <section className={classes.panel} aria-labelledby={id} data-testid={testId}>
      <Group justify="space-between" align="flex-start" gap="6px 14px" mb="sm">
        <div className={classes.title}>
          <Title order={2} id={id}>
            {title}
          </Title>
          {description && (
            <Text c="dimmed" fz="xs" maw="78ch">
              {description}
            </Text>
          )}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </section>
  )
}

/** Scrolling body of a page or detail pane. */
export const PageBody = ({ children }: { children: ReactNode }) => (
  <div className={classes.body}>{children}</div>
)
