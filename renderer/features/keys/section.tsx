import { IconKey, IconPlus, IconUpload } from '@tabler/icons-react'
import type { Section } from '../section.ts'
import { Keys } from './keys.tsx'

export const keysSection: Section = {
  id: 'keys',
  label: 'Keys',
  Icon: IconKey,
  Component: Keys,
  actions: ({ navigation }) => [
    {
      id: 'keys.generate',
      label: 'Generate a key',
      keywords: 'new create rotate rotation jwks kid signing encryption jwe',
      icon: <IconPlus size={16} aria-hidden />,
      run: () => navigation.go('keys', null, { new: 'generate' }),
    },
    {
      id: 'keys.import',
      label: 'Import a key',
      keywords: 'private jwk pem own',
      icon: <IconUpload size={16} aria-hidden />,
      run: () => navigation.go('keys', null, { new: 'import' }),
    },
  ],
  find: async ({ client, navigation }) => {
    const keys = await client.call('keys.list', {})
    return keys.map(({ kid, alg, issuer, use, state }) => ({
      id: `key.${kid}`,
      label: kid,
      description: `Key · ${state} · ${alg} · ${use === 'encryption' ? 'encryption' : `${use} tokens`} of ${issuer}`,
      icon: <IconKey size={16} aria-hidden />,
      run: () => navigation.go('keys', kid),
    }))
  },
}
