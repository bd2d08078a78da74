import { by, inFile, must, mustNot, notOurs, type Requirement } from './requirement.ts'

const idToken = inFile('issuer/id-token.test.ts')
const authorize = inFile('issuer/authorize.test.ts')
const prompts = inFile('issuer/authorize-prompts.test.ts')
const pages = inFile('issuer/login-pages.test.ts')
const code = inFile('issuer/code.test.ts')
const core = inFile('issuer/openid-core.test.ts')

const CLAIMS = 'says who logged in, when, how, and for whom (OpenID Connect Core 1.0 2)'

/** Sections 2 and 3.1: the ID token, and the code flow. */
export const codeFlow: readonly Requirement[] = [
  must('2', 'An ID token has iss, sub, aud, exp and iat.', idToken(CLAIMS)),
  must('2', 'iss is https.', notOurs('binds whoever runs the server: --https, or a proxy in front')),
  mustNot(
    '2',
    'sub is longer than 255 ASCII characters, or ever given to another user.',
    by(
      'contract/cases/users.ts',
      'users.create refuses an id that no sub may be, also one that comes of the username',
      'the id of a deleted user is never given to another',
    ),
    by(
      'contract/cases/workspace.ts',
      'an import refuses a new user whose id no sub may be',
      'an import gives the id of a deleted user back to that user alone',
    ),
  ),
  must('2', 'aud has the client_id.', idToken(CLAIMS)),
  must(
    '2',
    'auth_time is there when max_age or the claim itself was asked for, or the client requires it.',
    idToken(CLAIMS),
    core('is of the same login, and of now'),
  ),
  must(
    '2',
    'nonce is that of the request, to the letter, when it had one.',
    idToken(CLAIMS, 'has no nonce when the request had none'),
  ),
  must('2', 'azp, where it is there, is the client_id.', idToken(CLAIMS)),
  must(
    '2',
    'An ID token is signed.',
    idToken(
      'can be verified with the JWKS while access tokens are signed with %s, by the algorithm discovery names',
    ),
  ),
  mustNot(
    '2',
    'alg is none, unless the client registered it and the token comes from the token endpoint.',
    by('issuer/discovery-openid.test.ts', 'has what OpenID Connect Discovery 1.0 3 requires'),
    by('issuer/signed-answers.test.ts', 'is signed with %s when the client says so; the JWKS has the key'),
  ),
  must(
    '3.1.2.1',
    'The authorization endpoint takes GET and POST.',
    authorize(
      'leads to the login page, and after it back to the app with code, state and iss (RFC 9207)',
      'may come as a form (OpenID Connect Core 1.0 3.1.2.1)',
    ),
  ),
  must(
    '3.1.2.1',
    'redirect_uri is there and is to the letter one that was registered.',
    authorize(
      '%s: %s and %s',
      'the only redirect URI of a client may be left out, but not with openid (RFC 6749 3.1.2.3)',
    ),
  ),
  must(
    '3.1.2.1, 3.1.2.2',
    'response_type, client_id and scope are there.',
    authorize('no response_type', 'no client_id'),
    by('issuer/response-types.test.ts', 'no openid'),
  ),
  mustNot(
    '3.1.2.1',
    'prompt=none shows a page.',
    authorize('prompt=none without a session'),
    prompts(
      'prompt=none with a session, but no consent to a scope: consent_required',
      'prompt=none with session and consent is answered without a page',
    ),
  ),
  must('3.1.2.1', 'prompt=none beside another value is an error.', authorize('prompt=none login')),
  must(
    '3.1.2.1, 3.1.2.3',
    'prompt=login asks anew whoever is logged in.',
    prompts('prompt=%s asks the user in spite of a session'),
    core('with prompt=login is answered with the time of that login, also by the same user'),
  ),
  must(
    '3.1.2.1',
    'prompt=consent asks for consent before anything is given.',
    prompts('prompt=%s asks the user in spite of a session'),
  ),
  must(
    '3.1.2.1',
    'A login older than max_age is not enough.',
    prompts('a login older than max_age does not do; a younger one does'),
  ),
  must(
    '3.1.2.1, 15.1',
    'Wishes nobody can fulfil (display, ui_locales, claims_locales, acr_values) are no error.',
    core('may wish for languages of claims and pages, and for what nobody knows (3.1.2.1, 15.1)'),
  ),
  must(
    '3.1.2.2',
    'The request is checked as RFC 6749 says.',
    authorize('other errors go to the client with error, error_description, state and iss'),
  ),
  must(
    '3.1.2.2',
    'An id_token_hint is one this issuer gave out.',
    authorize('a forged id_token_hint'),
    prompts('an access token is no id_token_hint'),
  ),
  mustNot(
    '3.1.2.2',
    'A request for one user, by id_token_hint or by sub in claims, is answered with another.',
    prompts('id_token_hint: another user than that one is login_required (OpenID Connect Core 1.0 3.1.2.2)'),
    by('issuer/claims-parameter.test.ts', 'a sub with a value lets no other user answer (5.5.1)'),
  ),
  must(
    '3.1.2.3',
    'Whoever is not logged in logs in.',
    authorize('leads to the login page, and after it back to the app with code, state and iss (RFC 9207)'),
  ),
  mustNot(
    '3.1.2.3',
    'The user is asked anything with prompt=none: an error says what is missing.',
    authorize('prompt=none without a session'),
  ),
  must(
    '3.1.2.3',
    'Other sites can neither answer nor frame the pages of a login.',
    authorize('is never cached and never framed'),
    pages(
      'another browser, or one without cookies, cannot go on with it',
      'the cookies are out of the reach of scripts and other sites',
    ),
  ),
  must(
    '3.1.2.4',
    'The user decides before an app is told anything.',
    core('gives nobody anything before the user allowed it (3.1.2.4)'),
    pages('silence is no consent: the page again'),
  ),
  must(
    '3.1.2.5',
    'The answer is that of RFC 6749 4.1.2.',
    authorize('leads to the login page, and after it back to the app with code, state and iss (RFC 9207)'),
  ),
  must(
    '3.1.2.6',
    'An error goes to the redirect URI, if that is to be trusted, with error and the state of the request.',
    authorize(
      'other errors go to the client with error, error_description, state and iss',
      'client and redirect URI: a mismatch shows a page and never redirects (RFC 6749 4.1.2.1)',
    ),
    pages('Deny: access_denied, state and iss go to the app, and no code'),
  ),
  must(
    '3.1.3',
    'The token endpoint is https.',
    notOurs('binds whoever runs the server: --https, or a proxy in front'),
  ),
  must(
    '3.1.3.2',
    'The client authenticates as it is registered to.',
    code('a confidential client proves itself with its secret'),
    by('issuer/client-authentication.test.ts', 'a method the client is not registered for'),
  ),
  must('3.1.3.2', 'The code is of this client.', code('the code of another client')),
  must(
    '3.1.3.2',
    'The code is one that was given out, has not expired and was not used.',
    code(
      'a made-up code',
      'a code older than a minute',
      'a second use is invalid_grant and revokes the tokens of the first (RFC 6749 4.1.2)',
    ),
  ),
  must(
    '3.1.3.2',
    'redirect_uri is that of the authorization request.',
    code('another redirect_uri', 'without PKCE no verifier is wanted, but the redirect_uri is'),
  ),
  must(
    '3.1.3.3',
    'The answer has an ID token, a token_type of Bearer (or DPoP where a proof came) and is not cached.',
    code(
      'gives tokens for the scopes the user granted (RFC 6749 4.1.4), with the example of RFC 7636 appendix B',
    ),
    by('issuer/token-password.test.ts', 'is never cached'),
  ),
  must(
    '3.1.3.4',
    'A refusal is that of RFC 6749 5.2.',
    code('grant_type=authorization_code is refused, and nothing is issued'),
    by(
      'issuer/errors.test.ts',
      'hold nothing but error, error_description and detail, the latter two the same',
    ),
  ),
]
