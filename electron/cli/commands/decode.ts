import type { InputOf } from '../../../shared/contract/operations/index.ts'
import type { Inspection } from '../../../shared/contract/operations/tokens.ts'
import { findToken } from '../../../shared/protocol/find-token.ts'
import { type DecodedJwt, decodeJwt } from '../../../shared/protocol/jwt.ts'
import { judgeToken } from '../../../shared/protocol/token-verdict.ts'
import { defineCommand, Failure, type Io, UsageError } from '../command.ts'
import { type Connection, connectOptions, findConnection } from '../connect.ts'
import { formatReport, type Report } from '../decode-report.ts'

/** Takes a token apart, and has it judged by the running issuer or a JWKS when there is one. */
export const decode = defineCommand({
  name: 'decode',
  summary: 'Show what is in a token, and whether it holds',
  usage: '<jwt|-> [options]',
  options: {
    jwks: { type: 'string', value: 'URL', help: 'Verify the signature with these keys' },
    json: { type: 'boolean', help: 'Print the verdict, header and claims as JSON' },
    ...connectOptions,
  },
  notes:
    'Takes what you pasted: a Bearer header, a token response, a URL; "-" reads it from standard input. ' +
    'The signature is checked\nby the running Grantscope, or with --jwks. Without either the token is only decoded. ' +
    'Exit code 1 means that it is broken.',
  async run({ values, positionals: [text, ...more] }, io) {
    if (text === undefined) throw new UsageError('give a token, or - to read it from standard input')
    if (more.length > 0) throw new UsageError('give one token, in quotes when it holds spaces')
    const input = text === '-' ? await io.stdin() : text
    const decoded = decodeJwt(findToken(input))
    const { inspection, now } = await inspect(decoded, values, io)
    const report: Report = { ...inspection, problems: decoded.problems }
    io.out(values.json ? `${JSON.stringify(report, null, 2)}\n` : formatReport(report, decoded, now))
    return decoded.form === 'malformed' || (decoded.form === 'opaque' && report.row === null) ? 1 : 0
  },
})

interface Judged {
  inspection: Inspection
  /** The time it was judged at: the issuer's, when an issuer judged. */
  now: number
}

type Flags = Parameters<typeof findConnection>[0] & { jwks?: string }

async function inspect(decoded: DecodedJwt, flags: Flags, io: Io): Promise<Judged> {
  const jwksUrl = flags.jwks === undefined ? undefined : jwksUrlOf(flags.jwks)
  const input = { input: decoded.token, ...(jwksUrl ? { jwksUrl } : {}) }
  const alone = () => (jwksUrl ? inspectAlone(input, io) : unchecked(decoded, io))
  try {
    const connection = await findConnection(flags, io)
    return connection ? await inspectWith(connection, input) : await alone()
  } catch (error) {
    // A server that was only found, not asked for, may be gone or closed: decoding does not need it.
    if (flags.control !== undefined || !(error instanceof Failure)) throw error
    io.err(`grantscope: decode: ${error.message}\n`)
    return alone()
  }
}

async function inspectWith({ call }: Connection, input: InputOf<'tokens.inspect'>): Promise<Judged> {
  const [inspection, clock] = await Promise.all([call('tokens.inspect', input), call('clock.get', {})])
  return { inspection, now: clock.now }
}

function jwksUrlOf(text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text
  throw new UsageError(`--jwks wants an http or https URL, not "${text}"`)
}

/** Judges with a JWKS when nothing runs: by a core in memory, so that there is one verdict and not two. */
async function inspectAlone(input: InputOf<'tokens.inspect'>, io: Io): Promise<Judged> {
  const { createGrantscope } = await import('../../server/index.ts')
  const { packageVersion } = await import('../../host/package-root.ts')
  const core = await createGrantscope({ database: ':memory:', host: 'embedded', version: packageVersion() })
  try {
    const envelope = await core.dispatch('tokens.inspect', input)
    if (!envelope.ok) throw new Failure(envelope.error.message)
    return { inspection: envelope.value as Inspection, now: io.now() }
  } finally {
    await core.close()
  }
}

const notChecked = 'The signature was not checked: no Grantscope is running, and no --jwks was given.'

/** The same verdict as with a core, but for what only a core knows. */
function unchecked({ token, form, header, claims, problems }: DecodedJwt, io: Io): Judged {
  const now = io.now()
  const signature = header?.alg === 'none' ? 'none' : 'not_checked'
  const judged = judgeToken({
    form,
    problems: problems.map(({ message }) => message),
    claims,
    signature: { state: signature, reason: notChecked },
    ledger: null,
    now,
  })
  const timed = judged.verdict === 'expired' || judged.verdict === 'not_yet_valid'
  const reason = timed ? `${judged.reason} ${notChecked}` : judged.reason
  const inspection = {
    ...judged,
    reason,
    token,
    header,
    claims,
    signature,
    verifiedWith: null,
    row: null,
  } as const
  return { now, inspection }
}
