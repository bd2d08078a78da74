import { IconClipboardText, IconFlask, IconHistory } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { LoadingRows } from '../../ui/states.tsx'
import type { Section } from '../section.ts'
import { LabHeader } from './lab-header.tsx'

// The editors come with it, which no other section needs.
const load = () => import('./lab.tsx')
const Lab = lazy(load)

const LabSection = () => (
  <>
    <LabHeader />
    <Suspense fallback={<LoadingRows label="Reading the lab" />}>
      <Lab />
    </Suspense>
  </>
)

export const labSection: Section = {
  id: 'lab',
  label: 'JWT lab',
  Icon: IconFlask,
  Component: LabSection,
  prepare: load,
  actions: ({ navigation, lab }) => [
    {
      id: 'lab.new',
      label: 'Take a token apart',
      description: 'Empty the JWT lab and paste into it',
      keywords: 'decode jwt jws jwe sd-jwt verify paste lab',
      icon: <IconClipboardText size={16} aria-hidden />,
      run: () => {
        lab.setText('')
        navigation.go('lab')
      },
    },
    ...(['edit', 'break', 'compare', 'send', 'key'] as const).map((tab) => ({
      id: `lab.${tab}`,
      label: `JWT lab: ${tabLabels[tab]}`,
      keywords: 'token jwt sign forge attack diff api generate',
      icon: <IconFlask size={16} aria-hidden />,
      run: () => navigation.go('lab', null, { tab }),
    })),
    {
      id: 'lab.history',
      label: 'JWT lab: tokens seen',
      keywords: 'history recent',
      icon: <IconHistory size={16} aria-hidden />,
      run: () => navigation.go('lab', null, { open: 'history' }),
    },
  ],
}

const tabLabels = {
  edit: 'edit and sign',
  break: 'break a token',
  compare: 'compare two tokens',
  send: 'send to an API',
  key: 'make a key',
} as const
