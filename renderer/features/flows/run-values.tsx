import { Button, Group, Table, Text } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useState } from 'react'
import type { FlowRun, FlowValue } from '../../../shared/contract/operations/flows.ts'
import { count } from '../../../shared/flow/words.ts'
import { useWorkbench } from '../../stores/hooks.ts'
import { CopyButton } from '../../ui/copy.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './flows.module.css'

/** What a client remembers between its requests. */
export function RunValues({ run }: { run: FlowRun }) {
  const { values, cookies } = run
  const [open, setOpen] = useState(false)
  const facts = [count(values.length, 'value'), cookies.length > 0 && count(cookies.length, 'cookie')]
  return (
    <Panel
      title="What the client holds"
      description={`${facts.filter(Boolean).join(' and ')}: made when the flow began, or kept from an answer.`}
      actions={
        <Button size="xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide' : 'Show'}
        </Button>
      }
      testId="flow-values"
    >
      {open && (
        <Table.ScrollContainer minWidth={420}>
          <Table verticalSpacing={4} className={classes.values} aria-label="Values of the flow">
            <Table.Tbody>
              {values.map((value, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice, from two steps
                <ValueRow key={index} value={value} />
              ))}
              {cookies.map(({ host, name, value }) => (
                <Table.Tr key={`${host} ${name}`}>
                  <Table.Th scope="row">{name}</Table.Th>
                  <Table.Td className={classes.mono}>{value}</Table.Td>
                  <Table.Td>cookie of {host}</Table.Td>
                  <Table.Td>
                    <CopyButton value={value} what={name} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  )
}

function ValueRow({ value: { name, value, step } }: { value: FlowValue }) {
  const { lab, navigation } = useWorkbench()
  const jwt = /^eyJ[\w-]+\.[\w-]*(\.[\w-]*)*$/.test(value)
  return (
    <Table.Tr>
      <Table.Th scope="row">{name}</Table.Th>
      <Table.Td className={classes.mono}>
        <div className={classes.valueText}>{value}</div>
      </Table.Td>
      <Table.Td>
        <Text fz="xs" c="dimmed" component="span">
          {step === null ? 'made at the start' : `step ${step + 1}`}
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap={2} wrap="nowrap">
          <CopyButton value={value} what={name} />
          {jwt && (
            <Button
              variant="default"
              size="compact-xs"
              leftSection={<IconFlask size={14} aria-hidden />}
              onClick={() => {
                lab.setText(value, true)
                navigation.go('lab')
              }}
            >
              Open in JWT lab
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}
