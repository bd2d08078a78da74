import { by, must, mustNot, notDone, notOurs, type Standard } from './requirement.ts'

export const rfc9700: Standard = {
  name: 'RFC 9700',
  title: 'Best Current Practice for OAuth 2.0 Security',
  url: 'https://www.rfc-editor.org/rfc/rfc9700',
  requirements: [
    must(
      '2.1, 4.1.3',
      'A redirect URI is compared to the letter; only the port of a loopback one may vary.',
      by('issuer/authorize.test.ts', '%s: %s and %s', 'with a slash too many', '[::1] on any port'),
    ),
    mustNot(
      '2.1, 4.11.2',
      'The issuer leads browsers to where a query parameter says, unless a client registered that.',
      by('issuer/authorize.test.ts', 'another site', 'a script'),
      by('issuer/end-session.test.ts', 'a URI nobody registered', 'a URI without a client'),
    ),
    must(
      '2.1, 4.12',
      'A redirect of a request with credentials takes none of them along: 303, never 307.',
      by(
        'issuer/login-pages.test.ts',
        '%s: the page again, with what was wrong; the app hears nothing',
        'a form that is sent twice is answered once',
      ),
    ),
    must(
      '2.1.1',
      'The issuer speaks PKCE.',
      by(
        'issuer/code.test.ts',
        'gives tokens for the scopes the user granted (RFC 6749 4.1.4), with the example of RFC 7636 appendix B',
      ),
    ),
    must(
      '2.1.1',
      'Public clients use PKCE; the profile strict lets nobody in without.',
      by('issuer/authorize-prompts.test.ts', '%s refuses a public client: %o'),
    ),
    must(
      '2.1.1, 4.8.2',
      'A code whose request had a code_challenge takes the right code_verifier.',
      by('issuer/code.test.ts', 'pitfall: the verifier left out', 'pitfall: a wrong verifier'),
    ),
    must(
      '2.1.1, 4.8.2',
      'A code_verifier is refused where the request had no code_challenge: no downgrade.',
      by('issuer/code.test.ts', 'a verifier without a challenge: PKCE downgrade (RFC 9700 4.8.2)'),
    ),
    must(
      '2.1.1, 4.7.1',
      'Clients can tell that PKCE is spoken.',
      by(
        'issuer/discovery-openid.test.ts',
        'each response_mode and code_challenge_method gives a code that works',
      ),
      by('clients/openid-client.test.ts', 'knows from discovery that PKCE works'),
    ),
    must(
      '2.2.2, 4.14.2',
      'A refresh token of a public client is bound to a key or replaced at each use; a second use is noticed.',
      by(
        'issuer/refresh-rotation.test.ts',
        'for a public client it is warned of, and under strict refused (RFC 9700 4.14.2)',
      ),
      by(
        'issuer/token-refresh.test.ts',
        'pitfall: a consumed refresh token is invalid_grant, and its family is revoked',
      ),
      by('issuer/dpop.test.ts', 'of a public client is bound to the key (5)'),
    ),
    must(
      '2.3',
      'An API refuses a token that is meant for another one.',
      by('issuer/resource.test.ts', 'refuses a token for another API (RFC 9068 4)'),
      by('issuer/bearer.test.ts', 'for another audience (%j)'),
    ),
    mustNot(
      '2.4',
      'The password grant is used.',
      by('issuer/token-password.test.ts', 'under strict it is no grant of this issuer (RFC 9700 2.4)'),
    ),
    mustNot(
      '2.6',
      'A client registers a redirect URI of plain http that is not on loopback.',
      by('issuer/registration-refused.test.ts', 'plain http elsewhere'),
    ),
    must(
      '2.6, 4.17.2',
      'An answer by postMessage goes to an origin compared to the letter, never to "*".',
      notOurs('there is no such response mode: an answer goes by redirect or by a form'),
    ),
    must(
      '4.2.4',
      'A code counts once.',
      by(
        'issuer/code.test.ts',
        'a second use is invalid_grant and revokes the tokens of the first (RFC 6749 4.1.2)',
      ),
    ),
    mustNot(
      '4.3.2',
      'An API takes an access token out of the query.',
      by('issuer/bearer.test.ts', 'a token in the query: 400 invalid_request (RFC 9700 4.3.2)'),
    ),
    must(
      '4.4.2',
      'The issuer gives its name in the answer, so that clients can tell issuers apart.',
      by(
        'issuer/authorize.test.ts',
        'leads to the login page, and after it back to the app with code, state and iss (RFC 9207)',
        'other errors go to the client with error, error_description, state and iss',
      ),
    ),
    must(
      '4.9.3',
      'A resource server keeps no access token in plain text.',
      notDone(
        'the recorder is there to show tokens; they are taken out where an exchange leaves, not where it is kept',
      ),
    ),
    must(
      '4.11.2',
      'Under strict, the user logs in before a browser is led anywhere by itself, an error being no exception.',
      by(
        'issuer/user-first.test.ts',
        'an error is shown first, with the way to the app for the user to take',
        'so is the word of a user who does not want to log in',
        'silent authentication is answered at once, and so is what is wrong with it',
        'whoever has logged in is led to the app, with an error and with a denial',
      ),
    ),
    mustNot(
      '4.12',
      'A request that may have credentials is redirected by 307.',
      by('issuer/login-pages.test.ts', 'a form that is sent twice is answered once'),
    ),
    must(
      '4.13',
      'A proxy in front takes headers out that clients must not set, and is the only way in.',
      notOurs('binds whoever sets up the proxy; which hosts the issuer answers for is its own setting'),
    ),
    must(
      '4.14.2',
      'Who gets refresh tokens is decided by client.',
      by(
        'issuer/token-password.test.ts',
        'gives no refresh token to a client that is not registered for refresh_token',
      ),
    ),
    must(
      '4.14.2',
      'A refresh token is bound to the scopes and resources the user consented to.',
      by(
        'issuer/token-refresh.test.ts',
        'never widens the scope: 400 invalid_scope, and the token is not used up',
      ),
      by('issuer/resource.test.ts', 'gives none for an API it does not name, and keeps the code'),
    ),
    must(
      '4.14.2',
      'A refresh token that says of itself what grant it belongs to cannot be changed by its bearer.',
      by('issuer/token-refresh.test.ts', 'pitfall: a refresh token of another issuer is invalid_grant'),
      by('issuer/jwks.test.ts', 'the refresh key is never in the JWKS, nor is its secret given out'),
    ),
    must(
      '4.15.1',
      'A token a client got for itself cannot pass for one of a user.',
      by('issuer/client-credentials.test.ts', 'is nobody at /me, /2fa/setup and /2fa/verify'),
      by('issuer/userinfo.test.ts', 'with a token a client got for itself'),
    ),
    must(
      '4.16',
      'No page of another site frames a page of the issuer.',
      by('issuer/authorize.test.ts', 'is never cached and never framed'),
    ),
  ],
}
