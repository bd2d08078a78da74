import { Button, Group, NativeSelect, SegmentedControl, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowBackUp, IconChevronDown, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { CheckRow } from '../../../shared/contract/operations/checks.ts'
import type { CheckLevels } from '../../../shared/contract/values.ts'
import { type CheckFilter, type CheckLevel, levelChoices, shownChecks, withLevel } from './check-rows.ts'
import classes from './fields.module.css'

export interface CheckLevelsProps {
  checks: readonly CheckRow[]
  /** Levels set here, by check. */
  own: CheckLevels
  onChange: (own: CheckLevels) => void
  /** The level a check has when none is set here. */
  inherited: (check: CheckRow) => CheckLevel
  /** Where that comes from: "As profile". */
  inheritedFrom: string
  /** What is wrong with them. */
  error?: string
}

/** Every rule a client can break, and what happens when it does: as inherited, or as set here. Opened when asked to. */
export function CheckLevelsEditor(props: CheckLevelsProps) {
  const { checks, own, onChange, error } = props
  const [opened, { toggle }] = useDisclosure()
  const differing = Object.keys(own).length
  return (
    <>
      <Group gap="sm">
        <Button
          variant="default"
          aria-expanded={opened}
          rightSection={<IconChevronDown size={15} aria-hidden className={classes.chevron} />}
          onClick={toggle}
        >
          {opened ? 'Hide the checks' : 'Choose levels'}
        </Button>
        <Text fz="xs" c="dimmed" role="status" flex={1}>
          {differing} of {checks.length} set here
        </Text>
        {differing > 0 && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={15} aria-hidden />}
            onClick={() => onChange({})}
          >
            Set none here
          </Button>
        )}
      </Group>
      {error && (
        <Text fz="xs" c="var(--gs-bad)" role="alert" mt="sm">
          {error}
        </Text>
      )}
      {opened && <CheckList {...props} />}
    </>
  )
}

function CheckList(props: CheckLevelsProps) {
  const { checks, own } = props
  const [search, setSearch] = useState('')
  const [filter, setFilter] = useState<CheckFilter>('changeable')
  const shown = shownChecks(checks, own, { filter, search })
  return (
    <>
      <Group gap="sm" my="sm">
        <TextInput
          flex="1 1 180px"
          type="search"
          aria-label="Search checks"
          placeholder="pkce, RFC 9700, redirect …"
          leftSection={<IconSearch size={15} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label="Checks shown"
          value={filter}
          onChange={setFilter}
          data={[
            { value: 'changeable', label: 'Can be eased' },
            { value: 'own', label: `Set here (${Object.keys(own).length})` },
            { value: 'all', label: 'All' },
          ]}
        />
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={classes.checks} aria-label="Checks" tabIndex={0}>
        {shown.map((check) => (
          <CheckRowEditor key={check.id} {...props} check={check} />
        ))}
        {shown.length === 0 && (
          <Text fz="sm" c="dimmed" p="md">
            {filter === 'own' && search === '' ? 'No level is set here.' : 'No check matches.'}
          </Text>
        )}
      </section>
    </>
  )
}

function CheckRowEditor({
  check,
  own,
  onChange,
  inherited,
  inheritedFrom,
}: CheckLevelsProps & { check: CheckRow }) {
  const { id, title, spec, endpoints, changeable } = check
  const level = own[id]
  return (
    <div className={classes.check} data-own={level !== undefined || undefined} data-testid={`check-${id}`}>
      <div className={classes.checkText}>
        <Text fz="sm">{title}</Text>
        <Text fz="xs" c="dimmed">
          <span className={classes.name}>{id}</span> · {spec}
        </Text>
        <Text fz="xs" c="dimmed">
          at {endpoints.join(', ')}
        </Text>
      </div>
      {changeable ? (
        <NativeSelect
          size="xs"
          className={classes.checkLevel}
          aria-label={`Level of ${id}`}
          value={level ?? ''}
          onChange={(event) =>
            onChange(
              withLevel(
                own,
                id,
                levelChoices.find(({ value }) => value === event.currentTarget.value)?.value ?? null,
              ),
            )
          }
          data={[{ value: '', label: `${inheritedFrom}: ${inherited(check)}` }, ...levelChoices]}
        />
      ) : (
        <Text
          fz="xs"
          c="dimmed"
          className={classes.checkLevel}
          title="Broken, it leaves nothing to go on with."
        >
          Always enforced
        </Text>
      )}
    </div>
  )
}
