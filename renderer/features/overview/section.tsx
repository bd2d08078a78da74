import { IconActivity, IconMap2 } from '@tabler/icons-react'
import { runCommand } from '../../stores/commands.ts'
import type { Section } from '../section.ts'
import { Overview } from './overview.tsx'

export const overviewSection: Section = {
  id: 'overview',
  label: 'Overview',
  Icon: IconActivity,
  Component: Overview,
  actions: ({ client, navigation, report }) => [
    {
      id: 'overview.tour',
      label: 'Start the tour',
      description: 'A login that works, one that does not, and how to mend it',
      keywords: 'first run help introduction broken',
      icon: <IconMap2 size={16} aria-hidden />,
      run: async () => {
        navigation.go('overview')
        await runCommand(client, report, 'tour.change', { skipped: false, restart: true })
      },
    },
  ],
}
