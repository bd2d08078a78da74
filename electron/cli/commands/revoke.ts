import { findToken } from '../../../shared/protocol/find-token.ts'
import { decodeJwt } from '../../../shared/protocol/jwt.ts'
import { defineCommand, type Io, UsageError } from '../command.ts'
import { connect, connectOptions } from '../connect.ts'

/** Puts tokens on the deny list of the running issuer. */
export const revoke = defineCommand({
  name: 'revoke',
  summary: 'Revoke tokens, named by jti or given whole',
  usage: '<jti|jwt|-> ... [options]',
  options: {
    reason: { type: 'string', value: 'TEXT', help: 'Kept with the token, and shown' },
    json: { type: 'boolean', help: 'Print the jtis that were revoked as JSON' },
    ...connectOptions,
  },
  notes: 'A jti that begins with "-" goes after "--"; "-" alone reads from standard input, one a line.',
  async run({ values, positionals }, io) {
    const jtis = (await readNames(positionals, io)).map(jtiOf)
    if (jtis.length === 0) throw new UsageError('name the tokens by jti, or give them whole')
    const connection = await connect(values, io)
    const reason = values.reason ?? 'revoked on the command line'
    const changed = await connection.call('tokens.revoke', { jtis, reason })
    if (values.json) io.out(`${JSON.stringify(changed)}\n`)
    else for (const jti of changed.jtis) io.out(`revoked ${jti}\n`)
    for (const jti of jtis.filter((one) => !changed.jtis.includes(one)))
      io.err(`${jti} was not active any more; nothing changed\n`)
    return 0
  },
})

async function readNames(positionals: readonly string[], io: Io): Promise<string[]> {
  const names = await Promise.all(
    positionals.map(async (name) => (name === '-' ? (await io.stdin()).split(/\s+/) : [name])),
  )
  return names.flat().filter((name) => name !== '')
}

/** The text itself, or the jti inside when it is a whole token. */
function jtiOf(text: string): string {
  const { form, claims } = decodeJwt(findToken(text))
  if (form !== 'jws') return text
  if (typeof claims?.jti === 'string') return claims.jti
  throw new UsageError('this token has no jti to revoke it by')
}
