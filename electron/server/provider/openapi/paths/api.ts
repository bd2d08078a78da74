import {
  answer,
  bearer,
  bearerOrCookie,
  inactiveUser,
  jsonBody,
  notAuthenticated,
  refusals,
} from '../parts.ts'
import { refTo } from '../schemas.ts'
import type { Paths } from '../types.ts'

const tags = ['Sample API']

export const apiPaths: Paths = {
  '/me': {
    get: {
      operationId: 'me',
      tags,
      summary: 'The profile of whoever calls',
      security: bearerOrCookie,
      responses: { '200': answer('The profile', refTo('Profile')), ...inactiveUser, ...notAuthenticated },
    },
  },
  '/items': {
    get: {
      operationId: 'readItems',
      tags,
      summary: 'Read the items',
      security: bearer('read'),
      responses: {
        '200': answer('The items, oldest first', { type: 'array', items: refTo('Item') }),
        ...inactiveUser,
        ...notAuthenticated,
        ...refusals.forbidden('read'),
      },
    },
    post: {
      operationId: 'addItem',
      tags,
      summary: 'Add an item',
      security: bearer('write'),
      requestBody: jsonBody('NewItem'),
      responses: {
        '201': answer('The item', refTo('Item')),
        ...refusals.badRequest('No title, or the user is inactive', [
          'invalid_request',
          'title must be a text of 1 to 1000 characters',
        ]),
        ...notAuthenticated,
        ...refusals.forbidden('write'),
        ...refusals.tooLarge,
      },
    },
  },
}
