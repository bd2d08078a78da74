import type { Paths } from '../types.ts'
import { apiPaths } from './api.ts'
import { authorizationPaths } from './authorization.ts'
import { docsPaths } from './docs.ts'
import { oauthPaths } from './oauth.ts'
import { registrationPaths } from './registration.ts'
import { sessionPaths } from './session.ts'

/** Every route of the issuer, but for the files the documentation page loads. */
export const paths: Paths = {
  ...authorizationPaths,
  ...oauthPaths,
  ...registrationPaths,
  ...sessionPaths,
  ...apiPaths,
  ...docsPaths,
}
