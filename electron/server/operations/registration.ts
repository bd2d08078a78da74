import type { Core } from '../core.ts'
import { existingIssuer } from '../issuers.ts'
import { randomId } from '../random.ts'
import { insertInitialToken } from '../store/initial-tokens.ts'
import { hashOf } from '../tokens/read.ts'
import type { HandlersOf } from './handlers.ts'

export const registrationHandlers = (core: Core): HandlersOf<'registration'> => ({
  'registration.token': ({ issuer: named, lifetime }) => {
    const issuer = existingIssuer(core, named)
    const token = randomId(core.random, 32)
    const issuedAt = core.clock.now()
    const expiresAt = issuedAt + lifetime * 1000
    core.database.write((writer) =>
      insertInitialToken(writer, { hash: hashOf(token), issuer, issuedAt, expiresAt }),
    )
    return { token, expiresAt }
  },
})
