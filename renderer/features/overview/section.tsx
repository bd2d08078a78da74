import { IconActivity } from '@tabler/icons-react'
import type { Section } from '../section.ts'
import { Overview } from './overview.tsx'

export const overviewSection: Section = {
  id: 'overview',
  label: 'Overview',
  Icon: IconActivity,
  Component: Overview,
}
