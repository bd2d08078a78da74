import { Tooltip, UnstyledButton } from '@mantine/core'
import { useOs } from '@mantine/hooks'
import { spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useRoute } from '../../stores/hooks.ts'
import { formatRoute } from '../../stores/navigation.ts'
import { Mark } from '../../ui/logo.tsx'
import { sections } from './sections.ts'
import classes from './shell.module.css'

export function Rail() {
  const { section } = useRoute()
  const mod = useOs() === 'macos' ? '⌘' : 'Ctrl+'
  return (
    <nav className={classes.rail} aria-label="Sections">
      <div className={classes.brand}>
        <Mark />
        <span className={classes.brandName}>Grantscope</span>
      </div>
      <Tooltip label={`Command palette (${mod}K)`} position="right">
        <UnstyledButton
          className={classes.railLink}
          onClick={spotlight.open}
          aria-keyshortcuts="Control+K Meta+K"
        >
          <IconSearch size={18} stroke={1.7} aria-hidden />
          <span>Search</span>
        </UnstyledButton>
      </Tooltip>
      <ul className={classes.railList}>
        {sections.map(({ id, label, Icon }, index) => (
          <li key={id}>
            <Tooltip label={`${label} (${mod}${index + 1})`} position="right">
              <a
                className={classes.railLink}
                href={formatRoute({ section: id, id: null, params: {} })}
                aria-current={id === section ? 'page' : undefined}
                aria-keyshortcuts={`Control+${index + 1} Meta+${index + 1}`}
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
