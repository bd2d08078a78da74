import type { WorkspaceFileInput } from '../../../shared/contract/workspace-file.ts'

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'
const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'

type Users = NonNullable<WorkspaceFileInput['users']>
type Clients = NonNullable<WorkspaceFileInput['clients']>

const users: Users = [
  {
    username: 'alice',
    password: 'wonderland',
    name: 'Alice Liddell',
    email: 'alice@example.test',
    claims: { given_name: 'Alice', family_name: 'Liddell', email_verified: true, locale: 'en-GB' },
  },
  {
    username: 'bob',
    password: 'builder',
    name: 'Bob Mason',
    email: 'bob@example.test',
    active: false,
    claims: { given_name: 'Bob', family_name: 'Mason', email_verified: true, locale: 'en-GB' },
  },
  {
    username: 'carol',
    password: 'caroling',
    totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    name: 'Carol Núñez',
    email: 'carol@example.test',
    claims: { given_name: 'Carol', family_name: 'Núñez', email_verified: true, locale: 'es-ES' },
  },
  {
    username: 'dave',
    password: 'davinci',
    name: 'Dave Vinci',
    email: 'dave@example.test',
    claims: { given_name: 'Dave', family_name: 'Vinci', email_verified: false, locale: 'it-IT' },
  },
  {
    username: 'erin',
    password: 'erindale',
    name: 'Erin Dale',
    email: 'erin@example.test',
    allowedScopes: ['openid', 'profile', 'read'],
    claims: { given_name: 'Erin', family_name: 'Dale', email_verified: true, locale: 'en-IE' },
  },
]

const clients: Clients = [
  {
    id: 'demo-web',
    secret: 'demo-web-secret',
    name: 'Demo web app',
    authMethods: ['client_secret_basic', 'client_secret_post'],
    redirectUris: ['loopback'],
    postLogoutRedirectUris: ['loopback'],
    grantTypes: ['authorization_code', 'refresh_token', 'password', DEVICE_CODE, TOKEN_EXCHANGE],
  },
  {
    id: 'demo-spa',
    name: 'Demo single-page app',
    authMethods: ['none'],
    redirectUris: ['loopback'],
    postLogoutRedirectUris: ['loopback'],
    grantTypes: ['authorization_code', 'refresh_token', 'password'],
  },
  {
    id: 'demo-service',
    secret: 'demo-service-secret',
    name: 'Demo service',
    authMethods: ['client_secret_basic', 'client_secret_post'],
    grantTypes: ['client_credentials'],
  },
  {
    id: 'demo-device',
    name: 'Demo device',
    authMethods: ['none'],
    grantTypes: [DEVICE_CODE, 'refresh_token'],
  },
]

/** What a new database holds, and what `"extends": "demo"` builds on. Its passwords are public: it guards nothing. */
export const demoWorkspace: WorkspaceFileInput = {
  version: 1,
  settings: { defaultClientId: 'demo-spa', authorizationDetailsTypes: ['payment_initiation'] },
  scopes: [
    { name: 'openid', description: 'Who the user is: an ID token and the sub claim' },
    { name: 'profile', description: "The user's name and further profile claims" },
    { name: 'email', description: "The user's email address and whether it is verified" },
    { name: 'offline_access', description: 'Access while the user is away, by refresh token' },
    { name: 'read', description: 'Read items of the sample API' },
    { name: 'write', description: 'Add items to the sample API' },
    { name: 'admin', description: 'Everything an administrator may do' },
  ],
  users,
  clients,
}

/** What the sample API lists before anyone has added to it. */
export const sampleItems = ['A looking glass', 'A pocket watch', 'A bottle marked "drink me"'] as const
