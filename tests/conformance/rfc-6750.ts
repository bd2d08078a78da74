import { inFile, must, mustNot, notOurs, type Standard } from './requirement.ts'
import { TLS } from './rfc-6749-endpoints.ts'

const badInput = inFile('robustness/bad-input.test.ts')
const bearer = inFile('issuer/bearer.test.ts')
const challenges = inFile('issuer/rfc-6750-challenges.test.ts')
const items = inFile('issuer/items.test.ts')
const loginCookie = inFile('issuer/login-cookie.test.ts')
const password = inFile('issuer/token-password.test.ts')
const signed = inFile('issuer/signed-answers.test.ts')

export const rfc6750: Standard = {
  name: 'RFC 6750',
  title: 'Bearer Token Usage',
  url: 'https://www.rfc-editor.org/rfc/rfc6750',
  requirements: [
    mustNot(
      '2',
      'A token comes in two places of one request: it is refused.',
      signed('must come in one place only'),
      bearer('a token in the query: 400 invalid_request (RFC 9700 4.3.2)'),
    ),
    must('2.1', 'The Authorization header is taken.', bearer('the scheme may be written %s (RFC 9110 11.1)')),
    mustNot(
      '2.2',
      'A token in a body counts where the body is no form, or the request is a GET.',
      signed('is taken by userinfo', 'is not looked for in a GET, in another form, or by other routes'),
    ),
    must(
      '3',
      'A request without a token, or with one that does not do, is answered with WWW-Authenticate.',
      bearer(
        'no Authorization header: 401 with the bare challenge, on every route',
        'expired, to the second',
        'Authorization: %s counts as no token: 401 with the bare challenge',
      ),
      items('with scope "%s": 403 that names the scope it takes'),
    ),
    must(
      '3',
      'The scheme of the challenge is Bearer, with one parameter or more.',
      challenges('have the scheme Bearer, and never alone'),
    ),
    mustNot(
      '3',
      'realm, scope, error or error_description comes twice.',
      challenges('name each parameter once, in the characters it may have'),
    ),
    mustNot(
      '3',
      'scope, error or error_description leaves the characters it may have.',
      challenges('name each parameter once, in the characters it may have'),
    ),
    must(
      '5.2',
      'Tokens are protected from being made or changed.',
      bearer('with changed claims', "signed with another issuer's key"),
      badInput('every single bit of an access token counts'),
    ),
    must(
      '5.2',
      'The lifetime of a token is limited, and inside it.',
      password('gives an access token with the claims of RFC 9068, jti and scope'),
      bearer('expired, to the second'),
    ),
    must('5.2', 'TLS is there, and used.', TLS),
    must(
      '5.2',
      'Where the client may not see what is in a token, the token is encrypted.',
      notOurs('a token here holds nothing its client may not see; an opaque one shows nothing at all'),
    ),
    must('5.2', 'Behind a balancer that ends TLS, tokens stay confidential.', notOurs('for who runs one')),
    mustNot(
      '5.3',
      'A token is kept in a cookie that can be sent in the clear.',
      loginCookie('gives no token and stores none', 'sets session_id with HttpOnly, SameSite=Lax and Secure'),
    ),
  ],
}
