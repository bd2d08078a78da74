import { Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './page-header.module.css'

export interface PageHeaderProps {
  title: string
  description?: ReactNode
  /** Buttons on the right: the primary one last. */
  actions?: ReactNode
}

/** The one h1 of a section; it takes the focus when the section is entered. */
export function PageHeader({ title, description, actions }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      <div className={classes.text}>
        <Title order={1} tabIndex={-1}>
          {title}
        </Title>
        {description && (
          <Text c="dimmed" fz="sm" maw="78ch">
            {description}
          </Text>
        )}
      </div>
      {actions && <Group gap="xs">{actions}</Group>}
    </header>
  )
}
