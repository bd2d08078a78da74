import type { SigningAlg } from '../../../shared/contract/values.ts'

export interface Snippet {
  id: string
  label: string
  /** What it needs and shows, a sentence. */
  about: string
  code: string
}

/**
 * Code that runs as it stands against the issuer (URL without a trailing slash), for common client libraries. `alg` is what
 * it signs access tokens with.
 */
export const snippets = (issuer: string, alg: SigningAlg): Snippet[] => [
  {
    id: 'curl',
    label: 'curl',
    about: 'Gets a token with a password, then asks who it belongs to.',
    code: curl(issuer),
  },
  {
    id: 'simple-oauth2',
    label: 'simple-oauth2',
    about: 'Node.js: npm install simple-oauth2. Gets a token, refreshes it, and logs out.',
    code: simpleOauth2(issuer),
  },
  {
    id: 'fastapi',
    label: 'FastAPI',
    about:
      'Python: pip install fastapi uvicorn "pyjwt[crypto]". Swagger UI at /docs gets a button to log in here.',
    code: fastapi(issuer, alg),
  },
  {
    id: 'jose',
    label: 'jose',
    about:
      'JavaScript: npm install jose. Verifies an access token in your API, with keys that follow a rotation.',
    code: jose(issuer),
  },
]

/** The shortest way to a first exchange. */
export const curlToken = (issuer: string) =>
  `curl ${issuer}/token -d grant_type=password -d username=alice -d password=wonderland -d scope=read`

const curl = (issuer: string) => `TOKEN=$(curl -s ${issuer}/token \\
  -d grant_type=password -d username=alice -d password=wonderland \\
  -d scope='openid read' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

curl ${issuer}/me -H "Authorization: Bearer $TOKEN"`

const simpleOauth2 = (issuer: string) => `import { ResourceOwnerPassword } from 'simple-oauth2'

const client = new ResourceOwnerPassword({
  client: { id: 'demo-web', secret: 'demo-web-secret' },
  auth: { tokenHost: '${issuer}', tokenPath: '/token' },
})

let session = await client.getToken({ username: 'alice', password: 'wonderland', scope: 'read' })
session = await session.refresh()

await fetch('${issuer}/logout', {
  method: 'POST',
  headers: { authorization: \`Bearer \${session.token.access_token}\` },
})`

const fastapi = (issuer: string, alg: SigningAlg) => `from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordBearer

ISSUER = "${issuer}"

app = FastAPI()
bearer = OAuth2PasswordBearer(tokenUrl=f"{ISSUER}/token", scopes={"read": "Read items"})
keys = jwt.PyJWKClient(f"{ISSUER}/jwks")


@app.get("/me")
def me(token: Annotated[str, Depends(bearer)]):
    try:
        key = keys.get_signing_key_from_jwt(token)
        # Your API's own audience belongs here; this checks issuer, signature and time.
        return jwt.decode(token, key, algorithms=["${alg}"], issuer=ISSUER, options={"verify_aud": False})
    except jwt.PyJWTError as error:
        raise HTTPException(401, str(error), {"WWW-Authenticate": "Bearer"})`

const jose = (issuer: string) => `import { createRemoteJWKSet, jwtVerify } from 'jose'

const issuer = '${issuer}'
const keys = createRemoteJWKSet(new URL(\`\${issuer}/jwks\`))

export async function verify(accessToken) {
  const { payload } = await jwtVerify(accessToken, keys, { issuer, typ: 'at+jwt' })
  return payload // sub, scope, client_id, exp, jti
}`
