import { inFile, must, mustNot, notOurs, type Standard } from './requirement.ts'
import { TLS } from './rfc-6749-endpoints.ts'

const introspection = inFile('issuer/introspection.test.ts')
const issuersApart = inFile('issuer/issuers-apart.test.ts')
const opaque = inFile('issuer/opaque-tokens.test.ts')
const signed = inFile('issuer/signed-answers.test.ts')

const NOT_ACTIVE = 'says {"active":false} and nothing else of %s'

export const rfc7662: Standard = {
  name: 'RFC 7662',
  title: 'Token Introspection',
  url: 'https://www.rfc-editor.org/rfc/rfc7662',
  requirements: [
    must('2', 'The endpoint is protected by TLS.', TLS),
    must('2.1', 'token is there.', introspection('wants a token')),
    must(
      '2.1',
      'The search goes on among all types where token_type_hint does not help.',
      introspection('takes a wrong token_type_hint for what it is, a hint'),
    ),
    must(
      '2.1',
      'Who asks has to prove who they are.',
      introspection(
        'refuses a client that proves nothing',
        'refuses a wrong secret as the token endpoint does',
      ),
    ),
    must(
      '2.2',
      'The answer is a JSON object with active, true or false.',
      introspection('tells of an active access token what RFC 7662 2.2 names', NOT_ACTIVE),
    ),
    must(
      '2.2',
      'Of a token that is not active, or that nobody here knows, the answer is active: false.',
      introspection(NOT_ACTIVE, 'garbage'),
      signed('says no more of a token that is not active than {"active":false}'),
      issuersApart('tokens, at introspection and revocation'),
      opaque('is refused when nobody issued it, it was changed, has expired or is of another issuer'),
    ),
    mustNot(
      '2.3',
      'A proper question about a dead token is answered with an error.',
      introspection(
        NOT_ACTIVE,
        'an alg nested deeper than a stack, with a kid of ours, is one more token that is not active',
      ),
    ),
    must('4', 'Who asks authenticates.', introspection('refuses a client that proves nothing')),
    must('4', 'It is determined whether the token has expired.', introspection('an expired token')),
    must(
      '4',
      'It is determined whether the token is good already.',
      notOurs('no token here begins later than it is issued'),
    ),
    must(
      '4',
      'It is determined whether the token was revoked.',
      introspection('a revoked token', 'a token its client revoked', 'a used refresh token'),
    ),
    must(
      '4',
      'The signature is validated.',
      introspection('a token with changed claims', "another issuer's token"),
    ),
    must(
      '4',
      'It is determined whether the token is good at the API that asks.',
      introspection('a client that is the API of an address is told of tokens for it and of its own alone'),
    ),
  ],
}
