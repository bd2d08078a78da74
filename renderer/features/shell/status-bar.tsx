import { ActionIcon, SegmentedControl, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core'
import {
  IconCheck,
  IconClockBolt,
  IconCopy,
  IconDeviceDesktop,
  IconKeyboard,
  IconMoon,
  IconSun,
} from '@tabler/icons-react'
import { isSimulated } from '../../stores/clock.ts'
import type { ConnectionState } from '../../stores/connection.ts'
import {
  useClockSetting,
  useConnectionState,
  useExchangeRate,
  useOperation,
  useThemePreference,
  useWorkbench,
} from '../../stores/hooks.ts'
import { type ThemePreference, themePreferences } from '../../stores/theme.ts'
import { useCopy } from '../../ui/copy.tsx'
import { formatAbsolute, formatClock, formatDuration } from '../../ui/format/time.ts'
import { useNow } from '../../ui/now.ts'
import classes from './shell.module.css'

export function StatusBar({ onShortcuts }: { onShortcuts: () => void }) {
  return (
    <footer className={classes.status}>
      <Connection />
      <IssuerUrl />
      <ClockReading />
      <Rate />
      <div className={classes.statusEnd}>
        <Tooltip label="Keyboard shortcuts (?)">
          <ActionIcon size={24} onClick={onShortcuts} aria-label="Keyboard shortcuts" aria-keyshortcuts="?">
            <IconKeyboard size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <ThemeSwitch />
      </div>
    </footer>
  )
}

const connectionWords: Record<ConnectionState, string> = {
  connecting: 'Connecting',
  open: 'Connected',
  closed: 'Reconnecting',
  refused: 'Not connected',
}

function Connection() {
  const state = useConnectionState()
  return (
    <span className={classes.connection} data-state={state} data-testid="connection">
      <span className={classes.dot} aria-hidden />
      {connectionWords[state]}
    </span>
  )
}

function IssuerUrl() {
  const { data } = useOperation('status.get', {})
  const { outcome, copy } = useCopy('Issuer URL')
  if (!data) return null
  const Icon = outcome === 'copied' ? IconCheck : IconCopy
  return (
    <Tooltip label={outcome === 'copied' ? 'Copied' : 'Copy the issuer URL'}>
      <UnstyledButton
        className={classes.issuer}
        onClick={() => copy(data.issuer)}
        aria-label={`Copy issuer URL ${data.issuer}`}
      >
        <span data-testid="issuer-url">{data.issuer}</span>
        <Icon size={13} aria-hidden />
      </UnstyledButton>
    </Tooltip>
  )
}

function ClockReading() {
  const { navigation } = useWorkbench()
  const setting = useClockSetting()
  const now = useNow()
  if (!setting) return null
  if (!isSimulated(setting))
    return (
      <Tooltip label="The issuer's clock shows real time">
        <span className={classes.clock}>{formatClock(now)}</span>
      </Tooltip>
    )
  const offset = Math.round(setting.offsetMs / 1000)
  const shift = offset === 0 ? '' : ` ${offset > 0 ? '+' : '−'}${formatDuration(offset)}`
  return (
    <Tooltip label="The issuer's clock is not real time. Open its settings">
      <UnstyledButton
        className={classes.simulated}
        data-testid="simulated-clock"
        onClick={() => navigation.go('settings', null, { panel: 'clock' })}
      >
        <IconClockBolt size={14} aria-hidden />
        {setting.frozen ? 'Clock frozen' : 'Simulated clock'}
        {shift} · {formatAbsolute(now)}
      </UnstyledButton>
    </Tooltip>
  )
}

function Rate() {
  const rate = useExchangeRate()
  return (
    <Tooltip label="Exchanges per second, over the last five seconds">
      <span className={classes.rate}>{rate.toFixed(1)} exchanges/s</span>
    </Tooltip>
  )
}

const themes: Record<ThemePreference, { label: string; Icon: typeof IconSun }> = {
  system: { label: 'Theme of the system', Icon: IconDeviceDesktop },
  light: { label: 'Light theme', Icon: IconSun },
  dark: { label: 'Dark theme', Icon: IconMoon },
}

function ThemeSwitch() {
  const { theme } = useWorkbench()
  const preference = useThemePreference()
  return (
    <SegmentedControl
      aria-label="Theme"
      className={classes.theme}
      value={preference}
      onChange={theme.set}
      data-testid="theme-switch"
      data={themePreferences.map((value) => ({ value, label: <ThemeIcon choice={value} /> }))}
    />
  )
}

function ThemeIcon({ choice }: { choice: ThemePreference }) {
  const { label, Icon } = themes[choice]
  return (
    <span title={label} className={classes.themeIcon}>
      <Icon size={14} aria-hidden />
      <VisuallyHidden>{label}</VisuallyHidden>
    </span>
  )
}
