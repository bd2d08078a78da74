import { checkBackchannelUri } from '../../../shared/protocol/checks/registration/check-backchannel-uri.ts'
import { checkEncryptionKeys } from '../../../shared/protocol/checks/registration/check-encryption-keys.ts'
import { checkFrontchannelFragment } from '../../../shared/protocol/checks/registration/check-frontchannel-fragment.ts'
import { checkFrontchannelUri } from '../../../shared/protocol/checks/registration/check-frontchannel-uri.ts'
import { checkInitiateLoginUri } from '../../../shared/protocol/checks/registration/check-initiate-login-uri.ts'
import { checkKeysPresent } from '../../../shared/protocol/checks/registration/check-keys-present.ts'
import { checkLogoutUrisHarmless } from '../../../shared/protocol/checks/registration/check-logout-uris-harmless.ts'
import { checkMembersKnown } from '../../../shared/protocol/checks/registration/check-members-known.ts'
import { checkMembersUsable } from '../../../shared/protocol/checks/registration/check-members-usable.ts'
import { checkOneKeySource } from '../../../shared/protocol/checks/registration/check-one-key-source.ts'
import { checkRequestObjectSigned } from '../../../shared/protocol/checks/registration/check-request-object-signed.ts'
import { checkRequestUris } from '../../../shared/protocol/checks/registration/check-request-uris.ts'
import { checkResponseTypesSupported } from '../../../shared/protocol/checks/registration/check-response-types-supported.ts'
import { checkRegisteredScopeKnown } from '../../../shared/protocol/checks/registration/check-scope-known.ts'
import { checkSectorCovers } from '../../../shared/protocol/checks/registration/check-sector-covers.ts'
import { checkSectorNamed } from '../../../shared/protocol/checks/registration/check-sector-named.ts'
import { checkSectorReadable } from '../../../shared/protocol/checks/registration/check-sector-readable.ts'
import { checkSectorSecure } from '../../../shared/protocol/checks/registration/check-sector-secure.ts'
import { checkSoftwareStatement } from '../../../shared/protocol/checks/registration/check-software-statement.ts'
import { checkTypesConsistent } from '../../../shared/protocol/checks/registration/check-types-consistent.ts'
import type { MetadataFacts, SectorFacts } from '../../../shared/protocol/checks/registration/facts.ts'
import { type CheckCase, of } from './case.ts'

const invalidMetadata = { error: 'invalid_client_metadata' } as const

/** A client that says as little as may be. */
export const metadata: MetadataFacts = {
  members: ['redirect_uris'],
  unknown: [],
  unusable: [],
  redirectUris: ['https://client.example.org/callback'],
  applicationType: 'web',
  grantTypes: ['authorization_code'],
  responseTypes: ['code'],
  supportedResponseTypes: ['code'],
  authMethod: 'client_secret_basic',
  hasJwks: false,
  jwksUri: null,
  softwareStatement: undefined,
  statementCounts: false,
  unknownScopes: [],
  subjectType: 'public',
  sectorIdentifierUri: null,
  postLogoutRedirectUris: [],
  frontchannelLogoutUri: null,
  backchannelLogoutUri: null,
  initiateLoginUri: null,
  requireSignedRequestObject: false,
  requestObjectSigningAlg: null,
  encryptionProblems: [],
  requestUris: [],
}
export const saying = (changes: Partial<MetadataFacts>): MetadataFacts => ({ ...metadata, ...changes })

const sector: SectorFacts = {
  sectorIdentifierUri: 'https://other.example.net/file_of_redirect_uris.json',
  problem: null,
  listed: ['https://client.example.org/callback', 'https://client.example.org/callback2'],
  redirectUris: ['https://client.example.org/callback2'],
}

/** The software statement of RFC 7591 2.3, shortened in its claims. */
const statement = 'eyJhbGciOiJSUzI1NiJ9.eyJzb2Z0d2FyZV9pZCI6IjROUkIxLTBYWkFCWkk5RTYtNVNNM1IifQ.c2lnbmF0dXJl'

const memberCases: CheckCase[] = [
  of(
    checkMembersKnown,
    [metadata],
    [[saying({ unknown: ['redirect_uri'] }), { ...invalidMetadata, observed: 'ignored: redirect_uri' }]],
  ),
  of(
    checkMembersUsable,
    [metadata],
    [
      [
        saying({
          unusable: [
            { member: 'logo_uri', problem: 'must be text' },
            { member: 'scope', problem: 'is é' },
          ],
        }),
        {
          ...invalidMetadata,
          description: 'logo_uri must be text',
          observed: 'logo_uri must be text; scope is é',
        },
      ],
      [saying({ unusable: [{ member: 'scope', problem: 'is "é"' }] }), { description: 'scope is ???' }],
    ],
  ),
  of(
    checkEncryptionKeys,
    [metadata],
    [
      [
        saying({
          encryptionProblems: [
            { member: 'id_token_encrypted_response_alg', problem: 'is dir, which takes a client secret' },
            { member: 'userinfo_encrypted_response_enc', problem: 'says too little' },
          ],
        }),
        {
          ...invalidMetadata,
          description: 'id_token_encrypted_response_alg is dir, which takes a client secret',
          observed:
            'id_token_encrypted_response_alg is dir, which takes a client secret; userinfo_encrypted_response_enc says too little',
        },
      ],
    ],
  ),
  of(
    checkRequestUris,
    [
      metadata,
      saying({
        requestUris: [
          'https://client.example.org/rf.txt#qpXaRLh_n93TTR9F252ValdatUQvQiJi5BDub2BeznA',
          'http://127.0.0.1:8080/request.jwt',
          'http://localhost/request.jwt',
          'http://[::1]:1/request.jwt',
        ],
      }),
    ],
    [
      [
        saying({ requestUris: ['https://client.example.org/', 'http://client.example.org/request.jwt'] }),
        {
          ...invalidMetadata,
          description: 'One of request_uris must be https, or http on a loopback address (RFC 9101 5.2)',
          observed: 'http://client.example.org/request.jwt',
        },
      ],
      [saying({ requestUris: [7] }), { ...invalidMetadata, description: 'One of request_uris is no text' }],
      [saying({ requestUris: ['file:///etc/passwd'] }), invalidMetadata],
      [saying({ requestUris: ['https://me:secret@client.example.org/'] }), invalidMetadata],
      [saying({ requestUris: ['/request.jwt'] }), invalidMetadata],
      [saying({ requestUris: [`https://client.example.org/${'x'.repeat(486)}`] }), invalidMetadata],
    ],
  ),
  of(
    checkSoftwareStatement,
    [
      metadata,
      saying({ softwareStatement: statement }),
      saying({ softwareStatement: statement, statementCounts: true }),
    ],
    [
      [saying({ softwareStatement: 'a statement' }), { error: 'invalid_software_statement' }],
      [saying({ softwareStatement: { iss: 'x' } }), { error: 'invalid_software_statement' }],
    ],
  ),
  of(
    checkResponseTypesSupported,
    [metadata, saying({ responseTypes: [] })],
    [
      [
        saying({ responseTypes: ['code', 'token'] }),
        { ...invalidMetadata, observed: 'token', expected: 'code' },
      ],
    ],
  ),
  of(
    checkTypesConsistent,
    [
      metadata,
      saying({ responseTypes: [], grantTypes: ['client_credentials'] }),
      saying({ responseTypes: ['code id_token'], grantTypes: ['authorization_code', 'implicit'] }),
    ],
    [
      [
        saying({ grantTypes: ['client_credentials'] }),
        { description: 'response_types needs the grant type authorization_code' },
      ],
      [
        saying({ responseTypes: ['code token'] }),
        { description: 'response_types needs the grant type implicit' },
      ],
    ],
  ),
  of(
    checkRegisteredScopeKnown,
    [metadata],
    [
      [
        saying({ unknownScopes: ['dolphin'] }),
        { ...invalidMetadata, observed: 'left out of the registration: dolphin' },
      ],
    ],
  ),
]

const keyCases: CheckCase[] = [
  of(
    checkOneKeySource,
    [metadata, saying({ hasJwks: true }), saying({ jwksUri: 'https://client.example.org/jwks' })],
    [[saying({ hasJwks: true, jwksUri: 'https://client.example.org/jwks' }), invalidMetadata]],
  ),
  of(
    checkKeysPresent,
    [metadata, saying({ authMethod: 'private_key_jwt', hasJwks: true })],
    [[saying({ authMethod: 'private_key_jwt' }), invalidMetadata]],
  ),
  of(
    checkRequestObjectSigned,
    [metadata, saying({ requestObjectSigningAlg: 'none' }), saying({ requireSignedRequestObject: true })],
    [[saying({ requireSignedRequestObject: true, requestObjectSigningAlg: 'none' }), invalidMetadata]],
  ),
]

const uriCases: CheckCase[] = [
  of(
    checkLogoutUrisHarmless,
    [
      metadata,
      saying({ postLogoutRedirectUris: ['https://client.example.org/out', 'com.example.app:/out'] }),
    ],
    [
      [
        saying({ postLogoutRedirectUris: ['https://client.example.org/out', 'javascript:alert(1)'] }),
        { ...invalidMetadata, observed: 'javascript:alert(1)' },
      ],
      [saying({ postLogoutRedirectUris: ['DATA:text/html,x'] }), invalidMetadata],
    ],
  ),
  of(
    checkFrontchannelFragment,
    [metadata, saying({ frontchannelLogoutUri: 'https://client.example.org/out?x=1' })],
    [[saying({ frontchannelLogoutUri: 'https://client.example.org/out#x' }), invalidMetadata]],
  ),
  of(
    checkFrontchannelUri,
    [metadata, saying({ frontchannelLogoutUri: 'https://client.example.org/out?x=1' })],
    [[saying({ frontchannelLogoutUri: 'https://client.example.org:8443/out' }), invalidMetadata]],
  ),
  of(
    checkBackchannelUri,
    [metadata, saying({ backchannelLogoutUri: 'http://client.example.org/out' })],
    [[saying({ backchannelLogoutUri: 'https://client.example.org/out#x' }), invalidMetadata]],
  ),
  of(
    checkInitiateLoginUri,
    [metadata, saying({ initiateLoginUri: 'http://localhost/login' })],
    [[saying({ initiateLoginUri: 'http://client.example.org/login' }), invalidMetadata]],
  ),
]

const sectorCases: CheckCase[] = [
  of(
    checkSectorNamed,
    [
      metadata,
      saying({ subjectType: 'pairwise' }),
      saying({
        subjectType: 'pairwise',
        redirectUris: ['https://a.example/cb', 'https://b.example/cb'],
        sectorIdentifierUri: sector.sectorIdentifierUri,
      }),
    ],
    [
      [
        saying({ subjectType: 'pairwise', redirectUris: ['https://a.example/cb', 'https://b.example/cb'] }),
        { ...invalidMetadata, observed: 'a.example, b.example' },
      ],
    ],
  ),
  of(
    checkSectorSecure,
    [metadata, saying({ sectorIdentifierUri: 'http://127.0.0.1:3000/uris.json' })],
    [[saying({ sectorIdentifierUri: 'http://other.example.net/uris.json' }), invalidMetadata]],
  ),
  of(
    checkSectorReadable,
    [sector],
    [[{ ...sector, problem: 'it answers 404' }, { observed: 'it answers 404' }]],
  ),
  of(
    checkSectorCovers,
    [sector],
    [[{ ...sector, redirectUris: ['https://client.example.org/callback/'] }, invalidMetadata]],
  ),
]

/** What a client says of itself, but for its redirect URIs. */
export const registrationMemberCases: CheckCase[] = [...memberCases, ...keyCases, ...uriCases, ...sectorCases]
