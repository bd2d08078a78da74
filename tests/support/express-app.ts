import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import * as client from 'openid-client'

export interface ExpressApp {
  origin: string
  close(): void
}

interface Pending {
  verifier: string
  state: string
  nonce: string
}

/**
 * A web app as the README of openid-client has it, in express, with demo-spa's client id: `/login` sends the browser to the
 * issuer, `/callback` trades the code and says who came, or what the issuer answered. With `forgetsVerifier` it makes a new
 * code_verifier after the redirect instead of keeping that of the request.
 */
export async function startExpressApp(
  issuer: string,
  { forgetsVerifier = false }: { forgetsVerifier?: boolean } = {},
): Promise<ExpressApp> {
  const config = await client.discovery(new URL(issuer), 'demo-spa', undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  })
  const app = express()
  const listening = app.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const origin = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
  const pending = new Map<string, Pending>()
  app.get('/login', async (_request, response) => {
    const login = {
      verifier: client.randomPKCECodeVerifier(),
      state: client.randomState(),
      nonce: client.randomNonce(),
    }
    pending.set(login.state, login)
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: `${origin}/callback`,
      scope: 'openid profile',
      state: login.state,
      nonce: login.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(login.verifier),
      code_challenge_method: 'S256',
    })
    response.redirect(url.href)
  })
  app.get('/callback', async (request, response) => {
    const url = new URL(request.originalUrl, origin)
    const login = pending.get(url.searchParams.get('state') ?? '')
    if (!login) return void response.status(400).json({ error: 'unknown state' })
    try {
      const tokens = await client.authorizationCodeGrant(config, url, {
        expectedState: login.state,
        expectedNonce: login.nonce,
        pkceCodeVerifier: forgetsVerifier ? client.randomPKCECodeVerifier() : login.verifier,
      })
      response.json({ sub: tokens.claims()?.sub })
    } catch (error) {
      if (!(error instanceof client.ResponseBodyError)) throw error
      response.status(502).json({ status: error.status, answer: error.cause })
    }
  })
  return {
    origin,
    close() {
      listening.closeAllConnections()
      listening.close()
    },
  }
}
