import { inFile, must, mustNot, type Requirement } from './requirement.ts'
import { PASSWORDS_THROTTLED } from './rfc-6749-endpoints.ts'

const authentication = inFile('issuer/client-authentication.test.ts')
const authorize = inFile('issuer/authorize.test.ts')
const bearer = inFile('issuer/bearer.test.ts')
const code = inFile('issuer/code.test.ts')
const credentials = inFile('issuer/client-credentials.test.ts')
const errors = inFile('issuer/errors.test.ts')
const items = inFile('issuer/items.test.ts')
const password = inFile('issuer/token-password.test.ts')
const refresh = inFile('issuer/token-refresh.test.ts')
const requests = inFile('issuer/rfc-6749-requests.test.ts')
const responseTypes = inFile('issuer/response-types.test.ts')

const ANSWERED = 'leads to the login page, and after it back to the app with code, state and iss (RFC 9207)'

/** RFC 6749 4 to 7: what is asked for, and given. */
export const grants: readonly Requirement[] = [
  must(
    '4.1.1',
    'response_type and client_id are there.',
    authorize('no response_type', 'no client_id', 'an unknown client'),
  ),
  must('4.1.2', 'The answer has the code.', authorize(ANSWERED)),
  must('4.1.2', 'A code expires soon, ten minutes at most.', code('a code older than a minute')),
  must(
    '4.1.2',
    'A code is taken once; the second use is refused.',
    code(
      'a second use is invalid_grant and revokes the tokens of the first (RFC 6749 4.1.2)',
      'of twenty at once one wins, and what it got is revoked',
    ),
  ),
  must(
    '4.1.2',
    'A code is bound to its client and redirect URI.',
    code('the code of another client', 'another redirect_uri'),
  ),
  must(
    '4.1.2',
    'state comes back as it was sent.',
    authorize(ANSWERED, 'form_post: the answer is a form that sends itself, and has a button'),
  ),
  mustNot(
    '4.1.2.1',
    'A wrong client or redirect URI leads the browser anywhere.',
    authorize('no client_id', 'an unknown client', 'another site'),
  ),
  must(
    '4.1.2.1',
    'Other errors go to the client, with one of the codes named here, and state.',
    authorize(
      'other errors go to the client with error, error_description, state and iss',
      'a client that is not registered for codes: unauthorized_client',
      'an unknown scope',
    ),
  ),
  mustNot(
    '4.1.2.1',
    'error and error_description leave the characters they may have.',
    requests('errors keep to the characters of 4.1.2.1 on their way through the browser, whatever was sent'),
  ),
  must('4.1.3', 'grant_type is there.', password('no grant_type: 400 invalid_request')),
  must('4.1.3', 'The code is there.', code('no code')),
  must(
    '4.1.3',
    'redirect_uri is there if it was in the authorization request (with PKCE it may be left out, as OAuth 2.1 has it).',
    code('without PKCE no verifier is wanted, but the redirect_uri is'),
  ),
  must('4.1.3', 'It is the same as there.', code('another redirect_uri')),
  must(
    '4.1.3',
    'client_id is there, unless the client authenticates.',
    requests('where it trades a code (3.2.1, 4.1.3): the code stays good'),
  ),
  must(
    '4.1.3',
    'A client with credentials has to authenticate, and whoever tries to is held to it.',
    code('a confidential client proves itself with its secret'),
  ),
  must(
    '4.1.3',
    'The code was issued to this client.',
    code('the code of another client', 'a stranger who shows a used code revokes nothing'),
  ),
  must('4.1.3', 'The code is valid.', code('a made-up code', 'a code older than a minute')),
  must(
    '4.2.1',
    'A token goes to a registered redirect URI only.',
    requests('tokens of the implicit grant go to registered ones only (4.2.1)'),
  ),
  must(
    '4.2.2',
    'The fragment has access_token, token_type, scope where it differs, and state.',
    responseTypes(
      '%s: what its words name, with state and iss, and nothing else',
      'the access token works, is in the ledger and has no refresh token beside it',
    ),
  ),
  mustNot(
    '4.2.2',
    'A refresh token comes with it.',
    responseTypes('the access token works, is in the ledger and has no refresh token beside it'),
  ),
  must(
    '4.2.2.1',
    'Errors go to the fragment; for a wrong client or redirect URI, nowhere.',
    responseTypes('all of them, as long as the issuer is not set to them: that is the default'),
    requests('tokens of the implicit grant go to registered ones only (4.2.1)'),
  ),
  must(
    '4.3.2',
    'username and password are there.',
    password(
      'no username: 400 invalid_request that names it',
      'no password: 400 invalid_request that names it',
    ),
  ),
  must(
    '4.3.2',
    'A client with credentials has to authenticate, and whoever tries to is held to it.',
    authentication('a confidential client without its secret', 'a wrong secret by Basic'),
  ),
  must(
    '4.3.2',
    'Name and password are verified.',
    password(
      'wrong password: 400 invalid_grant "Incorrect username or password"',
      'unknown user: the same as a wrong password',
    ),
  ),
  must('4.3.2', 'The endpoint is protected from those who try passwords.', PASSWORDS_THROTTLED),
  must(
    '4.4',
    'client_credentials is for confidential clients, which authenticate.',
    requests('one that proves nothing gets no token'),
    credentials(
      'gives the client an access token for itself and no refresh token (RFC 6749 4.4.3)',
      'a request without a client belongs to the default client, which may not',
    ),
  ),
  must(
    '5.1',
    'access_token and token_type are there, and scope where it is not what was asked for.',
    password('answers 200 with access_token, token_type Bearer, expires_in, refresh_token and scope'),
  ),
  must(
    '5.1',
    'What holds a token is never cached: Cache-Control no-store, Pragma no-cache.',
    password('is never cached'),
  ),
  must(
    '5.2',
    'A refusal has error, with one of the codes named here.',
    errors('hold nothing but error, error_description and detail, the latter two the same'),
    password(
      'pitfall: an unknown grant_type is unsupported_grant_type, not invalid_grant',
      'a client that is not registered for the grant: 400 unauthorized_client',
    ),
  ),
  mustNot(
    '5.2',
    'error and error_description leave the characters they may have.',
    errors('keep error_description within the characters of RFC 6749 5.2, whatever was sent'),
  ),
  must(
    '5.2',
    'Who tried to authenticate by the Authorization header gets 401 and a challenge of that scheme.',
    authentication('a wrong secret by Basic', 'an unknown client by Basic', 'Basic that is not base64'),
  ),
  must('6', 'refresh_token is there.', refresh('no refresh_token: 400 invalid_request')),
  mustNot(
    '6',
    'scope goes beyond what was granted.',
    refresh('never widens the scope: 400 invalid_scope, and the token is not used up'),
  ),
  must(
    '6',
    'Left out, it is what was granted.',
    refresh('gives a new access and refresh token with the scopes granted'),
  ),
  must(
    '6',
    'At the token endpoint, a client with credentials has to authenticate to refresh (POST /refresh of the tutorial asks for no client).',
    refresh(
      'a confidential client without its secret cannot refresh',
      'works for a confidential client that authenticates',
    ),
  ),
  must(
    '6',
    'The refresh token was issued to this client.',
    refresh(
      'a refresh token of another client: 400 invalid_grant, and its owner keeps it',
      'another client that shows a consumed token does not get the family revoked',
    ),
  ),
  must(
    '6',
    'The refresh token is valid.',
    refresh(
      'pitfall: a refresh token nobody issued is invalid_grant',
      'pitfall: a refresh token of another issuer is invalid_grant',
      'pitfall: a revoked refresh token is invalid_grant',
      'an expired refresh token: 400 invalid_grant',
      'an access token is no refresh token',
    ),
  ),
  must(
    '6',
    'A new refresh token has the scope of the one before.',
    refresh('the next refresh token keeps the scope of the one before, whatever was narrowed (RFC 6749 6)'),
  ),
  must(
    '7',
    'The API validates the token: expiry, and scope for what is asked.',
    bearer('expired, to the second'),
    items(
      'with scope "%s": 403 that names the scope it takes',
      'with scope read only: 403 that names write, and nothing is added',
    ),
  ),
]
