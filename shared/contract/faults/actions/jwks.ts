import { z } from 'zod'
import { defineAction } from '../action.ts'

/** What can be wrong with a JWKS, by name. */
export const jwksEdits = {
  'without-signing-key': 'leaves the key out that signs now',
  empty: 'leaves out every key',
  stale: 'has the keys of the moment the fault was armed, whatever was rotated since',
  'unknown-kids': 'has every key under a kid that no token names',
  'no-kids': 'has the keys without a kid',
  'foreign-keys': "has somebody else's keys under the kids of the issuer's",
  decoys: "has somebody else's keys before the issuer's own",
} as const
export type JwksEdit = keyof typeof jwksEdits

const names = Object.keys(jwksEdits) as [JwksEdit, ...JwksEdit[]]

export const jwksAction = defineAction({
  kind: 'jwks',
  title: 'A wrong JWKS',
  about:
    'A key taken away too early, an unknown kid, decoys, a stale copy. Tokens stay as they are: only what clients verify them with changes.',
  schema: z.strictObject({ kind: z.literal('jwks'), edit: z.enum(names) }),
  phase: () => 'after',
  unfit: (_action, { name }) => (name === 'jwks' ? null : 'which is no JWKS'),
  says: ({ edit }) => `gives a JWKS that ${jwksEdits[edit]}`,
  example: { kind: 'jwks', edit: 'without-signing-key' },
})
