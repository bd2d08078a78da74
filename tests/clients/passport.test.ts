import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import session from 'express-session'
import passport from 'passport'
import OpenIDConnectStrategy, { type Profile } from 'passport-openidconnect'
import { expect, onTestFinished, test } from 'vitest'
import { logInByForm } from './login.ts'
import { serverForFile } from './server.ts'

// passport-openidconnect in an express app, as its README has it.

const server = serverForFile()

interface AppUser {
  id: string
  name: string | undefined
  email: string | undefined
  issuer: string
}

interface App {
  origin: string
  /** Follows no redirect; keeps the app's cookies. */
  get(path: string | URL): Promise<Response>
}

async function openApp(more: Partial<OpenIDConnectStrategy.StrategyOptions> = {}): Promise<App> {
  const { issuer } = server()
  const app = express()
  const listening = app.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  onTestFinished(() => {
    listening.closeAllConnections()
    listening.close()
  })
  const origin = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
  const authenticator = new passport.Passport()
  authenticator.use(
    new OpenIDConnectStrategy(
      {
        issuer,
        authorizationURL: `${issuer}/authorize`,
        tokenURL: `${issuer}/token`,
        userInfoURL: `${issuer}/userinfo`,
        clientID: 'demo-web',
        clientSecret: 'demo-web-secret',
        callbackURL: `${origin}/callback`,
        scope: ['profile', 'email'],
        skipUserProfile: false,
        ...more,
      },
      (from: string, profile: Profile, done: OpenIDConnectStrategy.VerifyCallback) =>
        done(null, {
          id: profile.id,
          name: profile.displayName,
          email: profile.emails?.[0]?.value,
          issuer: from,
        }),
    ),
  )
  authenticator.serializeUser((user, done) => done(null, user))
  authenticator.deserializeUser((user: AppUser, done) => done(null, user))
  app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: false }))
  app.use(authenticator.initialize(), authenticator.session())
  app.get('/login', authenticator.authenticate('openidconnect'))
  app.get(
    '/callback',
    authenticator.authenticate('openidconnect', { failWithError: true }),
    (_request, response) => response.redirect('/'),
  )
  app.get('/', (request, response) => void response.json(request.user ?? null))
  app.use(
    (error: Error, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
      response.status(401).json({ refused: error.name, message: error.message })
    },
  )
  return { origin, get: browserOf(origin) }
}

function browserOf(origin: string): App['get'] {
  let cookie = ''
  return async (path) => {
    const response = await fetch(new URL(path, origin), { redirect: 'manual', headers: { cookie } })
    cookie = response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? cookie
    return response
  }
}

const locationOf = (response: Response) => new URL(response.headers.get('location')!)

test.each<[string, Partial<OpenIDConnectStrategy.StrategyOptions>]>([
  ['its own settings', {}],
  [
    'a nonce, acr_values, a claims request and max_age',
    { nonce: 'nonce', acrValues: '1', maxAge: '600', claims: { userinfo: { email: null } } },
  ],
])('a login with %s', async (_what, options) => {
  const app = await openApp(options)
  const answer = await logInByForm(locationOf(await app.get('/login')))
  const home = await app.get(answer)
  expect(home.status).toBe(302)
  expect(await (await app.get('/')).json()).toEqual({
    id: 'alice',
    name: 'Alice Liddell',
    email: 'alice@example.test',
    issuer: server().issuer,
  })
})

test('a code that was used before lets nobody in', async () => {
  const app = await openApp()
  const stranger = await openApp()
  const answer = await logInByForm(locationOf(await app.get('/login')))
  await app.get(answer)
  await stranger.get('/login')
  const refused = await stranger.get(`/callback${answer.search}`)
  expect(refused.status).toBe(401)
  expect(await (await stranger.get('/')).json()).toBeNull()
})

test('a user who says no lets the app know', async () => {
  const app = await openApp({ prompt: 'consent' })
  const answer = await logInByForm(locationOf(await app.get('/login')), {
    username: 'alice',
    password: 'wonderland',
    decision: 'deny',
  })
  expect(answer.searchParams.get('error')).toBe('access_denied')
  expect((await app.get(answer)).status).toBe(401)
})
