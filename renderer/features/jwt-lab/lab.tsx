import { Tabs } from '@mantine/core'
import { useEffect } from 'react'
import type { ContractError } from '../../../shared/contract/envelope.ts'
import { useCoreEvents, useRoute, useWorkbench } from '../../stores/hooks.ts'
import { BreakTab } from './break-tab.tsx'
import { CompareTab } from './compare-tab.tsx'
import { ContentTab } from './content-tab.tsx'
import { EditTab } from './edit-tab.tsx'
import { HistoryDrawer } from './history-drawer.tsx'
import { KeyTab } from './key-tab.tsx'
import classes from './lab.module.css'
import { SendTab } from './send-tab.tsx'
import { TokenPanel } from './token-panel.tsx'
import { useLab } from './use-lab.ts'
import { Verdict } from './verdict.tsx'
import { VerifyPanel } from './verify-panel.tsx'

const tabs = [
  { id: 'content', label: 'Content', Panel: ContentTab },
  { id: 'edit', label: 'Edit and sign', Panel: EditTab },
  { id: 'break', label: 'Break', Panel: BreakTab },
  { id: 'compare', label: 'Compare', Panel: CompareTab },
  { id: 'send', label: 'Send', Panel: SendTab },
  { id: 'key', label: 'Make a key', Panel: KeyTab },
] as const

/** The token on the left, with what to verify it with; on the right the verdict, and what can be done. */
export default function Lab() {
  const { navigation, lab } = useWorkbench()
  const { params } = useRoute()
  useRecalled()
  useCoreEvents((event) => {
    const moved = event.type === 'clock' || event.type === 'resync'
    if (moved || (event.type === 'changed' && ['tokens', 'keys', 'workspace'].includes(event.noun)))
      void lab.recheck()
  })
  const current = tabs.find(({ id }) => id === params.tab) ?? tabs[0]
  return (
    <div className={classes.lab}>
      <div className={classes.source}>
        <div className={classes.token}>
          <TokenPanel />
        </div>
        <div className={classes.verify}>
          <VerifyPanel />
        </div>
      </div>
      <div className={classes.work}>
        <Verdict />
        <Tabs
          value={current.id}
          onChange={(tab) => navigation.setParams({ ...params, tab: tab ?? 'content' })}
          keepMounted={false}
          className={classes.tabPanels}
          variant="default"
        >
          <Tabs.List className={classes.tabs}>
            {tabs.map(({ id, label }) => (
              <Tabs.Tab key={id} value={id}>
                {label}
                {id === 'edit' && <ChangedMark />}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {tabs.map(({ id, Panel }) => (
            <Tabs.Panel key={id} value={id} pt="md">
              <Panel />
            </Tabs.Panel>
          ))}
        </Tabs>
      </div>
      <HistoryDrawer />
    </div>
  )
}

function ChangedMark() {
  const changed = useLab(
    ({ draft, original }) => draft.header !== original.header || draft.payload !== original.payload,
  )
  return changed ? <span className={classes.mark}> · unsigned changes</span> : null
}

/** `#/lab/12` opens the twelfth token of the history: its number may stand in an address, the token may not. */
function useRecalled() {
  const { client, lab, navigation, report } = useWorkbench()
  const { id } = useRoute()
  useEffect(() => {
    if (id === null) return
    const wanted = Number(id)
    navigation.select(null)
    client.call('lab.recall', { id: wanted }).then(
      ({ token }) => lab.setText(token),
      (error: ContractError) =>
        error.code === 'not_found' || error.code === 'invalid_input'
          ? report('It is no longer there', 'The history does not hold this token any more.')
          : report('The token could not be read', error.message),
    )
  }, [id, client, lab, navigation, report])
}
