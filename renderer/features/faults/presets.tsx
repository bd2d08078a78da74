import { Anchor, Button, Text, TextInput, Title } from '@mantine/core'
import { IconBolt, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { Fault } from '../../../shared/contract/faults/fault.ts'
import type { FaultPreset } from '../../../shared/contract/faults/presets.ts'
import { useCommand, useOperation } from '../../stores/hooks.ts'
import { notifyUndo } from '../../ui/notify.tsx'
import { PageBody } from '../../ui/panel.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { ErrorState, LoadingRows } from '../../ui/states.tsx'
import classes from './faults.module.css'
import { groupPresets, matchesPreset } from './preset-groups.ts'

/** The ready-made faults, each armed by one press. */
export function Presets({ faults }: { faults: readonly Fault[] }) {
  const { data, error, reload } = useOperation('faults.presets', {})
  const [search, setSearch] = useState('')
  if (!data)
    return error ? (
      <ErrorState title="The presets could not be read" message={error.message} onRetry={reload} />
    ) : (
      <LoadingRows label="Reading the presets" />
    )
  const groups = groupPresets(data.filter((preset) => matchesPreset(preset, search)))
  return (
    <>
      <div className={classes.head}>
        <Title order={2} className={classes.name}>
          Presets
        </Title>
        <TextInput
          type="search"
          aria-label="Search presets"
          placeholder="Search presets"
          leftSection={<IconSearch size={15} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      <PageBody>
        {groups.length === 0 && (
          <Text fz="sm" c="dimmed" role="status">
            No preset matches.
          </Text>
        )}
        {groups.map(({ title, presets }) => (
          <section key={title} aria-label={title}>
            <Title order={3} mb={6}>
              {title}
            </Title>
            <ul className={classes.presets}>
              {presets.map((preset) => (
                <Preset
                  key={preset.id}
                  preset={preset}
                  armed={faults.find(({ name, state }) => state === 'armed' && name === preset.fault.name)}
                />
              ))}
            </ul>
          </section>
        ))}
      </PageBody>
    </>
  )
}

function Preset({ preset: { id, title, about }, armed }: { preset: FaultPreset; armed: Fault | undefined }) {
  const add = useCommand('faults.addPreset')
  const remove = useCommand('faults.delete')
  async function arm() {
    const result = await add.run({ preset: id })
    if (result.ok) notifyUndo(`${title}: armed`, () => void remove.run({ ids: [result.value.id] }))
  }
  return (
    <li className={classes.preset} data-testid={`preset-${id}`}>
      <div className={classes.presetText}>
        <Text fz="sm" fw={600}>
          {title}
        </Text>
        <Text fz="xs" c="dimmed">
          {about}
        </Text>
      </div>
      {armed ? (
        <Anchor href={`#/faults/${armed.id}`} underline="never" aria-label={`${title} is armed: open it`}>
          <StateBadge state="armed" />
        </Anchor>
      ) : (
        <Button
          variant="default"
          size="compact-sm"
          loading={add.pending}
          leftSection={<IconBolt size={14} aria-hidden />}
          aria-label={`Arm: ${title}`}
          onClick={() => void arm()}
        >
          Arm
        </Button>
      )}
    </li>
  )
}
