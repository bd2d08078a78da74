import { IconBan, IconFingerprint, IconListDetails, IconPlus, IconZoomScan } from '@tabler/icons-react'
import type { Workbench } from '../../stores/workbench.ts'
import type { PaletteAction, Section } from '../section.ts'
import { countOf, openDialog, revoke } from './commands.ts'
import { selectionOf } from './selection.ts'
import { Tokens } from './tokens.tsx'

export const tokensSection: Section = {
  id: 'tokens',
  label: 'Tokens',
  Icon: IconFingerprint,
  Component: Tokens,
  actions: (workbench) => [
    {
      id: 'tokens.issue',
      label: 'Issue a token',
      keywords: 'new create get mint access refresh',
      icon: <IconPlus size={16} aria-hidden />,
      run: () => openDialog(workbench, 'issue'),
    },
    {
      id: 'tokens.inspect',
      label: 'Inspect a token',
      description: 'Paste any token: decode it and check its signature',
      keywords: 'decode jwt verify paste',
      icon: <IconZoomScan size={16} aria-hidden />,
      run: () => openDialog(workbench, 'inspect'),
    },
    {
      id: 'tokens.denied',
      label: 'Show the deny list',
      description: 'Revoked tokens whose time is not over, and how long each stays',
      keywords: 'revoked denylist blacklist jti',
      icon: <IconListDetails size={16} aria-hidden />,
      run: () => workbench.navigation.go('tokens', null, { view: 'denied' }),
    },
    ...selectionActions(workbench),
  ],
}

function selectionActions(workbench: Workbench): PaletteAction[] {
  const jtis = chosen(workbench)
  if (jtis.length === 0) return []
  return [
    {
      id: 'tokens.revokeSelected',
      label: jtis.length === 1 ? 'Revoke the selected token' : `Revoke ${countOf(jtis.length)} selected`,
      keywords: 'deny list selection',
      icon: <IconBan size={16} aria-hidden />,
      run: () => void revoke(workbench, { jtis }),
    },
  ]
}

/** The marked tokens; without any, the one whose detail is open. */
function chosen(workbench: Workbench): string[] {
  const marked = [...selectionOf(workbench).getState().marked]
  if (marked.length > 0) return marked
  const { section, id } = workbench.navigation.store.getState()
  return section === 'tokens' && id !== null ? [id] : []
}
