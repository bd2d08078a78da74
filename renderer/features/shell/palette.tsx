import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconArrowRight, IconSearch } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useStore } from 'zustand/react'
import { useWorkbench } from '../../stores/hooks.ts'
import { keysOf } from '../../stores/shortcuts.ts'
import type { Workbench } from '../../stores/workbench.ts'
import { Keys } from '../../ui/keys.tsx'
import type { PaletteAction } from '../section.ts'
import type { Command } from './commands.tsx'
import { sections } from './sections.ts'

/** With the keys it answers to. */
type Listed = PaletteAction & { keys?: string | null }

const toGroup = (group: string, actions: readonly Listed[]): SpotlightActionGroupData => ({
  group,
  actions: actions.map(({ id, label, description, keywords, run, icon, keys }) => ({
    id,
    label,
    description,
    keywords,
    rightSection: keys && <Keys combo={keys} />,
    leftSection: icon ?? <IconArrowRight size={16} aria-hidden />,
    onClick: run,
  })),
})

/** A dialog that an action opens gives the keyboard back to where it was before the palette, whose own field is gone by then. */
const fromWhere = (
  group: SpotlightActionGroupData,
  from: () => Element | null,
): SpotlightActionGroupData => ({
  ...group,
  actions: group.actions.map(({ onClick, ...action }) => ({
    ...action,
    onClick: (event) => {
      const before = from()
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
      onClick?.(event)
    },
  })),
})

/** What the sections find; one that fails (the core is away) finds nothing. */
const findAll = (workbench: Workbench) =>
  Promise.all(
    sections.map(async ({ label, find }) => toGroup(label, (await find?.(workbench).catch(() => [])) ?? [])),
  )

/** Every section, every action, every user, client and recipe by name. */
export function Palette({ commands }: { commands: readonly Command[] }) {
  const workbench = useWorkbench()
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<SpotlightActionGroupData[]>([])
  const state = useStore(workbench.shortcuts.store)
  const listed = (wanted: Command['group']) =>
    commands
      .filter(({ group }) => group === wanted)
      .map((command) => ({ ...command, keys: keysOf(command, state) }))
  const groups = [
    toGroup('Sections', listed('Sections')),
    toGroup('Actions', listed('Actions')),
    ...found,
  ].filter(({ actions }) => actions.length > 0)
  const before = useRef<Element | null>(null)
  function open() {
    before.current = document.activeElement
    // Mantine forgets the last query only once the palette has faded away; it may be back before.
    setQuery('')
    void findAll(workbench).then(setFound)
  }

  return (
    <Spotlight
      actions={groups.map((group) => fromWhere(group, () => before.current))}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      onSpotlightOpen={open}
      nothingFound="Nothing has that name"
      highlightQuery
      attributes={{ content: { 'aria-label': 'Command palette' } }}
      overlayProps={{ opacity: 0.45, blur: 0 }}
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={17} aria-hidden />,
        placeholder: 'Go to a section, user, client or recipe, or do something',
        'aria-label': 'Search sections, actions and records',
      }}
    />
  )
}
