import { by, inFile, must, mustNot, notDone, notOurs, type Requirement } from './requirement.ts'

const objects = inFile('issuer/request-object.test.ts')
const authorize = inFile('issuer/authorize.test.ts')
const pairwise = inFile('issuer/pairwise.test.ts')
const assertions = inFile('issuer/client-assertion.test.ts')
const assertionClaims = inFile('issuer/client-assertion-claims.test.ts')
const jwks = inFile('issuer/jwks.test.ts')
const references = inFile('issuer/request-uri.test.ts')
const encryptedObjects = inFile('issuer/encrypted-request-object.test.ts')
const encryptedAnswers = inFile('issuer/encrypted-answers.test.ts')
const core = inFile('issuer/openid-core.test.ts')

/** Sections 6 to 17. */
export const objectsAndKeys: readonly Requirement[] = [
  must(
    '6.1',
    'What a request object says counts over what stands beside it.',
    objects('does not count where the object says otherwise'),
  ),
  must(
    '6.1',
    'response_type and client_id beside it are those inside.',
    objects('another response_type', 'another client'),
  ),
  mustNot('6.1', 'A request object holds another one.', objects('an object inside')),
  mustNot('6.1', 'request and request_uri come together.', objects('request and request_uri together')),
  must(
    '6.1',
    'A request object may be unsigned, for a client registered so.',
    objects('none passes for a client registered so, with a warning'),
  ),
  must(
    '6.2',
    'A request_uri is fetched, or refused with request_uri_not_supported.',
    references('is fetched, and what is there is answered, under %s'),
    objects('discovery says so'),
  ),
  must(
    '6.3.1',
    'An encrypted request object is decrypted, or refused.',
    encryptedObjects('under %s is answered as the signed one inside', 'another key'),
  ),
  must(
    '6.3.2',
    'A signed one is signed with the algorithm the client registered, and with its keys.',
    objects('another algorithm', 'a foreign key', 'nobody'),
  ),
  must(
    '6.3.3',
    'What is put together from both is checked as any request.',
    objects(
      'fills it up (OpenID Connect Core 1.0 6.1), but not under strict (RFC 9101 6.3)',
      'a redirect_uri inside that is not registered ends in a page',
    ),
  ),
  must(
    '7',
    'A self-issued provider is understood.',
    notOurs(
      'the issuer is no self-issued one; a request with registration is told registration_not_supported',
    ),
  ),
  must(
    '7.2.1',
    'A registration in the request is refused where it is not understood.',
    authorize('a registration'),
  ),
  mustNot(
    '8',
    'A sub is given to another user later.',
    by(
      'issuer/retired-subjects.test.ts',
      'the id of a deleted user stays taken over a restart, whoever asks for it and by whatever road',
      'the same user comes back under the same sub, pairwise ones too',
    ),
  ),
  must(
    '8.1',
    'Each sector has another pairwise sub of a user, and each user another.',
    pairwise('differ by sector and by user, and are shared inside a sector'),
  ),
  must(
    '8.1',
    'It is the same each time.',
    pairwise('stay the same over a refresh and a restart, and differ from one database to the next'),
  ),
  mustNot(
    '8.1',
    'It can be led back to the user by anybody else.',
    pairwise('stay the same over a refresh and a restart, and differ from one database to the next'),
  ),
  must(
    '8.1',
    'With redirect URIs on several hosts the sector is named by sector_identifier_uri.',
    pairwise('of a client whose redirect URIs have several hosts need a sector_identifier_uri'),
  ),
  must(
    '9',
    'A client authenticates by the method it is registered for.',
    assertions('private_key_jwt by a client with a secret', 'the id alone, for a client that signs'),
  ),
  must(
    '9',
    'An assertion is by the client itself: iss and sub are its id.',
    assertionClaims('no iss', 'iss of another', 'no sub'),
  ),
  must(
    '9',
    'An assertion is for this issuer, by aud.',
    assertionClaims('aud of another issuer', 'aud is the token endpoint'),
  ),
  must(
    '9',
    'An assertion has a jti, which counts once.',
    assertionClaims('no jti', 'pitfall: an assertion sent a second time is refused'),
  ),
  must('9', 'An assertion ends.', assertionClaims('no exp', 'expired beyond the skew')),
  must(
    '10.1',
    'Signatures are by an algorithm both sides know; what HMAC takes is the client secret.',
    assertions('a JWT signed with the secret by %s authenticates', "a key's own alg leaves no other"),
  ),
  must(
    '10.1',
    'A JWT names its key by kid where the JWKS has several.',
    jwks('keeps the keys of tokens that are out when the algorithm changes'),
    by('clients/jose.test.ts', 'finds the new key by its kid when the algorithm changes while running'),
  ),
  must(
    '10.1',
    'Keys that have been in use stay in the JWKS for a while.',
    jwks('keeps the keys of tokens that are out when the algorithm changes'),
  ),
  mustNot(
    '10.1',
    'The JWKS holds a private key or a secret.',
    jwks(
      'holds no private part of a key for %s',
      'HS256 verifies with the secret of the workbench and is never in the JWKS',
    ),
  ),
  must(
    '10.2',
    'What is encrypted is signed first, for a key of the client.',
    encryptedAnswers(
      'is signed, and then encrypted by %s for the key of that kind',
      'may be encrypted with the secret: %s, %s',
      'without a key any more is refused, and the code can still be used',
    ),
  ),
  must(
    '11',
    'offline_access takes consent.',
    by(
      'issuer/authorize-prompts.test.ts',
      'prompt=none with a session, but no consent to a scope: consent_required',
    ),
    by('issuer/login-pages.test.ts', 'is shown again only for scopes that were not allowed before'),
  ),
  must('11', 'offline_access is ignored where no code comes back.', core('%s: is ignored (11)')),
  must(
    '12.1',
    'A refresh token is used by its own client, authenticated.',
    by(
      'issuer/token-refresh.test.ts',
      'a refresh token of another client: 400 invalid_grant, and its owner keeps it',
      'works for a confidential client that authenticates',
    ),
  ),
  must(
    '12.2',
    'An ID token of a refresh has iss, sub, aud, azp and auth_time of the first, and an iat of its own.',
    core('is of the same login, and of now'),
  ),
  must(
    '15.1',
    'ID tokens can be signed with RS256.',
    by('issuer/signed-answers.test.ts', 'is signed with %s when the client says so; the JWKS has the key'),
  ),
  must(
    '15.1',
    'prompt, max_age and auth_time are understood.',
    by(
      'issuer/authorize-prompts.test.ts',
      'prompt=%s asks the user in spite of a session',
      'a login older than max_age does not do; a younger one does',
    ),
  ),
  must(
    '15.2',
    'A dynamic provider speaks id_token and "id_token token".',
    notDone('they are there, and off until somebody switches them on: RFC 9700 2.1.2 is against them'),
  ),
  must(
    '15.2',
    'A dynamic provider has discovery, registration, userinfo and its keys as a JWKS.',
    by(
      'clients/registration.test.ts',
      'openid-client registers as a public client, and logs a user in as that',
    ),
  ),
  must(
    '15.2',
    'A dynamic provider fetches request objects by request_uri.',
    references('is fetched, and what is there is answered, under %s', 'is fetched anew each time'),
  ),
  must(
    '16.17',
    'TLS is spoken everywhere.',
    notOurs('binds whoever runs the server: --https, or a proxy in front'),
  ),
]
