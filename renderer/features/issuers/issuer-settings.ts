import { type IssuerSettings, issuerSettings } from '../../../shared/contract/settings.ts'
import type { SigningAlg } from '../../../shared/contract/values.ts'
import { type Field, type FieldGroup, isBroken } from '../../ui/fields/field.ts'
import { profiles } from '../../ui/format/profiles.ts'

/** Every setting an issuer has; `checkLevels` has an editor of its own. */
export type IssuerField = keyof IssuerSettings
export const issuerFieldNames = Object.keys(issuerSettings.shape) as IssuerField[]

const algorithms: readonly { value: SigningAlg; label: string; about: string }[] = [
  { value: 'RS256', label: 'RS256', about: 'RSA with SHA-256: what every library knows.' },
  { value: 'PS256', label: 'PS256', about: 'RSA-PSS with SHA-256: what financial profiles ask for.' },
  { value: 'ES256', label: 'ES256', about: 'Elliptic curve P-256 with SHA-256: short signatures.' },
  { value: 'EdDSA', label: 'EdDSA', about: 'Ed25519: short and fast; older libraries do not know it.' },
  {
    value: 'HS256',
    label: 'HS256 (shared secret)',
    about: 'HMAC with SHA-256: your API needs the secret itself, as nothing is published at /jwks.',
  },
]

export const issuerGroups: readonly FieldGroup<IssuerField>[] = [
  {
    id: 'tokens',
    title: 'Tokens',
    about: 'For tokens issued from now on; a client can have lifetimes and rotation of its own.',
    fields: [
      {
        field: 'signingAlg',
        label: 'Signed with',
        name: 'signingAlg',
        about: 'The algorithm of its tokens; a key for it is made at once.',
        control: { kind: 'choice', options: algorithms },
      },
      lifetime('accessTokenLifetime', 'Access token lives', 'As expires_in and exp say.'),
      lifetime('refreshTokenLifetime', 'Refresh token lives', 'Counted anew at each rotation.'),
      lifetime('pendingTokenLifetime', 'Pending token lives', 'Time to enter a second factor.'),
      lifetime('sessionLifetime', 'Session lives', 'The cookie of a login, and single sign-on with it.'),
      {
        field: 'refreshRotation',
        label: 'Refresh token rotation',
        name: 'refreshRotation',
        about: 'What becomes of a refresh token that is used (RFC 9700 4.14).',
        control: {
          kind: 'choice',
          options: [
            { value: 'strict', label: 'Strict', about: 'Used up; a second use revokes the family.' },
            {
              value: 'grace',
              label: 'Grace period',
              about: 'Used up, but a second use soon after is answered.',
            },
            { value: 'none', label: 'None', about: 'The same token goes on until it expires.' },
          ],
        },
      },
      lifetime('refreshGracePeriod', 'Grace period', 'How long a used refresh token is still answered.'),
    ],
  },
  {
    id: 'claims',
    title: 'Claims',
    about: 'What its tokens say of everybody; client, user and request are laid over it.',
    fields: [
      {
        field: 'claims',
        label: 'Claims of every token',
        name: 'claims',
        about: 'A JSON object.',
        control: { kind: 'json', placeholder: '{ "tenant": "acme" }' },
      },
      {
        field: 'idTokenClaims',
        label: 'Claims of ID tokens',
        name: 'idTokenClaims',
        about: 'What an ID token says of the user (OpenID Connect Core 1.0 5.4).',
        control: {
          kind: 'choice',
          options: [
            { value: 'minimal', label: 'Minimal', about: 'Who it is; the rest comes from userinfo.' },
            { value: 'all', label: 'All', about: 'Whatever userinfo would tell.' },
          ],
        },
      },
    ],
  },
  {
    id: 'requests',
    title: 'Requests',
    about: 'How closely requests are looked at, and what they may ask for.',
    fields: [
      {
        field: 'profile',
        label: 'Profile',
        name: 'profile',
        about: 'The set of check levels for clients that have none of their own.',
        control: { kind: 'choice', options: profiles },
      },
      {
        field: 'legacyResponseTypes',
        label: 'Implicit and hybrid logins',
        name: 'legacyResponseTypes',
        about: 'Response types that pass tokens through the browser, which RFC 9700 2.1.2 advises against.',
        control: { kind: 'switch' },
      },
      {
        field: 'dpopNonceRequired',
        label: 'DPoP proofs need a nonce',
        name: 'dpopNonceRequired',
        about: 'A first proof is refused with use_dpop_nonce and a DPoP-Nonce header (RFC 9449 8).',
        control: { kind: 'switch' },
      },
      {
        field: 'resources',
        label: 'Resources',
        name: 'resources',
        about: 'APIs that tokens may be asked for beside its own (RFC 8707).',
        control: { kind: 'list', placeholder: 'https://api.example.com', nullMeans: 'Any resource' },
      },
      {
        field: 'authorizationDetailsTypes',
        label: 'Types of authorization details',
        name: 'authorizationDetailsTypes',
        about: 'The types it knows; with none, authorization_details is off (RFC 9396).',
        control: { kind: 'list', placeholder: 'payment_initiation' },
      },
    ],
  },
  {
    id: 'registration',
    title: 'Registration',
    about: 'Whether apps may register themselves at /register (RFC 7591).',
    fields: [
      {
        field: 'registration',
        label: 'Who may register',
        name: 'registration',
        about: 'A registered client appears under Clients & scopes.',
        control: {
          kind: 'choice',
          options: [
            { value: 'open', label: 'Anybody', about: 'No token is asked for.' },
            { value: 'protected', label: 'Who has an initial access token', about: 'One is made below.' },
            { value: 'off', label: 'Nobody', about: 'Discovery does not name the endpoint.' },
          ],
        },
      },
      {
        field: 'statementPublishers',
        label: 'Trusted publishers of software statements',
        name: 'statementPublishers',
        about:
          'By the iss of their statements, keys as jwks or behind jwksUri. What such a statement says counts over what the client says (RFC 7591 2.3).',
        control: {
          kind: 'json',
          placeholder: '{ "https://publisher.example": { "jwksUri": "https://publisher.example/jwks" } }',
        },
      },
    ],
  },
]

function lifetime(field: IssuerField, label: string, about: string): Field<IssuerField> {
  return { field, label, name: field, about, control: { kind: 'duration' } }
}

/** Whether some text in the values cannot be read as what it must be. */
export const hasBroken = (values: Readonly<Record<string, unknown>>): boolean =>
  issuerGroups.some(({ fields }) => fields.some((field) => isBroken(field, values[field.field])))

/** Settings an issuer has of its own, in words: "signingAlg, claims". */
export const ownNames = (settings: IssuerSettings): string => Object.keys(settings).join(', ')
