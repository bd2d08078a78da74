import { createHash } from 'node:crypto'
import { ISSUER, START } from '../support/issuer.ts'

// A row for every table of version 1.0 but those of keys and tokens.

export const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url')
export const LATER = START + 600_000
export const REDIRECT = 'https://app.example.org/callback'
export const REQUEST_URI = 'urn:ietf:params:oauth:request_uri:pushed'

export type Row = [table: string, row: Record<string, unknown>]

const message = { headers: [], body: '', encoding: 'utf8', bytes: 0 }

export const rows: readonly Row[] = [
  [
    'settings',
    {
      key: 'workspace',
      value: { signingAlg: 'ES256', accessTokenLifetime: 1234, defaultClientId: 'web', bcryptCost: 4 },
    },
  ],
  [
    'users',
    {
      id: 'u1',
      username: 'ada',
      name: 'Ada Lovelace',
      email: 'ada@example.org',
      active: 1,
      claims: { locale: 'en-GB' },
      totp_state: 'off',
      created_at: START,
      updated_at: START,
    },
  ],
  [
    'clients',
    {
      id: 'web',
      name: 'Web app',
      secret: 'hush',
      auth_methods: ['client_secret_basic'],
      redirect_uris: [REDIRECT],
      grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
      default_scopes: ['openid'],
      created_at: START,
      updated_at: START,
    },
  ],
  ...['openid', 'profile', 'read', 'offline_access'].map(
    (name): Row => ['scopes', { name, description: `May ${name}`, created_at: START }],
  ),
  ...['g-tokens', 'g-code', 'g-device'].map(
    (id): Row => [
      'grants',
      {
        id,
        client_id: 'web',
        user_id: 'u1',
        scopes: ['openid', 'profile', 'read'],
        sid: 's1',
        created_at: START,
      },
    ],
  ),
  [
    'sessions',
    {
      hash: hashOf('cookie'),
      user_id: 'u1',
      state: 'active',
      sid: 's1',
      auth_time: START,
      created_at: START,
      expires_at: LATER,
    },
  ],
  ['consents', { client_id: 'web', user_id: 'u1', scopes: ['openid', 'read'], given_at: START }],
  [
    'interactions',
    {
      hash: 'i1',
      browser_hash: 'b1',
      client_id: 'web',
      step: 'consent',
      user_id: 'u1',
      request: { clientId: 'web' },
      created_at: START,
      expires_at: LATER,
    },
  ],
  [
    'codes',
    {
      hash: hashOf('code'),
      grant_id: 'g-code',
      redirect_uri: REDIRECT,
      // RFC 7636 appendix B
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      nonce: 'n1',
      auth_time: START,
      amr: ['pwd'],
      issued_at: START,
      expires_at: LATER,
    },
  ],
  [
    'device_codes',
    {
      hash: hashOf('device'),
      user_code: 'BCDFGHJK',
      client_id: 'web',
      scopes: ['openid', 'read'],
      interval: 5,
      grant_id: 'g-device',
      auth_time: START,
      amr: ['pwd'],
      issued_at: START,
      expires_at: LATER,
    },
  ],
  [
    'pushed_requests',
    {
      hash: hashOf(REQUEST_URI),
      client_id: 'web',
      parameters: [
        ['response_type', 'code'],
        ['client_id', 'web'],
        ['redirect_uri', REDIRECT],
        ['scope', 'openid read'],
        ['state', 'x'],
        ['prompt', 'none'],
        ['code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
        ['code_challenge_method', 'S256'],
      ],
      issued_at: START,
      expires_at: LATER,
    },
  ],
  ['assertions', { client_id: 'web', jti_hash: 'j', used_at: START, expires_at: LATER }],
  ['items', { title: 'An item of before', owner: 'u1', created_at: START }],
  [
    'traces',
    {
      id: 't1',
      started_at: START,
      last_at: START,
      last_exchange: 1,
      exchange_count: 1,
      refusals: 0,
    },
  ],
  ['trace_links', { link: 'session:x', trace_id: 't1' }],
  [
    'exchanges',
    {
      id: 1,
      trace_id: 't1',
      at: START,
      duration_ms: 1.5,
      endpoint: 'userinfo',
      method: 'GET',
      target: '/userinfo',
      status: 200,
      failed_checks: 0,
      detail: { url: `${ISSUER}/userinfo`, request: message, response: message, verdicts: [], jtis: ['t'] },
    },
  ],
]
