import bcrypt from 'bcrypt'
import { createPasswords } from '../../passwords.ts'
import { saveUser } from '../../store/users.ts'
import type { Bench } from '../bench.ts'
import { statusIs, that } from '../expectations.ts'
import { logIn, storedUser } from '../moves.ts'
import type { RecipeDefinition } from '../recipe.ts'

/** bcrypt knows no lower one. */
const LOWEST_COST = 4

export const passwordHashing: RecipeDefinition = {
  id: 'password-hashing',
  topic: 3,
  title: 'Hashing and verifying passwords securely',
  teaches: [
    'A password is never stored. What is stored is the outcome of a function that is slow on purpose and takes a random salt, so that two users with the same password have different hashes and a stolen table is no list of passwords.',
    'This issuer uses bcrypt. A hash such as $2b$10$… names its algorithm, its cost and its salt; the cost is a power of two and can be set in Settings. Verifying hashes the candidate with the same salt and compares in constant time, and an unknown user costs as much time as a known one.',
    'Machines get faster, so the cost has to rise. Only at a login is the password known: POST /token and POST /login replace a hash below the configured cost there and then. bcrypt reads 72 bytes and no more, so longer passwords are refused instead of cut.',
  ],
  ruleOfThumb:
    'Take a password hash that salts by itself and can be made slower over the years, and upgrade old hashes when their owners log in.',
  steps: [
    {
      title: 'Look at the stored hashes of two users with the same password',
      async run(bench) {
        const twin = await bench.addPerson(bench.person.password)
        const [one, other] = [hashOf(bench, bench.person.id), hashOf(bench, twin.id)]
        const cost = bench.core.settings().bcryptCost
        return [
          that('The hash is one of bcrypt', one.startsWith('$2'), one),
          that('It does not hold the password', !one.includes(bench.person.password), one),
          that(
            `Its cost is the configured ${cost}`,
            bcrypt.getRounds(one) === cost,
            `cost ${bcrypt.getRounds(one)}`,
          ),
          that('The same password gives another hash', one !== other, other),
        ]
      },
    },
    {
      title: 'Log in with a wrong password',
      async run(bench) {
        return [statusIs(await logIn(bench, { password: `not ${bench.person.password}` }), 400)]
      },
    },
    {
      title: 'Log in with the right password',
      async run(bench) {
        return [statusIs(await logIn(bench), 200)]
      },
    },
    {
      title: 'Put a hash in place as it was stored before the cost was raised',
      async run(bench) {
        const cost = bench.core.settings().bcryptCost
        const older = Math.max(LOWEST_COST, cost - 1)
        const passwordHash = await createPasswords(() => older).hash(bench.person.password)
        const user = storedUser(bench, bench.person)
        bench.core.database.write((writer) => saveUser(writer, { ...user, passwordHash }))
        bench.keep('older hash', passwordHash)
        const below = cost === LOWEST_COST ? "bcrypt's lowest, as is configured" : 'below what is configured'
        return [
          that(
            `The stored hash has cost ${older}, ${below}`,
            bcrypt.getRounds(hashOf(bench, user.id)) === older,
            passwordHash,
          ),
        ]
      },
    },
    {
      title: 'Log in again',
      async run(bench) {
        const answer = await logIn(bench)
        const cost = bench.core.settings().bcryptCost
        const now = hashOf(bench, bench.person.id)
        const outdated = bcrypt.getRounds(bench.kept('older hash')) < cost
        bench.keep('hash after the login', now)
        return [
          statusIs(answer, 200),
          that(
            outdated
              ? `The login has replaced the hash by one of cost ${cost}`
              : 'Nothing was to be upgraded',
            bcrypt.getRounds(now) === cost && (now !== bench.kept('older hash')) === outdated,
            now,
          ),
        ]
      },
    },
    {
      title: 'Log in once more',
      async run(bench) {
        const answer = await logIn(bench)
        const now = hashOf(bench, bench.person.id)
        return [
          statusIs(answer, 200),
          that('A hash of the right cost stays', now === bench.kept('hash after the login'), now),
        ]
      },
    },
  ],
}

const hashOf = (bench: Bench, id: string): string =>
  storedUser(bench, { ...bench.person, id }).passwordHash ?? ''
