import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconArrowRight, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useWorkbench } from '../../stores/hooks.ts'
import type { Workbench } from '../../stores/workbench.ts'
import type { PaletteAction } from '../section.ts'
import { sections } from './sections.ts'

const toGroup = (group: string, actions: PaletteAction[]): SpotlightActionGroupData => ({
  group,
  actions: actions.map(({ run, icon, ...action }) => ({
    ...action,
    leftSection: icon ?? <IconArrowRight size={16} aria-hidden />,
    onClick: run,
  })),
})

const sectionActions = ({ navigation }: Workbench): PaletteAction[] =>
  sections.map(({ id, label, Icon }, index) => ({
    id: `go.${id}`,
    label,
    description: `Go to section ${index + 1}`,
    icon: <Icon size={16} aria-hidden />,
    run: () => navigation.go(id),
  }))

/** What the sections find; one that fails (the core is away) finds nothing. */
const findAll = (workbench: Workbench) =>
  Promise.all(
    sections.map(async ({ label, find }) => toGroup(label, (await find?.(workbench).catch(() => [])) ?? [])),
  )

/** Ctrl/Cmd+K: every section, every action, every user, client and recipe by name. */
export function Palette({ extra }: { extra: PaletteAction[] }) {
  const workbench = useWorkbench()
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<SpotlightActionGroupData[]>([])
  const own = sections.flatMap(({ actions }) => actions?.(workbench) ?? [])
  const groups = [
    toGroup('Sections', sectionActions(workbench)),
    toGroup('Actions', [...own, ...extra]),
    ...found,
  ].filter(({ actions }) => actions.length > 0)
  function open() {
    // Mantine forgets the last query only once the palette has faded away; it may be back before.
    setQuery('')
    void findAll(workbench).then(setFound)
  }

  return (
    <Spotlight
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      triggerOnContentEditable
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
