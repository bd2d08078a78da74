import { ContractError, notFound } from '../../../shared/contract/envelope.ts'
import { invalidInput } from '../../../shared/contract/issues.ts'
import { withChanges } from '../../../shared/contract/merge.ts'
import type { NewUser, SecondFactor, User, UserChanges } from '../../../shared/contract/operations/users.ts'
import type { Core } from '../core.ts'
import { tell } from '../logout/end-login.ts'
import { relyingPartiesOfUser } from '../logout/relying-parties.ts'
import { codeEndsAt, currentCode, newTotpSecret, provisioningUri, qrDataUrl } from '../second-factor/totp.ts'
import { type CodeVerdict, lockedUntil, verifyCode } from '../second-factor/verify-code.ts'
import type { Reader, Writer } from '../store/database.ts'
import { findRetiredSubject } from '../store/retired-subjects.ts'
import { deleteUser, findUser, findUserByName, listUsers, saveUser, type UserRecord } from '../store/users.ts'
import { newUserRecord } from '../workspace/records.ts'
import { scopeIssues, unknownIssuerIssues } from '../workspace/rules.ts'
import { retiredProblem, subProblem } from '../workspace/subject-rules.ts'
import type { HandlersOf } from './handlers.ts'

export function userHandlers(core: Core): HandlersOf<'users'> {
  const { database, clock, events } = core
  const changed = () => events.publish({ type: 'changed', noun: 'users' })
  /** Saves what `change` makes of the user, and tells. */
  const edit = (id: string, change: (user: UserRecord) => Partial<UserRecord>): UserRecord => {
    const saved = database.write((writer) => {
      const user = existing(writer, id)
      const next = { ...user, ...change(user), updatedAt: clock.now() }
      saveUser(writer, next)
      return next
    })
    changed()
    return saved
  }
  const shown = (user: UserRecord) => toUser(user, clock.now())

  return {
    'users.list': () => listUsers(database.read).map(shown),
    'users.get': ({ id }) => shown(existing(database.read, id)),
    'users.create': async (input) => shown(await createUser(core, input)),
    'users.update': async ({ id, changes }) => shown(await updateUser(core, id, changes)),
    'users.delete': async ({ id }) => {
      const parties = relyingPartiesOfUser(core, id)
      database.write((writer) => {
        if (!deleteUser(writer, id)) throw notFound('user', id)
      })
      changed()
      for (const noun of ['tokens', 'sessions'] as const) events.publish({ type: 'changed', noun })
      await tell(core, parties)
      return {}
    },
    'users.secondFactor': ({ id }) => toSecondFactor(existing(database.read, id), clock.now()),
    'users.enrolSecondFactor': ({ id }) => {
      const user = edit(id, ({ username, totpState }) => {
        if (totpState === 'on') {
          throw new ContractError('conflict', `The second factor of "${username}" is on. Reset it first.`)
        }
        return { ...noSecondFactor, totpState: 'pending', totpSecret: newTotpSecret(core.random) }
      })
      return toSecondFactor(user, clock.now())
    },
    'users.confirmSecondFactor': ({ id, code }) => {
      const now = clock.now()
      // A wrong code is counted, and so committed, before it is refused.
      const verdict = database.write((writer) => verifyCode(writer, pendingUser(writer, id), code, now))
      changed()
      if (verdict.outcome !== 'accepted') throw refusalOf(verdict, now)
      return toSecondFactor(verdict.user, now)
    },
    'users.resetSecondFactor': ({ id }) =>
      toSecondFactor(
        edit(id, () => noSecondFactor),
        clock.now(),
      ),
    'users.unlockSecondFactor': ({ id }) =>
      toSecondFactor(
        edit(id, () => ({ totpFailures: 0, totpLockedUntil: null })),
        clock.now(),
      ),
  }
}

const noSecondFactor = {
  totpState: 'off',
  totpSecret: null,
  totpLastStep: null,
  totpFailures: 0,
  totpLockedUntil: null,
} as const satisfies Partial<UserRecord>

function existing(reader: Reader, id: string): UserRecord {
  const user = findUser(reader, id)
  if (!user) throw notFound('user', id)
  return user
}

function pendingUser(reader: Reader, id: string): UserRecord {
  const user = existing(reader, id)
  if (user.totpState === 'pending') return user
  const reason = user.totpState === 'on' ? 'is on already' : 'has not been set up'
  throw new ContractError('conflict', `The second factor of "${user.username}" ${reason}.`)
}

async function createUser(core: Core, input: NewUser): Promise<UserRecord> {
  const passwordHash = await core.passwords.hash(input.password)
  const user = core.database.write((writer) => {
    const record = newUserRecord(input, { passwordHash, totpSecret: null, now: core.clock.now() })
    refuseIdThatIsNoSub(record)
    if (findUser(writer, record.id)) {
      throw new ContractError('conflict', `There is a user with the id "${record.id}" already.`)
    }
    refuseIdOfDeletedUser(writer, record)
    refuseTakenName(writer, record)
    refuseUnknownScopes(writer, 'allowedScopes', record.allowedScopes)
    refuseUnknownIssuer(core, 'issuer', record.issuer)
    saveUser(writer, record)
    return record
  })
  core.events.publish({ type: 'changed', noun: 'users' })
  return user
}

/** OpenID Connect Core 1.0 2. Users of before keep the ids they have. */
function refuseIdThatIsNoSub({ id }: UserRecord): void {
  const message = subProblem(id)
  if (message !== null) throw invalidInput([{ path: 'id', message }])
}

/** OpenID Connect Core 1.0 2: who is made here is somebody new, also under the old name. */
function refuseIdOfDeletedUser(reader: Reader, { id }: UserRecord): void {
  const before = findRetiredSubject(reader, id)
  if (before !== undefined) throw new ContractError('conflict', `The id "${id}" ${retiredProblem(before)}.`)
}

async function updateUser(core: Core, id: string, changes: UserChanges): Promise<UserRecord> {
  existing(core.database.read, id)
  const { password, ...profile } = changes
  const passwordHash = password === undefined ? undefined : await core.passwords.hash(password)
  const { user, renamed, stopped } = core.database.write((writer) => {
    const before = existing(writer, id)
    const after = withChanges<UserRecord>(before, { ...profile, passwordHash, updatedAt: core.clock.now() })
    refuseTakenName(writer, after)
    if (profile.allowedScopes) refuseUnknownScopes(writer, 'changes.allowedScopes', profile.allowedScopes)
    refuseUnknownIssuer(core, 'changes.issuer', after.issuer)
    saveUser(writer, after)
    const stopped = before.active && !after.active
    return { user: after, renamed: after.username !== before.username, stopped }
  })
  core.events.publish({ type: 'changed', noun: 'users' })
  // The ledger shows the username with each token.
  if (renamed) core.events.publish({ type: 'changed', noun: 'tokens' })
  // The sessions stay, in case the user is activated again; until then they are worth nothing, and apps hear of it.
  if (stopped) await tell(core, relyingPartiesOfUser(core, id))
  return user
}

function refuseTakenName(reader: Reader, { id, username }: UserRecord): void {
  const holder = findUserByName(reader, username)
  if (holder && holder.id !== id) {
    throw new ContractError('conflict', `There is a user named "${username}" already.`)
  }
}

function refuseUnknownScopes(reader: Writer, path: string, scopes: readonly string[] | null): void {
  const issues = scopeIssues(reader, path, scopes ?? [])
  if (issues.length > 0) throw invalidInput(issues)
}

function refuseUnknownIssuer({ issuers }: Core, path: string, issuer: string | null): void {
  const issues = unknownIssuerIssues(issuers, path, issuer)
  if (issues.length > 0) throw invalidInput(issues)
}

function refusalOf({ outcome, lockedUntil: until }: CodeVerdict, now: number): ContractError {
  if (outcome === 'locked') {
    const seconds = Math.ceil(((until ?? now) - now) / 1_000)
    return new ContractError('refused', `Wrong codes have locked the second factor for ${seconds} s more.`)
  }
  return new ContractError(
    'refused',
    outcome === 'replayed'
      ? 'This code was used before; wait for the next one.'
      : 'The code is not the one of this moment.',
  )
}

const toUser = (user: UserRecord, now: number): User => ({
  id: user.id,
  username: user.username,
  name: user.name,
  email: user.email,
  active: user.active,
  issuer: user.issuer,
  allowedScopes: user.allowedScopes,
  claims: user.claims,
  secondFactor: user.totpState,
  secondFactorLockedUntil: lockedUntil(user, now),
  lastLoginAt: user.lastLoginAt,
  createdAt: user.createdAt,
  updatedAt: user.updatedAt,
})

async function toSecondFactor(user: UserRecord, now: number): Promise<SecondFactor> {
  const { totpState: state, totpSecret: secret, totpFailures: failures } = user
  if (secret === null) {
    const none = { secret: null, provisioningUri: null, qr: null, code: null, codeEndsAt: null }
    return { state, ...none, failures: 0, lockedUntil: null }
  }
  const uri = provisioningUri(user, secret)
  return {
    state,
    secret,
    provisioningUri: uri,
    qr: await qrDataUrl(uri),
    code: currentCode(secret, now),
    codeEndsAt: codeEndsAt(now),
    failures,
    lockedUntil: lockedUntil(user, now),
  }
}
