import { responseSigningAlg } from '../../../shared/contract/operations/client-options.ts'
import { responseTypes } from '../../../shared/protocol/authorization-request.ts'
import { publicKeyAlgorithms, secretAlgorithms } from '../../../shared/protocol/jwk.ts'
import { type Field, type FieldGroup, isBroken } from '../../ui/fields/field.ts'
import { encrypted } from './encryption-rows.ts'
import { algorithm, flag, named, type OptionField, type Row, url } from './option-rows.ts'

export type { OptionField } from './option-rows.ts'

const issuersOwn = 'Whatever the issuer signs with'

const login = (issuers: readonly string[]): Row[] => [
  [
    'issuer',
    'issuer',
    'Known to',
    'The one issuer that knows it; to all others it is an unknown client.',
    { kind: 'choice', options: named(issuers), nullMeans: 'Every issuer' },
  ],
  [
    'responseTypes',
    'response_types',
    'Response types',
    'What it may ask the authorization endpoint for; all but code must be let in by the issuer, too.',
    { kind: 'choices', options: named(responseTypes) },
  ],
  [
    'requirePushedAuthorizationRequests',
    'require_pushed_authorization_requests',
    'Logins must be pushed',
    'It must push its request to /par before it sends the user (RFC 9126 6).',
    flag,
  ],
  [
    'defaultMaxAge',
    'default_max_age',
    'Default max_age',
    'A login older than this is done anew, where the request says nothing of it.',
    { kind: 'seconds', nullMeans: 'No limit' },
  ],
  [
    'requireAuthTime',
    'require_auth_time',
    'Always auth_time',
    'Its ID tokens always say when the user logged in.',
    flag,
  ],
  [
    'defaultAcrValues',
    'default_acr_values',
    'Default acr_values',
    'How users shall prove who they are, where the request says nothing of it; first choice first.',
    { kind: 'list' },
  ],
  [
    'initiateLoginUri',
    'initiate_login_uri',
    'Login from outside',
    'Where others may send a user to start a login at the app (OpenID Connect Core 1.0 4).',
    url('https://app.example.com/login'),
  ],
]

const tokens: Row[] = [
  [
    'accessTokenFormat',
    'accessTokenFormat',
    'Access tokens are',
    'A JWT can be checked offline; an opaque token only by introspection.',
    {
      kind: 'choice',
      options: [
        { value: 'jwt', label: 'JWT (RFC 9068)' },
        { value: 'opaque', label: 'Opaque' },
      ],
    },
  ],
  [
    'refreshRotation',
    'refreshRotation',
    'Refresh token rotation',
    'What becomes of a refresh token that is used.',
    {
      kind: 'choice',
      options: [
        { value: 'strict', label: 'Strict', about: 'A second use revokes the family.' },
        { value: 'grace', label: 'Grace period', about: 'A second use soon after is answered.' },
        { value: 'none', label: 'None', about: 'It goes on until it expires.' },
      ],
      nullMeans: "The issuer's",
    },
  ],
  [
    'subjectType',
    'subject_type',
    'Subject',
    'Whether sub is the same everywhere, or another for each sector (OpenID Connect Core 1.0 8).',
    {
      kind: 'choice',
      options: [
        { value: 'public', label: 'Public' },
        { value: 'pairwise', label: 'Pairwise' },
      ],
    },
  ],
  [
    'sectorIdentifierUri',
    'sector_identifier_uri',
    'Sector',
    'Clients with the same host here share their pairwise subjects.',
    url('https://app.example.com/redirect-uris.json'),
  ],
  [
    'idTokenClaims',
    'idTokenClaims',
    'Claims of ID tokens',
    'What an ID token says of the user (OpenID Connect Core 1.0 5.4).',
    {
      kind: 'choice',
      options: [
        { value: 'minimal', label: 'Minimal', about: 'Who it is; the rest comes from userinfo.' },
        { value: 'all', label: 'All', about: 'Whatever userinfo would tell.' },
      ],
      nullMeans: "The issuer's",
    },
  ],
  [
    'claims',
    'claims',
    'Claims of its tokens',
    "Laid over the issuer's and under the user's; a null takes a claim away.",
    { kind: 'json', placeholder: '{ "tenant": "acme", "email": null }' },
  ],
  [
    'authorizationDetailsTypes',
    'authorization_details_types',
    'Authorization details',
    'The types it may ask for (RFC 9396 10).',
    { kind: 'list', placeholder: 'payment_initiation', nullMeans: 'Every type the issuer knows' },
  ],
]

const dpop: Row[] = [
  [
    'dpopBoundAccessTokens',
    'dpop_bound_access_tokens',
    'Tokens are bound to a key',
    'Every token request needs a DPoP proof (RFC 9449 5.2).',
    flag,
  ],
]

const authentication: Row[] = [
  [
    'tokenEndpointAuthSigningAlg',
    'token_endpoint_auth_signing_alg',
    'Client assertions signed with',
    'The only algorithm private_key_jwt and client_secret_jwt may use.',
    algorithm('Any its keys or its secret are for', [...publicKeyAlgorithms, ...secretAlgorithms]),
  ],
]

const signed: Row[] = [
  [
    'requireSignedRequestObject',
    'require_signed_request_object',
    'Logins must be signed',
    'Its login requests come as a signed request object (RFC 9101 10.5).',
    flag,
  ],
  [
    'requestObjectSigningAlg',
    'request_object_signing_alg',
    'Request objects signed with',
    'The only algorithm its request objects may use.',
    algorithm('Any the issuer knows', [...responseSigningAlg.options, 'HS256', 'none']),
  ],
  [
    'requestUris',
    'request_uris',
    'Request objects are fetched from',
    'The only URIs the issuer fetches a request object from when a login names one as request_uri (RFC 9101 5.2).',
    { kind: 'list', placeholder: 'https://app.example.com/request.jwt' },
  ],
  [
    'idTokenSignedResponseAlg',
    'id_token_signed_response_alg',
    'ID tokens signed with',
    'What its ID tokens are signed with.',
    algorithm(issuersOwn),
  ],
  [
    'userinfoSignedResponseAlg',
    'userinfo_signed_response_alg',
    'Userinfo signed with',
    'Makes userinfo answer with a JWT.',
    algorithm('Not signed: plain JSON'),
  ],
  [
    'introspectionSignedResponseAlg',
    'introspection_signed_response_alg',
    'Introspection signed with',
    'For answers it asks for as a JWT (RFC 9701).',
    algorithm(issuersOwn),
  ],
  [
    'introspects',
    'introspects',
    'Is the API of',
    'Introspection tells it of tokens for these and of its own alone; with none here, of any (RFC 7662 4).',
    { kind: 'list', placeholder: 'https://api.example.com' },
  ],
  [
    'authorizationSignedResponseAlg',
    'authorization_signed_response_alg',
    'Login answers signed with',
    'For response modes that end in jwt (JARM).',
    algorithm(issuersOwn),
  ],
]

const logout: Row[] = [
  [
    'frontchannelLogoutUri',
    'frontchannel_logout_uri',
    'Front-channel logout',
    'Opened in a hidden frame of the browser when the user logs out.',
    url('https://app.example.com/logout'),
  ],
  [
    'frontchannelLogoutSessionRequired',
    'frontchannel_logout_session_required',
    'It needs iss and sid in the frame',
    'The frame names the issuer and the session.',
    flag,
  ],
  [
    'backchannelLogoutUri',
    'backchannel_logout_uri',
    'Back-channel logout',
    'Gets a logout token by POST from the issuer itself when a session ends.',
    url('https://app.example.com/backchannel-logout'),
  ],
  [
    'backchannelLogoutSessionRequired',
    'backchannel_logout_session_required',
    'It needs sid in the logout token',
    'The logout token names the session, not only the user.',
    flag,
  ],
]

const registration: Row[] = [
  [
    'applicationType',
    'application_type',
    'Application',
    'What kind of redirect URIs it may register.',
    {
      kind: 'choice',
      options: [
        { value: 'web', label: 'Web' },
        { value: 'native', label: 'Native' },
      ],
    },
  ],
  ['clientUri', 'client_uri', 'Home page', 'Linked where the user is asked to allow it.', url()],
  ['logoUri', 'logo_uri', 'Logo', 'A picture of the app.', url()],
  ['policyUri', 'policy_uri', 'Privacy policy', 'What the app does with what it learns.', url()],
  ['tosUri', 'tos_uri', 'Terms of service', 'What a user agrees to.', url()],
  [
    'languages',
    'languages',
    'In other languages',
    'client_name#fr and the like: name and addresses by language. The login pages choose by ui_locales, then by what the browser asks for.',
    {
      kind: 'json',
      placeholder: '{ "fr": { "name": "Mon appli", "tosUri": "https://app.example.com/fr" } }',
    },
  ],
  ['contacts', 'contacts', 'Contacts', 'Who answers for it, mostly e-mail addresses.', { kind: 'list' }],
  [
    'softwareId',
    'software_id',
    'Software id',
    'The same for every installation of the app.',
    { kind: 'text' },
  ],
  [
    'softwareVersion',
    'software_version',
    'Software version',
    'Changes with every update of the app.',
    { kind: 'text' },
  ],
  [
    'softwareStatement',
    'software_statement',
    'Software statement',
    'What a publisher this issuer trusts said of the app when it registered (RFC 7591 2.3).',
    { kind: 'text' },
  ],
]

/** Every option of a client in groups; `issuers` are the names it can be bound to. */
export const clientGroups = (issuers: readonly string[]): FieldGroup<OptionField>[] => [
  group('login', 'Login', 'Who knows it, what it may ask for, and how fresh a login must be', login(issuers)),
  group('tokens', 'Tokens and claims', 'Form, rotation, subject and claims of what it gets', tokens),
  group('dpop', 'Bound tokens (DPoP)', 'Whether a stolen token is worth nothing', dpop),
  group('authentication', 'Client assertions', 'How it signs when it proves who it is', authentication),
  group(
    'signed',
    'Signed requests and answers',
    'Request objects, ID tokens, userinfo, introspection, JARM',
    signed,
  ),
  group('encrypted', 'Encryption', 'What is encrypted for it, and how it encrypts what it sends', encrypted),
  group('logout', 'Logout', 'How it is told that a user has logged out', logout),
  group('registration', 'About the app', 'What it says of itself, as at a registration', registration),
]

function group(id: string, title: string, about: string, rows: Row[]): FieldGroup<OptionField> {
  return { id, title, about, fields: rows.map(toField) }
}

const toField = ([field, name, label, about, control]: Row): Field<OptionField> => ({
  field,
  name,
  label,
  about,
  control,
})

const anyGroups = clientGroups([])

/** Whether some text in the values cannot be read as what it must be. */
export const hasBroken = (values: Readonly<Partial<Record<OptionField, unknown>>>): boolean =>
  anyGroups.some(({ fields }) => fields.some((field) => isBroken(field, values[field.field])))
