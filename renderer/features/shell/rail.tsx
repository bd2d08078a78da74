import { Tooltip, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useStore } from 'zustand/react'
import { useRoute, useWorkbench } from '../../stores/hooks.ts'
import { formatRoute } from '../../stores/navigation.ts'
import { keysOf } from '../../stores/shortcuts.ts'
import { ariaKeys } from '../../ui/format/keys.ts'
import { useKeyText } from '../../ui/keys.tsx'
import { Mark } from '../../ui/logo.tsx'
import { sections } from './sections.ts'
import classes from './shell.module.css'

export function Rail() {
  const { section } = useRoute()
  const keysFor = useKeysFor()
  const palette = keysFor('shell.palette')
  return (
    <nav className={classes.rail} aria-label="Sections">
      <div className={classes.brand}>
        <Mark />
        <span className={classes.brandName}>Grantscope</span>
      </div>
      <Tooltip label={`Command palette${palette.hint}`} position="right">
        <UnstyledButton
          className={classes.railLink}
          onClick={spotlight.open}
          aria-keyshortcuts={palette.aria}
        >
          <IconSearch size={18} stroke={1.7} aria-hidden />
          <span>Search</span>
        </UnstyledButton>
      </Tooltip>
      <ul className={classes.railList}>
        {sections.map(({ id, label, Icon }) => (
          <li key={id}>
            <Tooltip label={`${label}${keysFor(`go.${id}`).hint}`} position="right">
              <a
                className={classes.railLink}
                href={formatRoute({ section: id, id: null, params: {} })}
                aria-current={id === section ? 'page' : undefined}
                aria-keyshortcuts={keysFor(`go.${id}`).aria}
                data-testid={`nav-${id}`}
              >
                <Icon size={18} stroke={1.7} aria-hidden />
                <span>{label}</span>
              </a>
            </Tooltip>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The keys of a command: in brackets behind its name, and as assistive technology reads them. */
function useKeysFor() {
  const { shortcuts } = useWorkbench()
  const state = useStore(shortcuts.store)
  const textOf = useKeyText()
  return (id: string): { hint: string; aria: string | undefined } => {
    const command = state.commands.find((one) => one.id === id)
    const keys = command ? keysOf(command, state) : null
    return keys === null
      ? { hint: '', aria: undefined }
      : { hint: ` (${textOf(keys)})`, aria: ariaKeys(keys) }
  }
}
