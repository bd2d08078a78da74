import { checkInitialTokenPresent } from '../../../shared/protocol/checks/registration/check-initial-token-present.ts'
import { checkInitialTokenValid } from '../../../shared/protocol/checks/registration/check-initial-token-valid.ts'
import { checkMetadataMediaType } from '../../../shared/protocol/checks/registration/check-media-type.ts'
import { checkMetadataNesting } from '../../../shared/protocol/checks/registration/check-metadata-nesting.ts'
import { checkMetadataObject } from '../../../shared/protocol/checks/registration/check-metadata-object.ts'
import { checkRedirectUrisHarmless } from '../../../shared/protocol/checks/registration/check-redirect-uris-harmless.ts'
import { checkRedirectUrisOfNative } from '../../../shared/protocol/checks/registration/check-redirect-uris-of-native.ts'
import { checkRedirectUrisOfWeb } from '../../../shared/protocol/checks/registration/check-redirect-uris-of-web.ts'
import { checkRedirectUrisPresent } from '../../../shared/protocol/checks/registration/check-redirect-uris-present.ts'
import { checkRedirectUrisPrivateScheme } from '../../../shared/protocol/checks/registration/check-redirect-uris-private-scheme.ts'
import { checkRedirectUrisSecure } from '../../../shared/protocol/checks/registration/check-redirect-uris-secure.ts'
import { checkRedirectUrisWellFormed } from '../../../shared/protocol/checks/registration/check-redirect-uris-well-formed.ts'
import { checkRegistrationOn } from '../../../shared/protocol/checks/registration/check-registration-on.ts'
import { checkRegistrationTokenPresent } from '../../../shared/protocol/checks/registration/check-registration-token-present.ts'
import { checkRegistrationTokenValid } from '../../../shared/protocol/checks/registration/check-registration-token-valid.ts'
import { checkStatementApproved } from '../../../shared/protocol/checks/registration/check-statement-approved.ts'
import { checkStatementGenuine } from '../../../shared/protocol/checks/registration/check-statement-genuine.ts'
import { checkUpdateClientId } from '../../../shared/protocol/checks/registration/check-update-client-id.ts'
import { checkUpdateMembers } from '../../../shared/protocol/checks/registration/check-update-members.ts'
import { checkUpdateSecret } from '../../../shared/protocol/checks/registration/check-update-secret.ts'
import type {
  MetadataBodyFacts,
  MetadataFacts,
  RegistrationTokenFacts,
  StatementFacts,
  UpdateFacts,
} from '../../../shared/protocol/checks/registration/facts.ts'
import { type CheckCase, invalidToken, of } from './case.ts'
import { metadata, saying } from './registration-members.ts'

const invalidMetadata = { error: 'invalid_client_metadata' } as const
const invalidRedirectUri = { error: 'invalid_redirect_uri' } as const

const body: MetadataBodyFacts = { mediaType: 'application/json', problem: null, depth: 2 }
const leadingTo = (...redirectUris: unknown[]): MetadataFacts => saying({ redirectUris })

const nativeAt = (...redirectUris: unknown[]): MetadataFacts =>
  saying({ applicationType: 'native', redirectUris })

const attested: StatementFacts = {
  publisher: 'https://p.example',
  trusted: ['https://p.example'],
  problem: null,
}

const held: RegistrationTokenFacts = { token: 't', problem: null }
const none: RegistrationTokenFacts = { token: null, problem: null }
const wrong: RegistrationTokenFacts = { token: 't', problem: 'a token nobody was given' }

const update: UpdateFacts = {
  members: ['client_id', 'client_secret'],
  clientId: 's6BhdRkqt3',
  clientSecret: 'cf136dc3c1fc93f31185e5885805d',
  registered: { clientId: 's6BhdRkqt3' },
  secretMatches: true,
}

const tokenCases: CheckCase[] = [
  of(
    checkRegistrationOn,
    [{ registration: 'open' }, { registration: 'protected' }],
    [[{ registration: 'off' }, { error: 'invalid_request', status: 404 }]],
  ),
  of(checkInitialTokenPresent, [held], [[none, { ...invalidToken, challenge: 'Bearer' }]]),
  of(checkInitialTokenValid, [held], [[wrong, { ...invalidToken, observed: 'a token nobody was given' }]]),
  of(checkRegistrationTokenPresent, [held], [[none, { ...invalidToken, challenge: 'Bearer' }]]),
  of(checkRegistrationTokenValid, [held], [[wrong, invalidToken]]),
]

const statementCases: CheckCase[] = [
  of(
    checkStatementApproved,
    [attested],
    [
      [
        { ...attested, publisher: 'https://q.example' },
        { error: 'unapproved_software_statement', observed: 'iss https://q.example' },
      ],
      [{ ...attested, publisher: null }, { observed: 'a statement without iss' }],
    ],
  ),
  of(
    checkStatementGenuine,
    [attested],
    [
      [
        { ...attested, problem: 'exp 1 is past' },
        { error: 'invalid_software_statement', observed: 'exp 1 is past' },
      ],
    ],
  ),
]

const bodyCases: CheckCase[] = [
  of(
    checkMetadataMediaType,
    [body],
    [
      [
        { ...body, mediaType: '' },
        { ...invalidMetadata, observed: 'no Content-Type' },
      ],
      [{ ...body, mediaType: 'application/x-www-form-urlencoded' }, invalidMetadata],
    ],
  ),
  of(
    checkMetadataObject,
    [body],
    [
      [
        { ...body, problem: 'a list' },
        { ...invalidMetadata, observed: 'a list' },
      ],
    ],
  ),
  of(checkMetadataNesting, [body, { ...body, depth: 16 }], [[{ ...body, depth: 17 }, invalidMetadata]]),
]

const redirectCases: CheckCase[] = [
  of(
    checkRedirectUrisPresent,
    [metadata, saying({ redirectUris: [], grantTypes: ['client_credentials'] })],
    [
      [
        leadingTo(),
        { ...invalidRedirectUri, description: 'redirect_uris is required for authorization_code' },
      ],
      [saying({ redirectUris: [], grantTypes: ['implicit'] }), invalidRedirectUri],
    ],
  ),
  of(
    checkRedirectUrisWellFormed,
    [metadata, leadingTo('com.example.app:/cb')],
    [
      [
        leadingTo('https://client.example.org/#f'),
        { ...invalidRedirectUri, observed: 'a URI with a fragment: https://client.example.org/#f' },
      ],
      [leadingTo('loopback'), invalidRedirectUri],
      [leadingTo('/callback'), invalidRedirectUri],
      [leadingTo(17), { ...invalidRedirectUri, observed: 'no text: 17' }],
      [leadingTo(`https://client.example.org/${'x'.repeat(2000)}`), invalidRedirectUri],
    ],
  ),
  of(
    checkRedirectUrisHarmless,
    [metadata],
    [
      [leadingTo('javascript:alert(1)'), invalidRedirectUri],
      [
        leadingTo('https://client.example.org/', 'DATA:text/html,x'),
        { ...invalidRedirectUri, observed: 'DATA:text/html,x' },
      ],
    ],
  ),
  of(
    checkRedirectUrisSecure,
    [
      metadata,
      leadingTo('http://localhost:3000/cb', 'http://127.0.0.1/', 'http://[::1]:1/?x', 'com.example.app:/cb'),
    ],
    [
      [leadingTo('http://client.example.org/callback'), invalidRedirectUri],
      [leadingTo('http://localhost.example.org/'), invalidRedirectUri],
      [leadingTo('http://localhost@example.org/'), invalidRedirectUri],
    ],
  ),
  of(
    checkRedirectUrisOfNative,
    [
      metadata,
      nativeAt('com.example.app:/cb', 'http://localhost:3000/cb', 'http://127.0.0.1/', 'http://[::1]:1/'),
    ],
    [
      [
        nativeAt('com.example.app:/cb', 'https://app.example/cb'),
        { ...invalidRedirectUri, observed: 'https://app.example/cb' },
      ],
    ],
  ),
  of(
    checkRedirectUrisOfWeb,
    [
      metadata,
      leadingTo('http://localhost:3000/cb'),
      saying({ applicationType: 'native', redirectUris: ['com.example.app:/cb'] }),
    ],
    [
      [leadingTo('com.example.app:/cb'), { ...invalidRedirectUri, observed: 'com.example.app:/cb' }],
      [
        saying({ grantTypes: ['implicit'], redirectUris: ['http://localhost:3000/cb'] }),
        { ...invalidRedirectUri, expected: 'https, and not localhost' },
      ],
      [
        saying({ grantTypes: ['implicit'], redirectUris: ['https://localhost/cb'] }),
        { ...invalidRedirectUri, observed: 'https://localhost/cb' },
      ],
    ],
  ),
  of(
    checkRedirectUrisPrivateScheme,
    [metadata, leadingTo('com.example.app:/oauth2redirect/example-provider', 'http://localhost/')],
    [
      [
        leadingTo('myapp://callback.example'),
        { ...invalidRedirectUri, observed: 'myapp://callback.example' },
      ],
    ],
  ),
]

const updateCases: CheckCase[] = [
  of(
    checkUpdateClientId,
    [update],
    [
      [
        { ...update, clientId: undefined },
        { ...invalidMetadata, observed: 'no client_id' },
      ],
      [
        { ...update, clientId: 'other' },
        { ...invalidMetadata, expected: 'client_id s6BhdRkqt3' },
      ],
    ],
  ),
  of(
    checkUpdateSecret,
    [update, { ...update, clientSecret: undefined, secretMatches: false }],
    [[{ ...update, clientSecret: 'chosen', secretMatches: false }, invalidMetadata]],
  ),
  of(
    checkUpdateMembers,
    [update],
    [
      [
        { ...update, members: ['client_id', 'registration_access_token'] },
        { observed: 'registration_access_token' },
      ],
    ],
  ),
]

/** Dynamic client registration and management: who may, how it is sent, where a client is led. */
export const registrationCases: CheckCase[] = [
  ...tokenCases,
  ...bodyCases,
  ...statementCases,
  ...redirectCases,
  ...updateCases,
]
