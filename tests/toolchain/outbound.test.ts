import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isOutbound, type Outbound, targetOf, watchSockets } from '../support/outbound.ts'

describe('what the end-to-end tests call leaving this machine', () => {
  test.each([
    ['http://127.0.0.1:4400/token', false],
    ['http://localhost:4400/', false],
    ['http://app.localhost/', false],
    ['http://[::1]:80/', false],
    ['app://grantscope/', false],
    ['data:text/plain,x', false],
    ['blob:http://127.0.0.1/1', false],
    ['https://fonts.example/', true],
    ['http://127.0.0.1.example/', true],
    ['wss://192.0.2.1/', true],
  ])('%s: %s', (url, outbound) => expect(isOutbound(url)).toBe(outbound))

  test.each([
    [[80, '192.0.2.1'], '192.0.2.1:80'],
    [[80], null],
    [[{ port: 443, host: 'issuer.example' }], 'issuer.example:443'],
    [[[{ port: '443', host: 'issuer.example' }, null]], 'issuer.example:443'],
    [[{ port: 443 }], null],
    [['/run/some.sock'], null],
    [[{ path: '/run/some.sock' }], null],
  ])('connect(%j): %s', (args, target) => expect(targetOf(args as unknown[])).toBe(target))
})

describe('the watch on sockets', () => {
  let outbound: Outbound
  beforeEach(() => {
    outbound = watchSockets()
  })
  afterEach(() => outbound.stop())

  test('notes a plain connection, an encrypted one, and fetch, before any of them is there', async () => {
    connect(9, '192.0.2.1')
      .on('error', () => {})
      .destroy()
    connectTls({ port: 9, host: '192.0.2.2' })
      .on('error', () => {})
      .destroy()
    await fetch('http://192.0.2.3:8080/', { signal: AbortSignal.timeout(50) }).catch(() => {})
    expect(outbound.calls).toEqual(['192.0.2.1:9', '192.0.2.2:9', '192.0.2.3:8080'])
  })

  test('leaves loopback alone', async () => {
    await fetch('http://127.0.0.1:1/').catch(() => {})
    expect(outbound.calls).toEqual([])
  })
})
