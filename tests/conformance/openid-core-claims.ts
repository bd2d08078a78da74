import { by, inFile, must, mustNot, notOurs, type Requirement } from './requirement.ts'

const types = inFile('issuer/response-types.test.ts')
const core = inFile('issuer/openid-core.test.ts')
const userinfo = inFile('issuer/userinfo.test.ts')
const signed = inFile('issuer/signed-answers.test.ts')
const claims = inFile('issuer/claims-parameter.test.ts')
const acr = inFile('issuer/essential-acr.test.ts')

/** Sections 3.2 to 5: the legacy flows, and claims. */
export const claimsAndOtherFlows: readonly Requirement[] = [
  must('3.2.2.1, 3.2.2.2', 'Who gets an ID token through the browser sends a nonce.', types('no nonce')),
  must(
    '3.2.2.5, 3.3.2.5',
    'Tokens come back in the fragment, with the state of the request.',
    types('%s: what its words name, with state and iss, and nothing else'),
  ),
  mustNot('3.2.2.5, 3.3.2.5', 'A token comes back in the query.', types('the query', 'the signed query')),
  mustNot(
    '3.2.2.5',
    'id_token alone gives an access token.',
    types('%s: what its words name, with state and iss, and nothing else'),
  ),
  must(
    '3.2.2.6, 3.3.2.6',
    'An error comes back where the answer would.',
    types('all of them, as long as the issuer is not set to them: that is the default'),
  ),
  must(
    '3.2.2.10, 3.3.2.11',
    'An ID token through the browser has the nonce, and at_hash and c_hash for what it came with.',
    types('the ID token is signed, and bound to what it came with by nonce, at_hash and c_hash'),
    by(
      'issuer/id-token.test.ts',
      'are the left half of the hash, as in the examples of OpenID Connect Core 1.0 A.3, A.4 and A.6',
    ),
  ),
  must(
    '3.3.2.5',
    'Each hybrid type gives what its words name.',
    types('%s: what its words name, with state and iss, and nothing else'),
    by('clients/front-channel.test.ts', 'validates code and ID token in the fragment'),
  ),
  must(
    '3.3.3.6',
    'Both ID tokens of a hybrid login have the same iss and sub, and say the same where they say the same.',
    core('say the same of issuer, user and login'),
  ),
  must(
    '4',
    'A login begun elsewhere is led to the app with iss.',
    notOurs('the issuer begins no login by itself; it keeps initiate_login_uri for who asks'),
  ),
  must(
    '5.3',
    'userinfo takes GET and POST, and access tokens as RFC 6750 has them.',
    userinfo('answers POST as well, and pages of other origins'),
    signed('is taken by userinfo'),
  ),
  must('5.3', 'userinfo is https.', notOurs('binds whoever runs the server: --https, or a proxy in front')),
  must(
    '5.3.2',
    'userinfo always has sub, the one of the ID token.',
    userinfo('openid alone: sub and nothing else'),
    by('issuer/pairwise.test.ts', 'are the same in ID token, access token, userinfo, introspection and /me'),
  ),
  must(
    '5.3.2',
    'userinfo is JSON in UTF-8, or a JWT where the client registered that, and says which.',
    userinfo('openid alone: sub and nothing else'),
    signed('is signed for the client that is set so, and oauth4webapi takes it'),
  ),
  must(
    '5.3.3',
    'userinfo refuses as RFC 6750 3 says.',
    userinfo(
      'pitfall: without a token it is 401 with the challenge',
      'with a revoked token',
      'without the scope openid it is 403 insufficient_scope (RFC 6750 3.1)',
    ),
  ),
  must(
    '5.4',
    'profile and email stand for the claims of the standard, told by userinfo, or by the ID token where no access token comes.',
    userinfo('profile and email show what they stand for (OpenID Connect Core 1.0 5.4)'),
    types('an ID token alone tells what the scopes show of the user (OpenID Connect Core 1.0 5.4)'),
    by(
      'protocol/claims.test.ts',
      'a new scope stands for what the standard gives it (OpenID Connect Core 1.0 5.4)',
    ),
  ),
  must(
    '5.5',
    'Members of claims that nobody understands are passed over.',
    by('protocol/claims.test.ts', 'members nobody understands are passed over (5.5)'),
    core('gets claims as far as they are there: one that is essential and missing is no error (5.5.1)'),
  ),
  must(
    '5.5',
    'Claims asked for in userinfo come there, those in id_token in the ID token.',
    claims(
      'gets single claims from userinfo, beyond what the scopes give',
      'gets claims into the ID token, and into those of later refreshes',
    ),
  ),
  mustNot(
    '5.5.1',
    'A claim that is not there is an error, essential or not.',
    core('gets claims as far as they are there: one that is essential and missing is no error (5.5.1)'),
  ),
  must(
    '5.5.1',
    'A sub with a value is that user or nobody.',
    claims('a sub with a value lets no other user answer (5.5.1)'),
  ),
  must(
    '5.5.1.1',
    'An essential acr with values is met by one of them.',
    acr(
      'of a second factor is met by a user who shows one',
      'below what was shown is what the ID token names, now and after a refresh',
    ),
  ),
  must(
    '5.5.1.1',
    'Where it cannot be met the login has failed.',
    acr(
      '%s of a user who cannot reach it is a failed login, before and after the password',
      'is login_required where nobody may be asked',
    ),
  ),
  must(
    '5.6.2',
    'Aggregated and distributed claims are references of the shape of the standard.',
    by(
      'issuer/claim-references.test.ts',
      'are given out at userinfo as references, as far as scopes show them, with the sources they need',
      'are in an ID token when it tells all, or when they are asked for',
      '%s is refused by its path, of user, client and issuer',
    ),
  ),
]
