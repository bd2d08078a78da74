/**
 * What the same work costs without Grantscope: node:http and the cryptography, nothing else. Runs in a process of its own,
 * prints its port, and answers each path with the work of one scenario.
 */
import http from 'node:http'
import { CompactSign, compactVerify, generateKeyPair } from 'jose'

const encoder = new TextEncoder()
const secret = crypto.getRandomValues(new Uint8Array(32))
const pairs = { RS256: await generateKeyPair('RS256'), ES256: await generateKeyPair('ES256') }

const claims = {
  iss: 'http://127.0.0.1:4400',
  aud: 'http://127.0.0.1:4400',
  sub: 'demo-service',
  client_id: 'demo-service',
  iat: 1_800_000_000,
  exp: 1_800_000_900,
  jti: 'AAAAAAAAAAAAAAAAAAAAAA',
  scope: 'read',
}
const payload = () => encoder.encode(JSON.stringify(claims))
const sign = (alg: 'RS256' | 'ES256') =>
  new CompactSign(payload())
    .setProtectedHeader({ alg, typ: 'at+jwt', kid: 'bench' })
    .sign(pairs[alg].privateKey)
const signRefresh = () =>
  new CompactSign(payload()).setProtectedHeader({ alg: 'HS256', typ: 'rt+jwt', kid: 'bench' }).sign(secret)

const access = await sign('RS256')
const refresh = await signRefresh()
const verifyAccess = () => compactVerify(access, pairs.RS256.publicKey, { algorithms: ['RS256'] })

const work: Record<string, () => Promise<unknown>> = {
  '/sign-RS256': async () => ({ access_token: await sign('RS256'), token_type: 'Bearer', expires_in: 900 }),
  '/sign-ES256': async () => ({ access_token: await sign('ES256'), token_type: 'Bearer', expires_in: 900 }),
  '/verify': async () => {
    await verifyAccess()
    return { sub: claims.sub }
  },
  '/refresh': async () => {
    await compactVerify(refresh, secret, { algorithms: ['HS256'] })
    return { access_token: await sign('RS256'), refresh_token: await signRefresh() }
  },
  '/static': async () => claims,
}

const server = http.createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', async () => {
    // What was sent counts as read only once it is taken apart.
    new URLSearchParams(Buffer.concat(chunks).toString())
    const body = JSON.stringify(await work[request.url ?? '']?.())
    response.writeHead(200, { 'content-type': 'application/json' }).end(body)
  })
})
server.listen(0, '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${(server.address() as { port: number }).port}`),
)
