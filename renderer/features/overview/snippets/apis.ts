import { quoted, type Setup, type Snippet } from './snippet.ts'

export const fastApi = ({ issuer, alg }: Setup): Snippet => ({
  id: 'fastapi',
  label: 'FastAPI',
  group: 'Protect an API',
  about:
    'Python: pip install fastapi uvicorn python-multipart "pyjwt[crypto]". Swagger UI at /docs gets a button to log in here.',
  redirectUri: null,
  code: `from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordBearer

ISSUER = ${quoted(issuer)}

app = FastAPI()
bearer = OAuth2PasswordBearer(tokenUrl=f"{ISSUER}/token", scopes={"read": "Read items"})
keys = jwt.PyJWKClient(f"{ISSUER}/jwks")


@app.get("/me")
def me(token: Annotated[str, Depends(bearer)]):
    try:
        key = keys.get_signing_key_from_jwt(token)
        # A token that was asked for without a resource is for the issuer itself; put your API's own name here.
        return jwt.decode(token, key, algorithms=[${quoted(alg)}], issuer=ISSUER, audience=ISSUER)
    except jwt.PyJWTError as error:
        raise HTTPException(401, str(error), {"WWW-Authenticate": "Bearer"})
`,
})

export const jose = ({ issuer }: Setup): Snippet => ({
  id: 'jose',
  label: 'jose',
  group: 'Protect an API',
  about:
    'JavaScript: npm install jose. Verifies an access token in your API, with keys that follow a rotation.',
  redirectUri: null,
  code: `import { createRemoteJWKSet, jwtVerify } from 'jose'

const issuer = ${quoted(issuer)}
const keys = createRemoteJWKSet(new URL(\`\${issuer}/jwks\`))

export async function verify(accessToken) {
  // A token that was asked for without a resource is for the issuer itself; put your API's own name here.
  const { payload } = await jwtVerify(accessToken, keys, { issuer, audience: issuer, typ: 'at+jwt' })
  return payload // sub, scope, client_id, exp, jti
}
`,
})
