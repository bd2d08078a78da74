import { ActionIcon, Popover, SegmentedControl, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core'
import {
  IconBolt,
  IconCheck,
  IconClockBolt,
  IconCopy,
  IconDeviceDesktop,
  IconKeyboard,
  IconMoon,
  IconSun,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { ClockState } from '../../../shared/contract/operations/status.ts'
import { count } from '../../../shared/flow/words.ts'
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
import { formatRoute } from '../../stores/navigation.ts'
import { type ThemePreference, themePreferences } from '../../stores/theme.ts'
import { useCopy } from '../../ui/copy.tsx'
import { formatAbsolute, formatClock, formatDuration } from '../../ui/format/time.ts'
import { useKeyText } from '../../ui/keys.tsx'
import { useNow } from '../../ui/now.ts'
import { ClockControls } from '../settings/clock-panel.tsx'
import { useServerStopped } from './server-stopped.tsx'
import classes from './shell.module.css'
import { useZoom } from './zoom.ts'

export function StatusBar({ onShortcuts }: { onShortcuts: () => void }) {
  return (
    <footer className={classes.status}>
      <Connection />
      <IssuerUrl />
      <ClockReading />
      <ApiClock />
      <ArmedFaults />
      <Rate />
      <Zoom />
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
  const stopped = useServerStopped()
  if (state === 'open' && stopped)
    return (
      <span className={classes.connection} data-state="stopped" data-testid="connection">
        <span className={classes.dot} aria-hidden />
        Issuer stopped
      </span>
    )
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

/** The issuer's clock; behind it is all that moves it. */
function ClockReading() {
  const setting = useClockSetting()
  const [opened, setOpened] = useState(false)
  if (!setting) return null
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" trapFocus shadow="md" width={430}>
      <Popover.Target>
        <UnstyledButton
          className={isSimulated(setting) ? classes.simulated : classes.clock}
          data-testid={isSimulated(setting) ? 'simulated-clock' : 'issuer-clock'}
          title="Move, freeze or reset the issuer's clock"
          onClick={() => setOpened(!opened)}
        >
          <ClockFace setting={setting} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.clockPanel} data-testid="clock-popover">
        <ClockControls />
      </Popover.Dropdown>
    </Popover>
  )
}

function ClockFace({ setting }: { setting: ClockState }) {
  const now = useNow()
  if (!isSimulated(setting)) {
    return (
      <>
        <VisuallyHidden>Issuer's clock: </VisuallyHidden>
        {formatClock(now)}
      </>
    )
  }
  return (
    <>
      <IconClockBolt size={14} aria-hidden />
      {setting.frozen ? 'Clock frozen' : 'Simulated clock'}
      {shiftOf(setting.offsetMs / 1000)} · {formatAbsolute(now)}
    </>
  )
}

/** " +1 h", " −30 s", or nothing. */
function shiftOf(seconds: number): string {
  const whole = Math.round(seconds)
  return whole === 0 ? '' : ` ${whole > 0 ? '+' : '−'}${formatDuration(whole)}`
}

/** Says so as long as the sample API goes by another time than the issuer. */
function ApiClock() {
  const { data } = useOperation('settings.get', {})
  if (!data || data.apiClockSkew === 0) return null
  return (
    <Tooltip label="/me and /items judge expiry by a clock of their own. The issuer's clock, beside this, sets it back">
      <span className={classes.simulated} data-testid="api-skew">
        <IconClockBolt size={14} aria-hidden />
        API clock{shiftOf(data.apiClockSkew)}
      </span>
    </Tooltip>
  )
}

/** How many faults are armed, on the way to them: what looks like a bug of an app may be one of these. */
function ArmedFaults() {
  const { data } = useOperation('status.get', {})
  if (!data) return null
  const { armedFaults } = data.counts
  return (
    <Tooltip label={armedFaults > 0 ? 'The issuer misbehaves on purpose' : 'The issuer behaves'}>
      <a
        className={armedFaults > 0 ? classes.simulated : classes.faults}
        href={formatRoute({ section: 'faults', id: null, params: {} })}
        data-testid="armed-faults"
      >
        <IconBolt size={14} aria-hidden />
        {armedFaults === 0 ? 'No faults' : `${count(armedFaults, 'fault')} armed`}
      </a>
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

/** Says how large the desktop's window draws, when it is not 100 %; the keys for it are the menu's. */
function Zoom() {
  const percent = useZoom()
  const { data } = useOperation('status.get', {})
  const textOf = useKeyText()
  // A browser shows its own, and may have panes beside the page.
  if (percent === 100 || data?.host !== 'desktop') return null
  return (
    <Tooltip label={`${textOf('mod+0')} sets it back to 100 %`}>
      <span data-testid="zoom">{percent} %</span>
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
