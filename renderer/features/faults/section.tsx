import { IconBolt, IconBoltOff, IconDeviceFloppy, IconPlus } from '@tabler/icons-react'
import { runCommand } from '../../stores/commands.ts'
import type { Section } from '../section.ts'
import { Faults } from './faults.tsx'
import { NEW, PRESETS } from './routes.ts'
import { faultSentence } from './sentence.ts'

export const faultsSection: Section = {
  id: 'faults',
  label: 'Faults',
  Icon: IconBolt,
  Component: Faults,
  actions: ({ navigation, client, report }) => [
    {
      id: 'faults.add',
      label: 'Add a fault',
      keywords: 'new create rule error delay hang drop inject chaos',
      icon: <IconPlus size={16} aria-hidden />,
      run: () => navigation.go('faults', NEW),
    },
    {
      id: 'faults.presets',
      label: 'Arm a ready-made fault',
      keywords: 'preset slow timeout 503 429 invalid_grant',
      icon: <IconBolt size={16} aria-hidden />,
      run: () => navigation.go('faults', PRESETS),
    },
    {
      id: 'faults.disarm',
      label: 'Disarm all faults',
      keywords: 'off stop rest behave',
      icon: <IconBoltOff size={16} aria-hidden />,
      run: () => void runCommand(client, report, 'faults.disarm', {}),
    },
    {
      id: 'faults.reset',
      label: 'Reset the counters of all faults',
      keywords: 'spent again rearm',
      icon: <IconBolt size={16} aria-hidden />,
      run: () => void runCommand(client, report, 'faults.reset', {}),
    },
    {
      id: 'scenarios.save',
      label: 'Save the faults as a scenario',
      keywords: 'new bundle export keep state',
      icon: <IconDeviceFloppy size={16} aria-hidden />,
      run: () => navigation.go('faults', null, { tab: 'scenarios', new: '1' }),
    },
    {
      id: 'scenarios.show',
      label: 'Apply a scenario',
      keywords: 'load bundle import open',
      icon: <IconDeviceFloppy size={16} aria-hidden />,
      run: () => navigation.go('faults', null, { tab: 'scenarios' }),
    },
  ],
  find: async ({ client, navigation }) => {
    const [faults, scenarios] = await Promise.all([
      client.call('faults.list', {}),
      client.call('scenarios.list', {}),
    ])
    return [
      ...faults.map((fault) => ({
        id: `fault.${fault.id}`,
        label: fault.name,
        description: `Fault · ${fault.state} · ${faultSentence(fault)}`,
        icon: <IconBolt size={16} aria-hidden />,
        run: () => navigation.go('faults', fault.id),
      })),
      ...scenarios.map(({ id, file: { name, about } }) => ({
        id: `scenario.${id}`,
        label: name,
        description: about === '' ? 'Scenario' : `Scenario · ${about}`,
        icon: <IconDeviceFloppy size={16} aria-hidden />,
        run: () => navigation.go('faults', id, { tab: 'scenarios' }),
      })),
    ]
  },
}
