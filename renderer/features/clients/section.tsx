import { IconApps, IconKeyframes, IconPlus } from '@tabler/icons-react'
import type { Section } from '../section.ts'
import { Clients } from './clients.tsx'

export const clientsSection: Section = {
  id: 'clients',
  label: 'Clients & scopes',
  Icon: IconApps,
  Component: Clients,
  actions: ({ navigation }) => [
    {
      id: 'clients.add',
      label: 'Add a client',
      keywords: 'new create register application app',
      icon: <IconPlus size={16} aria-hidden />,
      run: () => navigation.go('clients', null, { new: 'client' }),
    },
    {
      id: 'scopes.add',
      label: 'Add a scope',
      keywords: 'new create permission',
      icon: <IconPlus size={16} aria-hidden />,
      run: () => navigation.go('clients', null, { tab: 'scopes', new: 'scope' }),
    },
  ],
  find: async ({ client, navigation }) => {
    const [clients, scopes] = await Promise.all([
      client.call('clients.list', {}),
      client.call('scopes.list', {}),
    ])
    return [
      ...clients.map(({ id, name }) => ({
        id: `client.${id}`,
        label: id,
        description: name === id ? 'Client' : `Client · ${name}`,
        icon: <IconApps size={16} aria-hidden />,
        run: () => navigation.go('clients', id),
      })),
      ...scopes.map(({ name, description }) => ({
        id: `scope.${name}`,
        label: name,
        description: description ? `Scope · ${description}` : 'Scope',
        icon: <IconKeyframes size={16} aria-hidden />,
        run: () => navigation.go('clients', name, { tab: 'scopes' }),
      })),
    ]
  },
}
