import { Accordion, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { type FieldGroup, matchingGroups } from './field.ts'
import { FieldList, type FieldSource } from './field-list.tsx'
import classes from './fields.module.css'

interface FieldGroupsProps<K extends string> {
  groups: readonly FieldGroup<K>[]
  source: FieldSource<K>
}

/** Many settings in groups that open. A search opens the groups it finds something in, an error the group it is in. */
export function FieldGroups<K extends string>({ groups, source }: FieldGroupsProps<K>) {
  const [search, setSearch] = useState('')
  const [opened, setOpened] = useState<string[]>([])
  const searching = search.trim() !== ''
  const shown = matchingGroups(groups, search)
  const wrong = shown.filter(({ fields }) => fields.some(({ field }) => source.errors[field] !== undefined))
  const open = searching ? shown : wrong
  return (
    <>
      <TextInput
        type="search"
        aria-label="Find a setting"
        placeholder="Find a setting by its name, or by what it does"
        leftSection={<IconSearch size={15} aria-hidden />}
        mb="sm"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {shown.length === 0 && (
        <Text fz="sm" c="dimmed" role="status">
          No setting matches.
        </Text>
      )}
      <Accordion
        multiple
        variant="contained"
        order={3}
        keepMounted={false}
        value={[...new Set([...opened, ...open.map(({ id }) => id)])]}
        onChange={(next) => searching || setOpened(next)}
        classNames={{ control: classes.groupControl, label: classes.groupLabel }}
      >
        {shown.map((group) => (
          <Accordion.Item key={group.id} value={group.id}>
            <Accordion.Control>
              <GroupTitle group={group} source={source} />
            </Accordion.Control>
            <Accordion.Panel>
              <FieldList fields={group.fields} source={source} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </>
  )
}

function GroupTitle<K extends string>({ group, source }: { group: FieldGroup<K>; source: FieldSource<K> }) {
  const own = group.fields.filter(({ field }) => source.isOwn(field)).length
  return (
    <span className={classes.groupTitle}>
      <span>
        <Text component="span" fz="sm" fw={600} display="block">
          {group.title}
        </Text>
        <Text component="span" fz="xs" c="dimmed" display="block">
          {group.about}
        </Text>
      </span>
      {own > 0 && <span className={classes.count}>{own} set</span>}
    </span>
  )
}
