import { decodeJwt } from 'jose'
import { answerOf, type Browser, codeFields, openBrowser } from './browser.ts'
import type { Answer, Fields, Issuer, Json, TokenAnswer } from './issuer.ts'

/** The tokens of a login by code, with the claims of the ID token when there is one. */
export interface CodeLogin {
  tokens: TokenAnswer
  idToken: Json
  accessToken: string
}

/** Logs in by code with REQUEST and these parameters, and fails the test when there are no tokens. */
export async function logInByCode(
  issuer: Issuer,
  parameters: Fields = {},
  { browser = openBrowser(issuer), credentials = {} }: { browser?: Browser; credentials?: Fields } = {},
): Promise<CodeLogin> {
  const answer = await browser.logIn('alice', parameters)
  const { code } = answerOf(answer)
  return readLogin(await issuer.token({ ...codeFields(code!), ...credentials }))
}

export function readLogin({ status, body, text }: Answer): CodeLogin {
  if (status !== 200) throw new Error(`no tokens: ${text}`)
  const tokens = body as TokenAnswer
  const idToken = tokens.id_token === undefined ? {} : decodeJwt(String(tokens.id_token))
  return { tokens, idToken, accessToken: tokens.access_token }
}
