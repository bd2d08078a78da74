import type { Standard } from './requirement.ts'
import { endpoints } from './rfc-6749-endpoints.ts'
import { grants } from './rfc-6749-grants.ts'
import { security } from './rfc-6749-security.ts'

export const rfc6749: Standard = {
  name: 'RFC 6749',
  title: 'The OAuth 2.0 Authorization Framework',
  url: 'https://www.rfc-editor.org/rfc/rfc6749',
  requirements: [...endpoints, ...grants, ...security],
}
