import { Button, Text } from '@mantine/core'
import { IconArrowBackUp, IconBan, IconClockOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useStore } from 'zustand/react'
import type { TokenFilter } from '../../../shared/contract/operations/tokens.ts'
import { useWorkbench } from '../../stores/hooks.ts'
import type { Workbench } from '../../stores/workbench.ts'
import { countOf, expire, mostAtOnce, readJtis, restore, revoke } from './commands.ts'
import { allOf, noneOf, selectionOf } from './selection.ts'
import classes from './tokens.module.css'

interface SelectionBarProps {
  filter: TokenFilter
  /** How many tokens the filter leaves. */
  total: number
}

/** What can be done to the marked tokens; not there while none are. */
export function SelectionBar({ filter, total }: SelectionBarProps) {
  const workbench = useWorkbench()
  const selection = selectionOf(workbench)
  const marked = useStore(selection, (state) => state.marked)
  const [busy, setBusy] = useState(false)
  if (marked.size === 0) return null

  async function during(work: Promise<unknown>) {
    setBusy(true)
    await work
    setBusy(false)
  }
  const act = (command: (workbench: Workbench, jtis: string[]) => Promise<void>) => () =>
    void during(command(workbench, [...marked].slice(0, mostAtOnce)))

  const markAll = async () => {
    try {
      selection.setState(allOf(await readJtis(workbench, filter, { first: 0, count: total })))
    } catch (error) {
      workbench.report('The tokens could not be read', (error as Error).message)
    }
  }

  const most = Math.min(total, mostAtOnce)
  return (
    <div className={classes.selection} role="toolbar" aria-label="Selected tokens" data-save-bar>
      <Text fz="sm" fw={550} role="status" mr="auto" data-testid="selected-count">
        {countOf(marked.size)} selected
      </Text>
      {marked.size < most && (
        <Button variant="subtle" size="compact-xs" disabled={busy} onClick={() => void during(markAll())}>
          Select{' '}
          {most < total ? `the newest ${most.toLocaleString('en')}` : `all ${total.toLocaleString('en')}`}
        </Button>
      )}
      <Button
        variant="default"
        loading={busy}
        leftSection={<IconBan size={15} aria-hidden />}
        onClick={act(revoke)}
      >
        Revoke
      </Button>
      <Button
        variant="default"
        disabled={busy}
        leftSection={<IconClockOff size={15} aria-hidden />}
        onClick={act(expire)}
      >
        Expire now
      </Button>
      <Button
        variant="default"
        disabled={busy}
        leftSection={<IconArrowBackUp size={15} aria-hidden />}
        onClick={act(restore)}
      >
        Restore
      </Button>
      <Button variant="subtle" color="gray" onClick={() => selection.setState(noneOf())}>
        Clear selection
      </Button>
    </div>
  )
}
