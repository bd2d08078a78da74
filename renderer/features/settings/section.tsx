import { IconClockBolt, IconDownload, IconServer, IconSettings } from '@tabler/icons-react'
import { runCommand } from '../../stores/commands.ts'
import type { Section } from '../section.ts'
import { Settings } from './settings.tsx'

export const settingsSection: Section = {
  id: 'settings',
  label: 'Settings',
  Icon: IconSettings,
  Component: Settings,
  actions: ({ navigation, client, report }) => [
    {
      id: 'settings.clock',
      label: "Move the issuer's clock",
      keywords: 'time travel freeze offset expire',
      icon: <IconClockBolt size={16} aria-hidden />,
      run: () => navigation.go('settings', null, { panel: 'clock' }),
    },
    {
      id: 'settings.clock.reset',
      label: "Set the issuer's clock back to real time",
      keywords: 'time unfreeze',
      icon: <IconClockBolt size={16} aria-hidden />,
      run: () => void runCommand(client, report, 'clock.set', { offsetMs: 0, frozen: false }),
    },
    {
      id: 'settings.workspace',
      label: 'Export, import or reset the workspace',
      keywords: 'save load backup demo file json',
      icon: <IconDownload size={16} aria-hidden />,
      run: () => navigation.go('settings', null, { panel: 'workspace' }),
    },
    {
      id: 'settings.server',
      label: 'Server, ports and notifications',
      keywords: 'tray window port close keep running notify',
      icon: <IconServer size={16} aria-hidden />,
      run: () => navigation.go('settings', null, { panel: 'server' }),
    },
  ],
}
