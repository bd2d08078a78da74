import { z } from 'zod'
import { type FaultEndpoint, type TokenMember, tokenMembers } from '../endpoints.ts'

export const tokenMember = z.enum(tokenMembers)

export const lacksToken = (token: TokenMember, { tokens }: FaultEndpoint): string | null =>
  tokens.includes(token) ? null : `whose answer never holds an ${token}`.replace('an r', 'a r')
