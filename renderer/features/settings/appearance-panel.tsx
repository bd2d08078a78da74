import { SegmentedControl } from '@mantine/core'
import { useThemePreference, useWorkbench } from '../../stores/hooks.ts'
import { themePreferences } from '../../stores/theme.ts'
import { Panel } from '../../ui/panel.tsx'

const labels = { system: 'As the system', light: 'Light', dark: 'Dark' } as const

export function AppearancePanel() {
  const { theme } = useWorkbench()
  const preference = useThemePreference()
  return (
    <Panel title="Appearance" description="Kept in this browser or window only.">
      <SegmentedControl
        aria-label="Theme"
        value={preference}
        onChange={theme.set}
        data={themePreferences.map((value) => ({ value, label: labels[value] }))}
      />
    </Panel>
  )
}
