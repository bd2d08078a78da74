import { z } from 'zod'
import { type BreakTools, findBreak, tokenBreaks } from '../../../protocol/breaks/index.ts'
import { defineAction } from '../action.ts'
import { lacksToken, tokenMember } from './token-member.ts'

const ids = tokenBreaks.map(({ id }) => id) as [string, ...string[]]

/** Refresh tokens are signed with a secret that only the issuer has: some ways to break need a public key. */
function unfitForSecret(breakId: string): string | null {
  const token = {
    header: { alg: 'HS256' },
    claims: {},
    parts: { header: 'e30', payload: 'e30', signature: 'AA' },
  }
  const tools: Partial<BreakTools> = { signer: { kid: 'k', alg: 'HS256' }, publicPem: null }
  return findBreak(breakId)!.unfit?.(token, tools as BreakTools) ?? null
}

export const breakAction = defineAction({
  kind: 'break',
  title: 'Break a token',
  about: 'Breaks one token of the answer in one of the ways of the JWT lab.',
  schema: z.strictObject({
    kind: z.literal('break'),
    token: tokenMember,
    /** Of the JWT lab (`faults.catalogue` lists them). */
    breakId: z.enum(ids),
  }),
  phase: () => 'after',
  unfit: ({ token, breakId }, endpoint) => {
    const lacking = lacksToken(token, endpoint)
    const never = token === 'refresh_token' && unfitForSecret(breakId) !== null
    return lacking ?? (never ? `whose refresh_token is signed with a secret, and cannot be broken so` : null)
  },
  says: ({ token, breakId }) => `breaks the ${token}: ${findBreak(breakId)!.title}`,
  example: { kind: 'break', token: 'id_token', breakId: 'signature-flipped' },
})
