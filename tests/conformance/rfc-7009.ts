import { inFile, must, mustNot, notOurs, type Standard } from './requirement.ts'
import { TLS } from './rfc-6749-endpoints.ts'

const authentication = inFile('issuer/client-authentication.test.ts')
const introspection = inFile('issuer/introspection.test.ts')
const opaque = inFile('issuer/opaque-tokens.test.ts')
const throttle = inFile('issuer/throttle.test.ts')
const revocation = inFile('issuer/revocation.test.ts')

export const rfc7009: Standard = {
  name: 'RFC 7009',
  title: 'Token Revocation',
  url: 'https://www.rfc-editor.org/rfc/rfc7009',
  requirements: [
    must(
      '2',
      'Refresh tokens can be revoked (and access tokens can, too).',
      revocation(
        'revokes a refresh token with its whole family (RFC 7009 2.1)',
        'revokes an access token, and leaves the rest of its grant',
      ),
      opaque('is revoked by itself and with its family'),
    ),
    must('2', 'The endpoint requires TLS.', TLS),
    mustNot(
      '2',
      'An http address is published as the revocation endpoint.',
      notOurs(
        'the metadata names the address the client came to; on loopback that is http, unless --https is given',
      ),
    ),
    must('2.1', 'token is there.', revocation('wants a token')),
    must(
      '2.1',
      'The search goes on among all types where token_type_hint does not help.',
      revocation('is not stopped by a wrong token_type_hint'),
    ),
    must(
      '2.1',
      'The client authenticates as at the token endpoint.',
      revocation('wants the client to authenticate'),
    ),
    must(
      '2.1',
      'A token of another client is not revoked, and the client is told.',
      revocation('refuses to revoke the token of another client'),
    ),
    must(
      '2.1',
      'A revoked token is of no use from then on.',
      revocation('revokes an access token, and leaves the rest of its grant'),
      introspection('a token its client revoked'),
    ),
    must(
      '2.2',
      'The answer is 200, also for a token nobody knows.',
      revocation('answers 200 for a token nobody knows (RFC 7009 2.2)'),
    ),
    must(
      '2.2.1',
      'Refusals are those of RFC 6749 5.2.',
      revocation('wants a token', 'wants the client to authenticate'),
      authentication('a wrong secret by Basic'),
    ),
    must(
      '5',
      'What keeps floods from the token endpoint keeps them from here.',
      throttle('nor at %s, in the body'),
    ),
  ],
}
