import { IconUser, IconUserPlus, IconUsers } from '@tabler/icons-react'
import type { Section } from '../section.ts'
import { Users } from './users.tsx'

export const usersSection: Section = {
  id: 'users',
  label: 'Users',
  Icon: IconUsers,
  Component: Users,
  actions: ({ navigation }) => [
    {
      id: 'users.add',
      label: 'Add a user',
      keywords: 'new create account',
      icon: <IconUserPlus size={16} aria-hidden />,
      run: () => navigation.go('users', null, { new: '1' }),
    },
  ],
  find: async ({ client, navigation }) => {
    const users = await client.call('users.list', {})
    return users.map((user) => ({
      id: `user.${user.id}`,
      label: user.username,
      description: [user.name, user.email].filter(Boolean).join(' · '),
      keywords: user.id,
      icon: <IconUser size={16} aria-hidden />,
      run: () => navigation.go('users', user.id),
    }))
  },
}
