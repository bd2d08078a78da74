import { Button, Text } from '@mantine/core'
import { IconArrowBackUp, IconBan } from '@tabler/icons-react'
import { useState } from 'react'
import { useStore } from 'zustand/react'
import type { TokenFilter } from '../../../shared/contract/operations/tokens.ts'
import { useWorkbench } from '../../stores/hooks.ts'
import type { Workbench } from '../../stores/workbench.ts'
import { ChangeScopes } from './change-scopes.tsx'
import { type Choice, countOf, mostAtOnce, readJtis, restore, revoke } from './commands.ts'
import { ExpireButtons } from './expire-later.tsx'
import { allMatching, allOf, noneOf, selectionOf } from './selection.ts'
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
  const matching = useStore(selection, (state) => state.matching)
  const [busy, setBusy] = useState(false)
  const count = matching === null ? marked.size : total
  if (count === 0) return null
  const choice: Choice = matching === null ? { jtis: [...marked].slice(0, mostAtOnce) } : { filter: matching }

  async function during(work: Promise<unknown>) {
    setBusy(true)
    await work
    setBusy(false)
  }
  const act = (command: (workbench: Workbench, choice: Choice) => Promise<void>) => () =>
    void during(command(workbench, choice))

  const markAll = async () => {
    // Too many to name: what is done is done to all that match then.
    if (total > mostAtOnce) return selection.setState(allMatching(filter))
    try {
      selection.setState(allOf(await readJtis(workbench, filter, { first: 0, count: total })))
    } catch (error) {
      workbench.report('The tokens could not be read', (error as Error).message)
    }
  }

  return (
    <div className={classes.selection} role="toolbar" aria-label="Selected tokens" data-save-bar>
      <Text fz="sm" fw={550} role="status" mr="auto" data-testid="selected-count">
        {countOf(count)} selected
      </Text>
      {count < total && (
        <Button variant="subtle" size="compact-xs" disabled={busy} onClick={() => void during(markAll())}>
          Select all {total.toLocaleString('en')}
        </Button>
      )}
      {!filter.unexpired && (
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconBan size={15} aria-hidden />}
          onClick={act(revoke)}
        >
          Revoke
        </Button>
      )}
      <ExpireButtons
        choice={choice}
        disabled={busy}
        during={(work) => void during(work)}
        hint="At the issuer. A JWT keeps the exp it was signed with and never outlives it; others may end later, too."
      />
      {!filter.unexpired && (
        <ChangeScopes choice={choice} disabled={busy} during={(work) => void during(work)} />
      )}
      <Button
        variant="default"
        disabled={busy}
        leftSection={<IconArrowBackUp size={15} aria-hidden />}
        onClick={act(restore)}
      >
        {filter.unexpired ? 'Take off the list' : 'Restore'}
      </Button>
      <Button variant="subtle" color="gray" onClick={() => selection.setState(noneOf())}>
        Clear selection
      </Button>
    </div>
  )
}
