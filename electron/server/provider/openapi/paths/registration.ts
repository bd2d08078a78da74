import { answer, jsonBody, open, refusals } from '../parts.ts'
import { refTo } from '../schemas.ts'
import type { Operation, Paths, Response } from '../types.ts'

const tags = ['OAuth']

const isOff: Record<string, Response> = {
  '404': refusals.badRequest('Registration is off', [
    'invalid_request',
    'Clients cannot register at this issuer',
  ])['400']!,
}

const badMetadata = refusals.badRequest(
  'invalid_redirect_uri, invalid_client_metadata or invalid_software_statement',
  ['invalid_redirect_uri', 'A redirect URI is not an absolute URI without a fragment'],
)

const manage = {
  tags,
  security: open,
  parameters: [
    {
      name: 'client_id',
      in: 'path',
      description: 'The client; its registration access token comes as Authorization: Bearer',
      required: true,
      schema: { type: 'string' },
    },
  ],
} satisfies Partial<Operation>

const refused: Record<string, Response> = {
  ...refusals.unauthorized('The registration access token is missing, or not the one of this client', [
    'invalid_token',
    'The registration access token is not valid',
  ]),
  ...isOff,
}

export const registrationPaths: Paths = {
  '/register': {
    post: {
      operationId: 'registerClient',
      tags,
      summary: 'Register a client (RFC 7591)',
      description: 'Open to anybody, or to holders of an initial access token, or off: as the settings say.',
      security: open,
      requestBody: jsonBody('ClientMetadata'),
      responses: {
        '201': answer('The client, and the token to manage it with', refTo('ClientInformation')),
        ...badMetadata,
        ...refusals.unauthorized('Registration is protected, and no initial access token came that holds', [
          'invalid_token',
          'Registration needs an initial access token',
        ]),
        ...isOff,
        ...refusals.tooLarge,
      },
    },
  },
  '/register/{client_id}': {
    get: {
      operationId: 'readClient',
      ...manage,
      summary: 'Read a registration (RFC 7592 2.1)',
      responses: { '200': answer('The client', refTo('ClientInformation')), ...refused },
    },
    put: {
      operationId: 'updateClient',
      ...manage,
      summary: 'Replace a registration (RFC 7592 2.2)',
      description: 'What is left out is reset. The registration access token is replaced.',
      requestBody: jsonBody('ClientMetadata'),
      responses: {
        '200': answer('The client as it is now', refTo('ClientInformation')),
        ...badMetadata,
        ...refused,
        ...refusals.tooLarge,
      },
    },
    delete: {
      operationId: 'removeClient',
      ...manage,
      summary: 'Remove a registration, with its grants and tokens (RFC 7592 2.3)',
      responses: { '204': { description: 'Removed' }, ...refused },
    },
  },
}
