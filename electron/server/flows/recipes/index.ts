import type { RecipeDefinition } from '../recipe.ts'
import { passwordBearer } from './topic-01-password-bearer.ts'
import { tokenEndpoint } from './topic-02-token-endpoint.ts'
import { passwordHashing } from './topic-03-password-hashing.ts'
import { currentUser } from './topic-04-current-user.ts'
import { scopes } from './topic-05-scopes.ts'
import { inactiveUsers } from './topic-06-inactive-users.ts'
import { refreshTokens } from './topic-07-refresh-tokens.ts'
import { logout } from './topic-08-logout.ts'
import { formData } from './topic-09-form-data.ts'
import { cookie } from './topic-10-cookie.ts'
import { twoFactor } from './topic-11-two-factor.ts'

/** Every recipe, in the order of the tutorial. */
export const recipes: readonly RecipeDefinition[] = [
  passwordBearer,
  tokenEndpoint,
  passwordHashing,
  currentUser,
  scopes,
  inactiveUsers,
  refreshTokens,
  logout,
  formData,
  cookie,
  twoFactor,
]
