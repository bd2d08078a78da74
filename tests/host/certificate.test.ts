import { X509Certificate } from 'node:crypto'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { certificateNames, ensureCertificate } from '../../electron/host/certificate.ts'
import { listen } from '../../electron/host/listen.ts'
import { createTrustingFetch } from '../../electron/host/trusting-fetch.ts'

const day = 86_400_000
const now = Date.now()
const names = certificateNames('127.0.0.1')
let folder: string
const files = () => ({ certFile: join(folder, 'kept', 'cert.pem'), keyFile: join(folder, 'kept', 'key.pem') })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantscope-cert-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('the local certificate', () => {
  test('names loopback, the bound address, allowed hosts and the host of a fixed issuer', () => {
    expect(names).toEqual(['localhost', '127.0.0.1', '::1'])
    expect(certificateNames('0.0.0.0', 'https://auth.example.test:8443')).toEqual([
      ...names,
      'auth.example.test',
    ])
    expect(certificateNames('127.0.0.1', undefined, ['host.docker.internal'])).toEqual([
      ...names,
      'host.docker.internal',
    ])
    expect(certificateNames('192.0.2.7', 'https://[::1]:4400')).toEqual([...names, '192.0.2.7'])
  })

  test('is made with a key only its user can read', async () => {
    const { cert } = await ensureCertificate(files(), names, now)
    const parsed = new X509Certificate(cert)
    expect(parsed.checkHost('localhost')).toBe('localhost')
    expect(parsed.checkIP('::1')).toBeDefined()
    expect(parsed.ca).toBe(false)
    expect((await stat(files().keyFile)).mode & 0o777).toBe(0o600)
  })

  test('is kept from launch to launch', async () => {
    const first = await ensureCertificate(files(), names, now)
    expect(await ensureCertificate(files(), names, now + 700 * day)).toEqual(first)
  })

  test.each<[string, () => Promise<{ names: string[]; now: number }>]>([
    ['it is about to end', async () => ({ names, now: now + 780 * day })],
    ['a name is missing', async () => ({ names: [...names, '192.0.2.7'], now })],
    ['the file is damaged', async () => writeFile(files().certFile, 'x').then(() => ({ names, now }))],
    [
      'the key is not its key',
      async () => {
        const other = { certFile: join(folder, 'c2.pem'), keyFile: files().keyFile }
        await ensureCertificate(other, names, now)
        return { names, now }
      },
    ],
  ])('is made anew when %s', async (_why, change) => {
    const first = await ensureCertificate(files(), names, now)
    const changed = await change()
    const second = await ensureCertificate(files(), changed.names, changed.now)
    expect(second.cert).not.toBe(first.cert)
    expect((await stat(files().keyFile)).mode & 0o777).toBe(0o600)
  })

  test('serves https that our own client side trusts, and others do not', async () => {
    const certificate = await ensureCertificate(files(), names, now)
    const listener = await listen(
      async (request) =>
        new Response(`${request.url} ${await request.text()}`, { status: 201, headers: { location: '/x' } }),
      { host: '127.0.0.1', port: 0, tls: certificate },
    )
    const origin = `https://127.0.0.1:${listener.port}`
    const trusting = createTrustingFetch(origin, certificate.cert)
    const answer = await trusting(new Request(`${origin}/token`, { method: 'POST', body: 'a=1' }))
    expect(answer.status).toBe(201)
    expect(answer.headers.get('location')).toBe('/x')
    expect(await answer.text()).toBe(`${origin}/token a=1`)
    await expect(fetch(origin)).rejects.toThrow()
    await listener.close()
    await expect(trusting(new Request(origin))).rejects.toThrow('ECONNREFUSED')
  })
})
