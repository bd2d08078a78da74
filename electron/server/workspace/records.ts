import { pickClientOptions } from '../../../shared/contract/operations/client-options.ts'
import type { NewClient, NewScope, Scope } from '../../../shared/contract/operations/clients.ts'
import type { NewUser } from '../../../shared/contract/operations/users.ts'
import { defaultScopeClaims } from '../../../shared/protocol/claims.ts'
import { type Random, randomId } from '../random.ts'
import type { ClientRecord } from '../store/clients.ts'
import type { UserRecord } from '../store/users.ts'
import { isSecretMethod } from './rules.ts'

/** A user as first stored. A TOTP secret switches the second factor on. */
export function newUserRecord(
  user: Omit<NewUser, 'password'>,
  secrets: { passwordHash: string | null; totpSecret: string | null; now: number },
): UserRecord {
  const { passwordHash, totpSecret, now } = secrets
  return {
    id: user.id ?? user.username,
    username: user.username,
    passwordHash,
    name: user.name,
    email: user.email,
    active: user.active,
    issuer: user.issuer,
    allowedScopes: user.allowedScopes,
    claims: user.claims,
    totpState: totpSecret === null ? 'off' : 'on',
    totpSecret,
    totpLastStep: null,
    totpFailures: 0,
    totpLockedUntil: null,
    lastLoginAt: null,
    createdAt: now,
    updatedAt: now,
  }
}

/** A client as stored; one with a secret method always has a secret, made here when there is none. */
export function newClientRecord(
  client: Omit<NewClient, 'secret'>,
  { secret, random, now }: { secret: string | null; random: Random; now: number },
): ClientRecord {
  const needsSecret = client.authMethods.some(isSecretMethod)
  return {
    ...pickClientOptions(client),
    id: client.id,
    name: client.name ?? client.id,
    secret: needsSecret ? (secret ?? randomId(random, 32)) : null,
    authMethods: unique(client.authMethods),
    jwks: client.jwks,
    jwksUri: client.jwksUri,
    redirectUris: unique(client.redirectUris),
    postLogoutRedirectUris: unique(client.postLogoutRedirectUris),
    grantTypes: unique(client.grantTypes),
    allowedScopes: client.allowedScopes && unique(client.allowedScopes),
    defaultScopes: unique(client.defaultScopes),
    accessTokenLifetime: client.accessTokenLifetime,
    refreshTokenLifetime: client.refreshTokenLifetime,
    profile: client.profile,
    autoApprove: client.autoApprove,
    registeredAt: null,
    createdAt: now,
    updatedAt: now,
  }
}

/** A scope as first stored; one that the standard knows stands for the claims it gives it. */
export const newScopeRecord = ({ name, description, claims }: NewScope, now: number): Scope => ({
  name,
  description,
  claims: unique(claims ?? defaultScopeClaims(name)),
  createdAt: now,
})

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)]
