import { IconBuildingBank, IconPlus } from '@tabler/icons-react'
import type { Section } from '../section.ts'
import { Issuers } from './issuers.tsx'

export const issuersSection: Section = {
  id: 'issuers',
  label: 'Issuers',
  Icon: IconBuildingBank,
  Component: Issuers,
  actions: ({ navigation }) => [
    {
      id: 'issuers.add',
      label: 'Add an issuer',
      keywords: 'new create tenant realm authorization server',
      icon: <IconPlus size={16} aria-hidden />,
      run: () => navigation.go('issuers', null, { new: '1' }),
    },
    {
      id: 'issuers.default',
      label: "Change the default issuer's settings",
      keywords: 'lifetime signing algorithm rotation profile claims registration resources checks',
      icon: <IconBuildingBank size={16} aria-hidden />,
      run: () => navigation.go('issuers', 'default'),
    },
  ],
  find: async ({ client, navigation }) =>
    (await client.call('issuers.list', {})).map(({ name, url }) => ({
      id: `issuer.${name}`,
      label: name,
      description: url ? `Issuer · ${url}` : 'Issuer',
      icon: <IconBuildingBank size={16} aria-hidden />,
      run: () => navigation.go('issuers', name),
    })),
}
