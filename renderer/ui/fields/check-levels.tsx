import { Button, Group, NativeSelect, SegmentedControl, Text, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconSearch } from '@tabler/icons-react'
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

/** Every rule a client can break, and what happens when it does: as inherited, or as set here. */
export function CheckLevelsEditor(props: CheckLevelsProps) {
  const { checks, own, onChange, error } = props
  const [search, setSearch] = useState('')
  const [filter, setFilter] = useState<CheckFilter>('changeable')
  const shown = shownChecks(checks, own, { filter, search })
  const differing = Object.keys(own).length
  return (
    <>
      <Group gap="sm" mb="sm">
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
            { value: 'own', label: `Set here (${differing})` },
            { value: 'all', label: 'All' },
          ]}
        />
      </Group>
      {error && (
        <Text fz="xs" c="var(--gs-bad)" role="alert" mb="sm">
          {error}
        </Text>
      )}
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
      <Group justify="space-between" mt="sm" gap="sm">
        <Text fz="xs" c="dimmed" role="status">
          {shown.length} of {checks.length} checks shown; {differing} set here.
        </Text>
        {differing > 0 && (
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconArrowBackUp size={13} aria-hidden />}
            onClick={() => onChange({})}
          >
            Set none here
          </Button>
        )}
      </Group>
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
  const { id, title, spec, changeable } = check
  const level = own[id]
  return (
    <div className={classes.check} data-own={level !== undefined || undefined} data-testid={`check-${id}`}>
      <div className={classes.checkText}>
        <Text fz="sm">{title}</Text>
        <Text fz="xs" c="dimmed">
          <span className={classes.name}>{id}</span> · {spec}
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
