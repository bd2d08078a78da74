import { allowAll, type Browser, openBrowser } from './browser.ts'
import { type Answer, type Fields, type Issuer, type IssuerOptions, openIssuer } from './issuer.ts'

// A device that logs in by RFC 8628, and its user at a browser elsewhere.

export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'
export const alice = { username: 'alice', password: 'wonderland' }

export interface Device {
  issuer: Issuer
  browser: Browser
  deviceCode: string
  userCode: string
  poll(fields?: Fields): Promise<Answer>
}

export async function openDevice(fields: Fields = {}, options: IssuerOptions = {}): Promise<Device> {
  const issuer = await openIssuer(options)
  return beginAt(issuer, fields)
}

export async function beginAt(issuer: Issuer, fields: Fields = {}): Promise<Device> {
  const { status, text, body } = await issuer.postForm('/device_authorization', {
    client_id: 'demo-device',
    scope: 'openid read',
    ...fields,
  })
  if (status !== 200) throw new Error(text)
  const deviceCode = String(body.device_code)
  return {
    issuer,
    browser: openBrowser(issuer),
    deviceCode,
    userCode: String(body.user_code),
    poll: (fields = {}) =>
      issuer.token({
        grant_type: DEVICE_CODE,
        client_id: 'demo-device',
        device_code: deviceCode,
        ...fields,
      }),
  }
}

/** The user types in the code, logs in, and stands before the consent page. */
export async function atConsent({ browser, userCode }: Device, user: Fields = alice): Promise<Answer> {
  const login = await browser.follow(await browser.post('/device', { user_code: userCode }))
  return browser.follow(await browser.fill(login, user))
}

export const approve = async (device: Device): Promise<Answer> =>
  allowAll(device.browser, await atConsent(device))

export const refused = async (answer: Promise<Answer>) => (await answer).body.error
