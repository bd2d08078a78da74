import type { InputOf, OutputOf } from '../../../shared/contract/operations/index.ts'
import { defineCommand, Failure, UsageError, wholeNumber } from '../command.ts'
import { type Connection, connect, connectOptions } from '../connect.ts'

/** Gets tokens from the running issuer without a login: for curl, scripts and tests. */
export const token = defineCommand({
  name: 'token',
  summary: 'Get a token for a user or a client from the running issuer',
  usage: '--user NAME | --client ID [options]',
  options: {
    user: { type: 'string', value: 'NAME', help: 'Username or id of the user it is for' },
    client: { type: 'string', value: 'ID', help: 'Client it is issued to (the default client for a user)' },
    scope: { type: 'string', value: 'SCOPES', help: 'Scopes, with spaces between: "read write"' },
    lifetime: { type: 'string', value: 'SECONDS', help: 'Lifetime of the access token' },
    json: { type: 'boolean', help: 'Print the whole token response' },
    ...connectOptions,
  },
  notes:
    'curl -H "Authorization: Bearer $(grantscope token --user alice --scope read)" http://127.0.0.1:4400/items',
  async run({ values, positionals }, io) {
    if (positionals.length > 0) throw new UsageError(`unexpected "${positionals[0]}"`)
    if (values.user === undefined && values.client === undefined)
      throw new UsageError('say whom it is for: --user alice, or --client demo-service')
    const input: InputOf<'tokens.issue'> = { scopes: values.scope?.split(/\s+/).filter(Boolean) ?? [] }
    if (values.client !== undefined) input.clientId = values.client
    if (values.lifetime !== undefined)
      input.lifetime = wholeNumber('lifetime', values.lifetime, 1, 315_360_000)
    const connection = await connect(values, io)
    if (values.user !== undefined) input.userId = await userIdOf(values.user, connection)
    const response = await connection.call('tokens.issue', input)
    io.out(values.json ? `${JSON.stringify(response, null, 2)}\n` : `${response.access_token}\n`)
    return 0
  },
})

async function userIdOf(name: string, { call }: Connection): Promise<string> {
  const users: OutputOf<'users.list'> = await call('users.list', {})
  const user = users.find(({ id }) => id === name) ?? users.find(({ username }) => username === name)
  if (user) return user.id
  throw new Failure(
    `there is no user "${name}"; there are: ${users.map(({ username }) => username).join(', ')}`,
  )
}
