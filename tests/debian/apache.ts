import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'

const MODULES = '/usr/lib/apache2/modules'

export interface Apache {
  /** Without a trailing slash. */
  origin: string
  log(): Promise<string>
  stop(): Promise<void>
}

/**
 * Debian's Apache with mod_auth_openidc, in a folder of its own: `/app/` wants a login at the issuer and says in headers who
 * came; `/bye.html` wants none.
 *
 * @param directives what differs from its strictest settings
 */
export async function startApache(issuer: string, directives: readonly string[] = []): Promise<Apache> {
  const folder = await mkdtemp(join(tmpdir(), 'grantscope-apache-'))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  // Started by root, it serves as another user, who must be able to read.
  await chmod(folder, 0o755)
  await mkdir(join(folder, 'www/app'), { recursive: true })
  await writeFile(join(folder, 'www/app/index.html'), '<h1>The app</h1>')
  await writeFile(join(folder, 'www/bye.html'), '<h1>Bye</h1>')
  const file = join(folder, 'apache.conf')
  await writeFile(file, configuration({ folder, port, origin, issuer, directives }))
  const child = spawn('/usr/sbin/apache2', ['-d', folder, '-f', file, '-DFOREGROUND'], { stdio: 'pipe' })
  const log = () => readFile(join(folder, 'error.log'), 'utf8').catch(() => '')
  const stop = async () => {
    await end(child)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await answering(`${origin}/bye.html`, child)
  } catch (error) {
    const said = `${child.stderr.read() ?? ''}${await log()}`
    await stop()
    throw new Error(`Apache does not answer: ${said}`, { cause: error })
  }
  return { origin, log, stop }
}

interface Placement {
  folder: string
  port: number
  origin: string
  issuer: string
  directives: readonly string[]
}

const configuration = ({ folder, port, origin, issuer, directives }: Placement): string => `
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
LogLevel auth_openidc:info
Mutex file:${folder} default
${process.getuid?.() === 0 ? 'User www-data\nGroup www-data' : ''}
${modules.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
DirectoryIndex index.html
DocumentRoot ${folder}/www
OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID demo-web
OIDCClientSecret demo-web-secret
OIDCRedirectURI ${origin}/app/callback
OIDCDefaultLoggedOutURL ${origin}/bye.html
OIDCCryptoPassphrase 0123456789abcdef0123456789abcdef
OIDCPKCEMethod S256
OIDCScope "openid profile email"
OIDCRemoteUserClaim sub
OIDCCookieHTTPOnly On
${directives.join('\n')}
<Location /app>
  AuthType openid-connect
  Require valid-user
  # Else a browser may show the page again without asking whether the login still holds.
  Header set Cache-Control no-store
  Header set X-User "expr=%{REMOTE_USER}"
  Header set X-Email "expr=%{reqenv:OIDC_CLAIM_email}"
  Header set X-Name "expr=%{reqenv:OIDC_CLAIM_name}"
  Header set X-Token "expr=%{reqenv:OIDC_access_token}"
</Location>
`

const modules = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'dir', 'headers', 'auth_openidc']

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200 && child.exitCode === null; attempt++) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`no answer from ${url}`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}
