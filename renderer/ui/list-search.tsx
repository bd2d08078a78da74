import { Group, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { count } from '../../shared/flow/words.ts'
import classes from './list-search.module.css'

interface ListSearchProps {
  /** What the list is of, in the singular. */
  noun: string
  placeholder: string
  value: string
  onChange: (search: string) => void
  shown: number
  total: number
  /** More to choose by. */
  children?: ReactNode
}

/** Stands above a list: what to search it for, and how many of it are shown. */
export function ListSearch({ noun, placeholder, value, onChange, shown, total, children }: ListSearchProps) {
  return (
    <Group className={classes.tools} gap="sm">
      <TextInput
        flex="1 1 150px"
        type="search"
        aria-label={`Search ${noun}s`}
        placeholder={placeholder}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {children}
      <Text fz="xs" c="dimmed" role="status">
        {shown === total ? count(total, noun) : `${shown} of ${total}`}
      </Text>
    </Group>
  )
}
