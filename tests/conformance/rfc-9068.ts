import { by, must, notOurs, type Standard } from './requirement.ts'

const LOGIN = 'issuer/token-password.test.ts'
const API = 'issuer/bearer.test.ts'

export const rfc9068: Standard = {
  name: 'RFC 9068',
  title: 'JWT Profile for OAuth 2.0 Access Tokens',
  url: 'https://www.rfc-editor.org/rfc/rfc9068',
  requirements: [
    must(
      '2.1',
      'An access token is signed, never with none.',
      by('issuer/jwks.test.ts', 'holds what verifies an access token signed with %s'),
    ),
    must(
      '2.1',
      'RS256 is among the algorithms.',
      by('issuer/jwks.test.ts', 'the demo workspace signs with RS256'),
    ),
    must(
      '2.1',
      'typ is at+jwt.',
      by(LOGIN, 'gives an access token with the claims of RFC 9068, jti and scope'),
    ),
    must(
      '2.2',
      'iss, exp, aud, sub, client_id, iat and jti are there.',
      by(LOGIN, 'gives an access token with the claims of RFC 9068, jti and scope'),
      by('clients/oauth4webapi.test.ts', 'takes the access token as a JWT of RFC 9068'),
    ),
    must(
      '2.2',
      'sub names the user, or the client where there is none.',
      by(
        'issuer/client-credentials.test.ts',
        'gives the client an access token for itself and no refresh token (RFC 6749 4.4.3)',
      ),
    ),
    must(
      '2.2.1',
      'auth_time, acr and amr are those of the login, in every token that descends from it.',
      by('issuer/token-refresh.test.ts', 'keeps when and how the user logged in (RFC 9068 2.2.1)'),
    ),
    must(
      '3',
      'Without a resource the token is for a default one.',
      by('issuer/resource.test.ts', "that names none is for the issuer's own API"),
    ),
    must(
      '3',
      'With a resource the token is for that.',
      by('issuer/resource.test.ts', 'for two APIs gives tokens for each (2.2)'),
    ),
    must(
      '4',
      'Keys to verify with are in the metadata.',
      by('clients/jose.test.ts', 'accepts an access token signed with %s'),
    ),
    must(
      '4',
      'An API refuses a JWT whose typ is another.',
      by(API, 'that says it is of typ %s (RFC 9068 4)'),
    ),
    must(
      '4',
      'An API decrypts a token that is encrypted.',
      notOurs('no access token of the issuer is encrypted'),
    ),
    must(
      '4',
      'An API refuses a token of another iss.',
      by(API, 'of another issuer that signs with the same key'),
    ),
    must('4', 'An API refuses a token whose aud does not name it.', by(API, 'for another audience (%j)')),
    must(
      '4',
      'An API checks the signature, by the keys of the issuer, and refuses none.',
      by(API, "signed with another issuer's key", 'attack: alg %s', 'with changed claims'),
    ),
    must('4', 'An API refuses a token that has expired.', by(API, 'expired, to the second')),
    must(
      '4',
      'An API refuses as RFC 6750 3.1 says.',
      by(API, 'no Authorization header: 401 with the bare challenge, on every route'),
    ),
    must(
      '6',
      'A token whose claims the client must not read is encrypted, or opaque.',
      by('issuer/opaque-tokens.test.ts', 'says nothing by itself, and opens what a JWT opens'),
    ),
  ],
}
