import { inFile, must, mustNot, notOurs, type Requirement } from './requirement.ts'

const authentication = inFile('issuer/client-authentication.test.ts')
const authorize = inFile('issuer/authorize.test.ts')
const code = inFile('issuer/code.test.ts')
const errors = inFile('issuer/errors.test.ts')
const loginPages = inFile('issuer/login-pages.test.ts')
const password = inFile('issuer/token-password.test.ts')
const registration = inFile('issuer/registration-refused.test.ts')
const requests = inFile('issuer/rfc-6749-requests.test.ts')
const responseTypes = inFile('issuer/response-types.test.ts')
const scopes = inFile('issuer/scopes.test.ts')

export const TLS = notOurs(
  'a mock on loopback speaks http, or https with --https; requiring TLS is for who runs a real server',
)

const throttle = inFile('issuer/throttle.test.ts')

export const SECRETS_THROTTLED = throttle(
  'is looked at no more, be it right, and the client is told how long',
  'is guessed by signatures, too',
)

export const PASSWORDS_THROTTLED = throttle(
  'is looked at no more at the password grant: %s',
  'is refused on the login page, in words',
  'of many tries at once, those past the twentieth learn nothing',
)

/** RFC 6749 2 and 3: clients and endpoints. */
export const endpoints: readonly Requirement[] = [
  mustNot(
    '2.2',
    'A client_id alone authenticates a confidential client.',
    authentication('a confidential client without its secret'),
  ),
  mustNot(
    '2.3',
    'A public client is taken for proven by a secret it shows.',
    authentication('a public client with a secret'),
  ),
  mustNot(
    '2.3',
    'A request uses two methods of client authentication at once: it is refused.',
    authentication('two methods at once: 400 invalid_request (RFC 6749 2.3)'),
  ),
  must('2.3.1', 'Clients with a secret may use HTTP Basic.', authentication('by client_secret_basic')),
  must(
    '2.3.1',
    'In Basic, id and secret are form-encoded first.',
    authentication('id and secret are form-decoded after base64 (RFC 6749 2.3.1)'),
  ),
  mustNot(
    '2.3.1',
    'client_id and client_secret count in the URL of a token request.',
    requests('a secret in the URL proves nothing (2.3.1)'),
  ),
  must('2.3.1', 'Secrets are sent over TLS only.', TLS),
  must(
    '2.3.1',
    'Endpoints that take a secret are protected from brute force.',
    SECRETS_THROTTLED,
    PASSWORDS_THROTTLED,
  ),
  must(
    '2.3.2',
    'Each client is registered for the methods it may authenticate by.',
    authentication('a method the client is not registered for'),
  ),
  must(
    '3.1',
    'The user proves who they are before anything is granted.',
    authorize('leads to the login page, and after it back to the app with code, state and iss (RFC 9207)'),
    loginPages('cannot be left out by answering the consent page early'),
  ),
  mustNot(
    '3.1',
    'The URL of the authorization endpoint has a fragment.',
    requests('no endpoint has a query or a fragment (3.1, 3.2)'),
  ),
  must('3.1', 'The authorization endpoint requires TLS.', TLS),
  must(
    '3.1',
    'The authorization endpoint takes GET.',
    authorize('leads to the login page, and after it back to the app with code, state and iss (RFC 9207)'),
  ),
  must(
    '3.1',
    'There, a parameter without a value counts as left out, and an unknown one is ignored.',
    requests(
      'the authorization endpoint takes one without a value as left out, and ignores those it does not know (3.1)',
    ),
  ),
  mustNot(
    '3.1',
    'A request names a parameter twice: it is refused.',
    authorize('a parameter that came twice ends in a page'),
  ),
  mustNot(
    '3.1',
    'An answer names a parameter twice.',
    requests('an answer names each parameter once, as does an error (3.1)'),
  ),
  must(
    '3.1.1',
    'response_type is code, token, or one that an extension registered, its words in any order.',
    authorize('response_type=cookie'),
    responseTypes('the words may come in any order'),
  ),
  must(
    '3.1.1',
    'A response_type that is missing or not known is answered with an error.',
    authorize('no response_type', 'response_type=cookie'),
  ),
  must('3.1.2', 'A redirect URI is absolute.', authorize('a relative one')),
  must(
    '3.1.2',
    'The query of a redirect URI stays when parameters are added.',
    authorize('query: parameters the redirect URI has stay as they are'),
  ),
  mustNot('3.1.2', 'A redirect URI has a fragment.', authorize('a fragment'), registration('a fragment')),
  must(
    '3.1.2.2',
    'Public clients, and those that get tokens through the browser, register their redirect URIs.',
    requests('one that registered none has none to use (3.1.2.2)'),
    registration('no redirect URI'),
  ),
  must(
    '3.1.2.3',
    'A client with several redirect URIs, or none, names one in its request.',
    requests('one that registered several has to name one (3.1.2.3)'),
  ),
  must(
    '3.1.2.3',
    'A redirect URI is one of those registered; a full one is compared as text.',
    authorize(
      'to the letter',
      'with a slash too many',
      'in another case',
      'on another port',
      '127.0.0.1 with another path',
    ),
  ),
  mustNot(
    '3.1.2.4',
    'The browser is sent to a redirect URI that is missing, invalid or not registered.',
    authorize('another site', 'a relative one', 'loopback as user name', 'a script', 'no redirect_uri'),
  ),
  mustNot(
    '3.2',
    'The URL of the token endpoint has a fragment.',
    requests('no endpoint has a query or a fragment (3.1, 3.2)'),
  ),
  must('3.2', 'The token endpoint requires TLS.', TLS),
  must('3.2', 'Tokens are asked for by POST.', errors('%s %s: 405 with Allow')),
  must(
    '3.2',
    'There too, a parameter without a value counts as left out, and an unknown one is ignored.',
    requests('the token endpoint does the same (3.2)'),
    password('an empty username counts as left out (RFC 6749 3.2)'),
  ),
  mustNot(
    '3.2',
    'A token request names a parameter twice: it is refused.',
    password('a parameter sent twice'),
  ),
  must(
    '3.2.1',
    'Confidential clients authenticate at the token endpoint.',
    authentication(
      'a confidential client without its secret',
      'a wrong secret by Basic',
      'a wrong secret by post',
    ),
  ),
  must(
    '3.2.1',
    'A client that does not authenticate sends its client_id with a code.',
    requests('where it trades a code (3.2.1, 4.1.3): the code stays good'),
  ),
  must(
    '3.3',
    'The answer has scope where it is not the one asked for.',
    scopes("erin's tokens are narrowed to openid, profile and read, and the answer says so"),
    code(
      'gives tokens for the scopes the user granted (RFC 6749 4.1.4), with the example of RFC 7636 appendix B',
    ),
  ),
  must(
    '3.3',
    'Without scope in the request, a default is taken or the request is refused.',
    scopes("left out gives the client's default scopes once it has some"),
  ),
]
