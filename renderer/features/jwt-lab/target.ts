import { useLocalStorage } from '@mantine/hooks'
import { useOperation } from '../../stores/hooks.ts'

export interface Target {
  url: string
  method: 'GET' | 'POST'
  set: (changes: { url?: string; method?: 'GET' | 'POST' }) => void
}

/** The API that tokens are shown to: the sample API of the issuer until another is named; remembered. */
export function useTarget(): Target {
  const { data: status } = useOperation('status.get', {})
  const [stored, setStored] = useLocalStorage<{ url: string | null; method: 'GET' | 'POST' }>({
    key: 'grantscope.lab.target',
    defaultValue: { url: null, method: 'GET' },
    getInitialValueInEffect: false,
  })
  const sample = status ? `${status.issuer}/me` : ''
  return {
    url: stored.url ?? sample,
    method: stored.method,
    set: (changes) => setStored({ ...stored, ...changes, ...(changes.url === sample ? { url: null } : {}) }),
  }
}
