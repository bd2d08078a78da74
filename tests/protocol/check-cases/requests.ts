import { checkBasicWellFormed } from '../../../shared/protocol/checks/client/check-basic-well-formed.ts'
import { checkClientNamed } from '../../../shared/protocol/checks/client/check-client-named.ts'
import { checkKnown } from '../../../shared/protocol/checks/client/check-known.ts'
import { checkMethodRegistered } from '../../../shared/protocol/checks/client/check-method-registered.ts'
import { checkOneClient } from '../../../shared/protocol/checks/client/check-one-client.ts'
import { checkOneMethod } from '../../../shared/protocol/checks/client/check-one-method.ts'
import { checkSecret } from '../../../shared/protocol/checks/client/check-secret.ts'
import type { ClientFacts } from '../../../shared/protocol/checks/client/facts.ts'
import { checkTokenParameter } from '../../../shared/protocol/checks/introspection/check-token-parameter.ts'
import { checkItemTitle } from '../../../shared/protocol/checks/items/check-item-title.ts'
import { checkCredentialsPresent } from '../../../shared/protocol/checks/password/check-credentials-present.ts'
import { checkPassword } from '../../../shared/protocol/checks/password/check-password.ts'
import { checkUserActive } from '../../../shared/protocol/checks/password/check-user-active.ts'
import { checkForm } from '../../../shared/protocol/checks/request/check-form.ts'
import { checkFormMediaType } from '../../../shared/protocol/checks/request/check-form-media-type.ts'
import { checkSize, MAX_BODY_BYTES } from '../../../shared/protocol/checks/request/check-size.ts'
import type { BodyFacts } from '../../../shared/protocol/checks/request/facts.ts'
import { checkTokenOfClient } from '../../../shared/protocol/checks/revocation/check-token-of-client.ts'
import { checkScopeAllowedForClient } from '../../../shared/protocol/checks/scope/check-scope-allowed-for-client.ts'
import { checkScopeAllowedForUser } from '../../../shared/protocol/checks/scope/check-scope-allowed-for-user.ts'
import { checkScopeKnown } from '../../../shared/protocol/checks/scope/check-scope-known.ts'
import { checkScopeSyntax } from '../../../shared/protocol/checks/scope/check-scope-syntax.ts'
import type { ScopeFacts } from '../../../shared/protocol/checks/scope/facts.ts'
import { checkClientMayUseGrant } from '../../../shared/protocol/checks/token/check-client-may-use-grant.ts'
import { checkClientProven } from '../../../shared/protocol/checks/token/check-client-proven.ts'
import { checkGrantTypePresent } from '../../../shared/protocol/checks/token/check-grant-type-present.ts'
import { checkGrantTypeSupported } from '../../../shared/protocol/checks/token/check-grant-type-supported.ts'
import { checkPasswordKept } from '../../../shared/protocol/checks/token/check-password-kept.ts'
import { type CheckCase, invalidClient, invalidGrant, invalidRequest, of } from './case.ts'

const body: BodyFacts = {
  mediaType: 'application/x-www-form-urlencoded',
  tooLarge: false,
  bytes: 10,
  problem: null,
}
const client: ClientFacts = {
  methods: ['client_secret_basic'],
  method: 'client_secret_basic',
  wellFormed: true,
  clientId: 'web',
  bodyClientId: null,
  client: { authMethods: ['client_secret_basic', 'client_secret_post'], redirectUris: [] },
  secretMatches: true,
}
const publicClient: ClientFacts = {
  ...client,
  methods: [],
  method: 'none',
  secretMatches: null,
  client: { authMethods: ['none'], redirectUris: [] },
}
const scope: ScopeFacts = {
  value: 'read',
  requested: ['read'],
  known: ['read', 'write'],
  clientId: 'web',
  allowedForClient: null,
  allowedForUser: null,
}

export const requestCases: CheckCase[] = [
  of(
    checkSize,
    [body],
    [
      [
        { ...body, tooLarge: true, bytes: 300_000 },
        { ...invalidRequest, status: 413, expected: `at most ${MAX_BODY_BYTES} bytes` },
      ],
    ],
  ),
  of(
    checkFormMediaType,
    [body],
    [
      [
        { ...body, mediaType: 'application/json' },
        { ...invalidRequest, observed: 'Content-Type: application/json' },
      ],
      [
        { ...body, mediaType: '' },
        { ...invalidRequest, observed: 'no Content-Type' },
      ],
    ],
  ),
  of(
    checkForm,
    [body],
    [
      [
        { ...body, problem: { description: 'd', observed: 'o', expected: 'e' } },
        { ...invalidRequest, description: 'd', observed: 'o', expected: 'e' },
      ],
    ],
  ),
  of(
    checkOneMethod,
    [client, publicClient],
    [
      [
        { ...client, methods: ['client_secret_basic', 'client_secret_post'] },
        { ...invalidRequest, observed: 'client_secret_basic and client_secret_post' },
      ],
    ],
  ),
  of(checkBasicWellFormed, [client, publicClient], [[{ ...client, wellFormed: false }, invalidClient]]),
  of(
    checkOneClient,
    [client, publicClient, { ...client, bodyClientId: 'web' }],
    [
      [
        { ...client, bodyClientId: 'spa' },
        { ...invalidRequest, observed: 'web by Basic, spa as client_id' },
      ],
    ],
  ),
  of(
    checkKnown,
    [client],
    [
      [
        { ...client, client: null, clientId: 'a"b' },
        { ...invalidClient, observed: 'client_id a?b' },
      ],
    ],
  ),
  of(
    checkMethodRegistered,
    [client, publicClient],
    [
      [
        { ...client, method: 'none' },
        { ...invalidClient, expected: 'client_secret_basic or client_secret_post' },
      ],
      [
        { ...publicClient, method: 'client_secret_post' },
        { ...invalidClient, expected: 'none' },
      ],
    ],
  ),
  of(
    checkSecret,
    [client, publicClient],
    [
      [{ ...client, secretMatches: false }, invalidClient],
      [{ ...client, secretMatches: null }, invalidClient],
    ],
  ),
  of(
    checkGrantTypePresent,
    [{ grantType: 'password', supported: [] }],
    [
      [
        { grantType: undefined, supported: ['password', 'x'] },
        { ...invalidRequest, expected: 'password, x' },
      ],
    ],
  ),
  of(
    checkGrantTypeSupported,
    [{ grantType: 'password', supported: ['password'] }],
    [[{ grantType: 'Password', supported: ['password'] }, { error: 'unsupported_grant_type' }]],
  ),
  of(
    checkClientNamed,
    [
      { grantType: 'authorization_code', clientId: 'web', named: true },
      { grantType: 'password', clientId: 'spa', named: false },
      { grantType: 'refresh_token', clientId: 'spa', named: false },
    ],
    ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'].map((grantType) => [
      { grantType, clientId: 'spa', named: false },
      { ...invalidRequest, description: 'Parameter client_id is missing' },
    ]),
  ),
  of(
    checkPasswordKept,
    [{ grantType: 'authorization_code', clientId: 'spa' }],
    [
      [
        { grantType: 'password', clientId: 'spa' },
        { error: 'unsupported_grant_type', observed: 'spa sends the password of a user' },
      ],
    ],
  ),
  of(
    checkClientProven,
    [
      { grantType: 'client_credentials', clientId: 'web', method: 'private_key_jwt' },
      { grantType: 'password', clientId: 'spa', method: 'none' },
    ],
    [
      [
        { grantType: 'client_credentials', clientId: 'spa', method: 'none' },
        { error: 'unauthorized_client', observed: 'spa without a secret or key' },
      ],
    ],
  ),
  of(
    checkClientMayUseGrant,
    [{ grantType: 'password', clientId: 'web', registered: ['password'] }],
    [
      [
        { grantType: 'password', clientId: 'web', registered: [] },
        { error: 'unauthorized_client', observed: 'web asks for password', expected: 'no grant type at all' },
      ],
    ],
  ),
  of(
    checkCredentialsPresent,
    [{ username: 'a', password: 'b' }],
    [
      [
        { username: undefined, password: 'b' },
        { ...invalidRequest, observed: 'no username' },
      ],
      [
        { username: 'a', password: undefined },
        { ...invalidRequest, observed: 'no password' },
      ],
      [
        { username: undefined, password: undefined },
        { ...invalidRequest, observed: 'no username and no password' },
      ],
    ],
  ),
  of(
    checkPassword('No'),
    [{ username: 'a', user: { active: false }, passwordMatches: true }],
    [
      [
        { username: 'a', user: { active: true }, passwordMatches: false },
        { ...invalidGrant, description: 'No', observed: 'a password that is not that of a' },
      ],
      [
        { username: 'a', user: null, passwordMatches: false },
        { ...invalidGrant, description: 'No', observed: 'no user is named a' },
      ],
    ],
  ),
  of(
    checkUserActive({ error: 'invalid_grant' }),
    [{ user: { active: true } }, { user: null }],
    [[{ user: { active: false } }, { ...invalidGrant, description: 'Inactive user' }]],
  ),
  of(
    checkScopeSyntax,
    [scope, { ...scope, value: undefined, requested: [] }],
    [
      [
        { ...scope, value: '"', requested: null },
        { error: 'invalid_scope', observed: '"' },
      ],
    ],
  ),
  of(
    checkScopeKnown,
    [scope, { ...scope, requested: [] }],
    [
      [
        { ...scope, requested: ['read', 'fly'] },
        { error: 'invalid_scope', observed: 'fly', expected: 'of read write' },
      ],
    ],
  ),
  of(
    checkScopeAllowedForClient,
    [scope, { ...scope, allowedForClient: ['read'] }],
    [
      [
        { ...scope, allowedForClient: ['write'] },
        { error: 'invalid_scope', expected: 'of write' },
      ],
      [
        { ...scope, allowedForClient: [] },
        { error: 'invalid_scope', expected: 'of none' },
      ],
    ],
  ),
  of(
    checkScopeAllowedForUser,
    [scope, { ...scope, allowedForUser: ['read'] }],
    [
      [
        { ...scope, allowedForUser: [] },
        { error: 'invalid_scope', observed: 'read', expected: 'of none' },
      ],
    ],
  ),
  of(checkTokenParameter, [{ token: 'x' }], [[{ token: undefined }, invalidRequest]]),
  of(
    checkTokenOfClient,
    [
      { clientId: 'web', issuedTo: 'web' },
      { clientId: 'web', issuedTo: null },
    ],
    [
      [
        { clientId: 'spa', issuedTo: 'web' },
        { ...invalidGrant, observed: 'client spa', expected: 'client web' },
      ],
    ],
  ),
  of(
    checkItemTitle,
    [{ title: 'x' }, { title: 'x'.repeat(1_000) }],
    [
      [{ title: '' }, { ...invalidRequest, observed: '0 characters' }],
      [{ title: 'x'.repeat(1_001) }, { ...invalidRequest, observed: '1001 characters' }],
      [{ title: 7 }, { ...invalidRequest, observed: 'title is number' }],
    ],
  ),
]
