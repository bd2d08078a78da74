import { spotlight } from '@mantine/spotlight'
import {
  IconCopy,
  IconFileImport,
  IconKeyboard,
  IconMoon,
  IconPlayerPlay,
  IconPlayerStop,
  IconSearch,
  IconSettings,
} from '@tabler/icons-react'
import { runCommand } from '../../stores/commands.ts'
import type { KeyedCommand } from '../../stores/shortcuts.ts'
import { themePreferences } from '../../stores/theme.ts'
import type { Workbench } from '../../stores/workbench.ts'
import { copyText } from '../../ui/clipboard.ts'
import { notifyDone } from '../../ui/notify.tsx'
import type { PaletteAction } from '../section.ts'
import { sections } from './sections.ts'

/** Something that can be done from anywhere, by the palette or by keys. */
export interface Command extends PaletteAction, KeyedCommand {
  /** Also while a dialog is open. */
  inDialogs?: boolean
  /** Where the palette lists it; null for what is no use in there. */
  group: 'Sections' | 'Actions' | null
}

/** What the frame lends its commands. */
export interface ShellDoes {
  showHelp: () => void
  pickFile: () => void
}

/** Every command there is now; the sections say theirs anew each time, since they depend on what is shown. */
export const listCommands = (workbench: Workbench, does: ShellDoes): Command[] => [
  ...sectionCommands(workbench),
  ...sections
    .flatMap(({ actions }) => actions?.(workbench) ?? [])
    .map((action): Command => ({ ...action, keys: null, group: 'Actions' })),
  ...shellCommands(workbench, does),
]

const sectionCommands = ({ navigation }: Workbench): Command[] =>
  sections.map(({ id, label, Icon }, index) => ({
    id: `go.${id}`,
    label,
    description: `Go to section ${index + 1}`,
    icon: <Icon size={16} aria-hidden />,
    keys: sectionKeys(id, index),
    group: 'Sections',
    run: () => navigation.go(id),
  }))

/** Settings have the keys they have everywhere; the others go by their place in the rail. */
function sectionKeys(id: string, index: number): string | null {
  if (id === 'settings') return 'mod+,'
  return index < 9 ? `mod+${index + 1}` : null
}

const shellCommands = (workbench: Workbench, { showHelp, pickFile }: ShellDoes): Command[] => [
  {
    id: 'shell.palette',
    label: 'Open the command palette',
    icon: <IconSearch size={16} aria-hidden />,
    keys: 'mod+K',
    group: null,
    inDialogs: true,
    run: spotlight.toggle,
  },
  {
    id: 'shell.shortcuts',
    label: 'Show keyboard shortcuts',
    keywords: 'help keys',
    icon: <IconKeyboard size={16} aria-hidden />,
    keys: '?',
    group: 'Actions',
    run: showHelp,
  },
  {
    id: 'shell.rebind',
    label: 'Change keyboard shortcuts',
    keywords: 'rebind keys bindings',
    icon: <IconSettings size={16} aria-hidden />,
    keys: null,
    group: 'Actions',
    run: () => workbench.navigation.go('settings', null, { panel: 'shortcuts' }),
  },
  {
    id: 'shell.open',
    label: 'Open a file…',
    description: 'A token, a key, a HAR, a workspace or a scenario',
    keywords: 'import load har jwt json drop',
    icon: <IconFileImport size={16} aria-hidden />,
    keys: 'mod+O',
    group: 'Actions',
    run: pickFile,
  },
  ...serverCommands(workbench),
  ...themePreferences.map(
    (choice): Command => ({
      id: `shell.theme.${choice}`,
      label: `Use the ${choice} theme`,
      keywords: 'theme colour color scheme appearance',
      icon: <IconMoon size={16} aria-hidden />,
      keys: null,
      group: 'Actions',
      run: () => workbench.theme.set(choice),
    }),
  ),
]

const serverCommands = ({ client, report }: Workbench): Command[] => [
  {
    id: 'server.copy',
    label: 'Copy the issuer URL',
    keywords: 'clipboard address',
    icon: <IconCopy size={16} aria-hidden />,
    keys: null,
    group: 'Actions',
    run: () => void copyIssuer(client, report),
  },
  {
    id: 'server.stop',
    label: 'Stop the issuer',
    description: 'Apps find nobody there, as with a provider that is down',
    keywords: 'server off port close outage',
    icon: <IconPlayerStop size={16} aria-hidden />,
    keys: null,
    group: 'Actions',
    run: () => void runCommand(client, report, 'server.stop', {}),
  },
  {
    id: 'server.start',
    label: 'Start the issuer',
    keywords: 'server on port open',
    icon: <IconPlayerPlay size={16} aria-hidden />,
    keys: null,
    group: 'Actions',
    run: () => void runCommand(client, report, 'server.start', {}),
  },
]

async function copyIssuer(client: Workbench['client'], report: Workbench['report']): Promise<void> {
  const title = 'The issuer URL was not copied'
  try {
    const { issuer } = await client.call('status.get', {})
    if (await copyText(issuer)) notifyDone(`Copied ${issuer}`)
    else report(title, `Copy it by hand: ${issuer}`)
  } catch (error) {
    report(title, (error as Error).message)
  }
}
