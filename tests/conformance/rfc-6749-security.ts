import { inFile, must, mustNot, notOurs, type Requirement } from './requirement.ts'
import { PASSWORDS_THROTTLED, TLS } from './rfc-6749-endpoints.ts'

const authorize = inFile('issuer/authorize.test.ts')
const badInput = inFile('robustness/bad-input.test.ts')
const bearer = inFile('issuer/bearer.test.ts')
const code = inFile('issuer/code.test.ts')
const device = inFile('issuer/device.test.ts')
const loginPages = inFile('issuer/login-pages.test.ts')
const opaque = inFile('issuer/opaque-tokens.test.ts')
const password = inFile('issuer/token-password.test.ts')
const refresh = inFile('issuer/token-refresh.test.ts')
const registration = inFile('issuer/registration.test.ts')
const requests = inFile('issuer/rfc-6749-requests.test.ts')

const SHOWN = notOurs(
  'the workbench shows every token and secret on purpose: they are worth nothing elsewhere',
)

const ANSWERED = 'leads to the login page, and after it back to the app with code, state and iss (RFC 9207)'

/** RFC 6749 10: security considerations, and appendix B. */
export const security: readonly Requirement[] = [
  mustNot(
    '10.1',
    'An app in a browser or on a device gets a secret to authenticate with.',
    registration('a public client, and one that signs, have no secret'),
  ),
  must(
    '10.2',
    'A client that cannot authenticate has its redirect URIs registered.',
    requests('one that registered none has none to use (3.1.2.2)'),
    inFile('issuer/registration-refused.test.ts')('no redirect URI'),
  ),
  must('10.3', 'Access tokens stay confidential, in transit and in store.', SHOWN),
  must('10.3', 'Access tokens are sent over TLS only.', TLS),
  must(
    '10.3',
    'Nobody can make, change or guess an access token.',
    bearer(
      'with changed claims',
      "signed with another issuer's key",
      'attack: alg %s',
      'attack: HS256 with the public key of %s as the secret',
      'signed with the right key, but never issued: the ledger does not know it',
    ),
    badInput('every single bit of an access token counts'),
  ),
  must('10.4', 'Refresh tokens stay confidential, in transit and in store.', SHOWN),
  must('10.4', 'Refresh tokens are sent over TLS only.', TLS),
  must(
    '10.4',
    'A refresh token is bound to its client, and that is verified where the client is known.',
    refresh('a refresh token of another client: 400 invalid_grant, and its owner keeps it'),
  ),
  must(
    '10.4',
    'Nobody can make, change or guess a refresh token.',
    refresh(
      'pitfall: a refresh token nobody issued is invalid_grant',
      'pitfall: a refresh token of another issuer is invalid_grant',
      'an access token is no refresh token',
    ),
  ),
  must(
    '10.5',
    'A code is short-lived, and good once.',
    code(
      'a code older than a minute',
      'a second use is invalid_grant and revokes the tokens of the first (RFC 6749 4.1.2)',
    ),
  ),
  must(
    '10.5',
    'A client that can authenticate does, and the code was issued to it.',
    code('a confidential client proves itself with its secret', 'the code of another client'),
  ),
  must(
    '10.6',
    'The redirect URI of the token request is that of the authorization request.',
    code('another redirect_uri', 'without PKCE no verifier is wanted, but the redirect_uri is'),
  ),
  must(
    '10.6',
    'A redirect URI in a request is one of those registered.',
    authorize('another site', 'with a slash too many', 'loopback as subdomain'),
  ),
  mustNot('10.8', 'Tokens, passwords and secrets travel in the clear.', TLS),
  must('10.9', 'Authorization and token endpoints require TLS.', TLS),
  must(
    '10.10',
    'Tokens and codes cannot be guessed: 128 bits of chance at least.',
    authorize(ANSWERED),
    opaque('says nothing by itself, and opens what a JWT opens'),
    device('gives a code for the device and one for the user'),
    password('gives every token a jti of its own'),
  ),
  must('10.10', 'What people log in with is protected by other means as well.', PASSWORDS_THROTTLED),
  must('10.11', 'Pages for people require TLS.', TLS),
  must(
    '10.12',
    'The login pages are safe from forged requests.',
    loginPages(
      'another browser, or one without cookies, cannot go on with it',
      'the cookies are out of the reach of scripts and other sites',
    ),
  ),
  must(
    '10.12',
    'No client gets anything without the user knowing and agreeing (a client with auto-approve, for tests, does).',
    loginPages('silence is no consent: the page again', 'grants nothing beyond what was asked for'),
  ),
  must(
    '10.14',
    'What was received is cleaned before it is shown, state and redirect_uri above all.',
    authorize(
      'form_post: the answer is a form that sends itself, and has a button',
      'the page says what was seen and what would be right, and lets no markup through',
    ),
    loginPages('what was typed comes back escaped, and the password not at all'),
  ),
  must(
    'B',
    'Forms are UTF-8.',
    password('reads form-encoded characters in name and password', 'a percent-encoding that is not UTF-8'),
  ),
]
