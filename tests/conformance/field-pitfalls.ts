import { by, inFile, must, mustNot, type Standard } from './requirement.ts'

const controlApi = inFile('host/control-api.test.ts')
const discovery = inFile('issuer/discovery.test.ts')
const refresh = inFile('issuer/token-refresh.test.ts')
const secondFactor = inFile('issuer/second-factor-verify.test.ts')

/** What other tools of this kind were seen to get wrong, each row with the rule here. */
export const fieldPitfalls: Standard = {
  name: 'Where peers fail',
  title: 'what mock issuers and token viewers were seen to get wrong',
  url: null,
  requirements: [
    must(
      'refresh',
      'A refresh token that is unknown, foreign, revoked or used is invalid_grant; the second use revokes the family.',
      refresh(
        'pitfall: a refresh token nobody issued is invalid_grant',
        'pitfall: a refresh token of another issuer is invalid_grant',
        'a refresh token of another client: 400 invalid_grant, and its owner keeps it',
        'pitfall: a revoked refresh token is invalid_grant',
        'pitfall: a consumed refresh token is invalid_grant, and its family is revoked',
      ),
    ),
    must(
      'code',
      'A code used twice is invalid_grant, and the tokens of its first use are revoked.',
      by(
        'issuer/code.test.ts',
        'a second use is invalid_grant and revokes the tokens of the first (RFC 6749 4.1.2)',
      ),
    ),
    must(
      'PKCE',
      'A code with a challenge, without its verifier, is invalid_grant.',
      by('issuer/code.test.ts', 'pitfall: the verifier left out'),
    ),
    must(
      'PKCE',
      'A refusal ends the request: after a wrong verifier no token is signed.',
      by('issuer/code.test.ts', 'pitfall: a wrong verifier'),
      by('issuer/token-password.test.ts', 'pitfall: a refusal ends the request, and no token is stored'),
    ),
    must(
      'grants',
      'An unknown grant is unsupported_grant_type.',
      by(
        'issuer/token-password.test.ts',
        'pitfall: an unknown grant_type is unsupported_grant_type, not invalid_grant',
      ),
    ),
    must(
      'introspection',
      'Of garbage and revoked tokens it says active: false, and nothing else.',
      by('issuer/introspection.test.ts', 'says {"active":false} and nothing else of %s'),
      by('issuer/signed-answers.test.ts', 'says no more of a token that is not active than {"active":false}'),
    ),
    must(
      'userinfo',
      'Without a token it is 401 with a challenge.',
      by('issuer/userinfo.test.ts', 'pitfall: without a token it is 401 with the challenge'),
    ),
    mustNot(
      'revocation',
      'A wrong token_type_hint stops it.',
      by('issuer/revocation.test.ts', 'is not stopped by a wrong token_type_hint'),
    ),
    mustNot(
      'discovery',
      'It advertises what is refused.',
      discovery(
        'every URL it names is there',
        'every grant type is spoken',
        'every scope can be asked for',
        'every client authentication method works',
      ),
      by(
        'issuer/discovery-openid.test.ts',
        'each response_mode and code_challenge_method gives a code that works',
      ),
    ),
    must(
      'faults',
      'Every fault takes effect on every endpoint it names.',
      by(
        'issuer/faults-everywhere.test.ts',
        'every action takes effect on every endpoint it may name',
        'every way to break a token takes effect wherever it may be named',
        'every action is refused on every endpoint where it could not',
        'the endpoints faults can name are those of the issuer, with their methods',
      ),
      by(
        'host/break-off.test.ts',
        'drop %s the work: hung up on without a byte',
        'cut: the head promises more than comes, and then it is hung up on',
        'hang: nothing comes, and the client can give up',
      ),
    ),
    must(
      'control API',
      'It is closed to other origins and hosts, and wants the token of this launch.',
      controlApi('a foreign Origin', 'the Origin null', 'a foreign Host', 'no token', 'a token in the query'),
      controlApi('a preflight gets no CORS header'),
    ),
    must(
      'control API',
      'It listens on loopback unless told otherwise, and then warns.',
      by(
        'cli/serve.test.ts',
        'prints one line once it answers, and keeps stdout to that',
        'bound wider than loopback warns on stderr and in its status',
      ),
    ),
    mustNot(
      'control API',
      'A private key leaves by any endpoint.',
      by('issuer/jwks.test.ts', 'holds no private part of a key for %s'),
      by('issuer/jwks.test.ts', 'the refresh key is never in the JWKS, nor is its secret given out'),
    ),
    must(
      'viewer',
      'Tokens are read as base64url and UTF-8.',
      by('protocol/jwt.test.ts', 'pitfall: base64url with - and _, and UTF-8 claims, are read right'),
      by('cli/decode.test.ts', 'UTF-8 and the letters of base64url come out right'),
    ),
    must(
      'viewer',
      'State, reason and time of a token stand on top, above all that it expired.',
      by('cli/decode.test.ts', 'verdict on top, then header, claims with their times, and signature'),
      by('lab/rfc-examples.test.ts', 'A.1 is expired from its exp on'),
      by(
        'e2e/lab.shared.spec.ts',
        'the verdict on what is pasted: valid, revoked, expired, forged, unknown, unsigned, broken',
      ),
    ),
    must(
      'traces',
      'What leaves is redacted; what is kept is not.',
      by(
        'flow/redact.test.ts',
        'an exchange is redacted in URL, headers and both bodies, and is not changed itself',
      ),
    ),
    must(
      'second factor',
      'Codes are verified, within a window, once each, and wrong ones lock.',
      secondFactor(
        'pitfall: any six digits are not enough',
        'a code %i time steps away: 401 "Invalid 2FA code"',
        'a replayed code: 401 "Invalid 2FA code", with the next login too',
        'five in a row lock the second factor for a minute: 429 with Retry-After',
      ),
    ),
  ],
}
