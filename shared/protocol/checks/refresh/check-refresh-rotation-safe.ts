import { type Check, pass } from '../../check.ts'
import type { RefreshFacts } from './facts.ts'

export const checkRefreshRotationSafe: Check<RefreshFacts> = {
  id: 'refresh.rotation-safe',
  title: 'A refresh token of a public client is replaced at each use, or bound to a key',
  spec: 'RFC 9700 4.14.2',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ rotation, isPublic, isBound }) =>
    isPublic && !isBound && rotation.policy === 'none'
      ? {
          error: 'unauthorized_client',
          description: 'A public client may not reuse a refresh token that anyone could use',
          observed: 'a public client, a refresh token bound to no key, and no rotation',
          expected: 'rotation (strict or grace), or a refresh token bound to a DPoP key',
          hint: 'Without either, nobody notices that a stolen refresh token is used beside its owner.',
        }
      : pass(`rotation ${rotation.policy}, ${isBound ? 'bound to a key' : 'bound to no key'}`),
}
