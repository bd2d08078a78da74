import { type Check, pass } from '../../check.ts'

export interface AudienceOfCallerFacts {
  clientId: string
  /** The APIs the caller is; at least one. */
  introspects: readonly string[]
  /** The client the token was given to. */
  tokenClientId: string
  audiences: readonly string[]
}

/** Whether a caller may be told of a token: of its own, and of those for the APIs it is. */
export const mayBeTold = (facts: AudienceOfCallerFacts): boolean =>
  facts.tokenClientId === facts.clientId ||
  facts.audiences.some((audience) => facts.introspects.includes(audience))

/** Only a warning: the answer is no error, but that the token is not active (RFC 7662 2.2). */
export const checkCallerIsAudience: Check<AudienceOfCallerFacts> = {
  id: 'introspection.caller-is-audience',
  title: 'The token is for the API that asks about it',
  spec: 'RFC 7662 2.2, 4',
  levels: { strict: 'warn', standard: 'warn', lenient: 'warn' },
  run: (facts) =>
    mayBeTold(facts)
      ? pass(facts.audiences.join(' '))
      : {
          error: 'invalid_request',
          description: 'The token is for another API',
          observed: `a token for ${facts.audiences.join(' ') || 'no API'}`,
          expected: `one for ${facts.introspects.join(' ')}, which ${facts.clientId} is the API of`,
          hint: 'The app asks for tokens of this API by resource (RFC 8707), or the client of the API is given this audience in Clients.',
        },
}
