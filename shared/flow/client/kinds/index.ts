import type { FlowKind, FlowKindId } from '../../../contract/operations/flows.ts'
import { authorizePushedStep, authorizeStep, pushStep } from '../steps/authorize.ts'
import { cookieLogoutStep, loginStep, meStep, verifyStep } from '../steps/cookie.ts'
import { approveStep, deviceStep, pollStep } from '../steps/device.ts'
import { endSessionStep } from '../steps/logout.ts'
import { answerKeysStep, keysStep, metadataStep } from '../steps/metadata.ts'
import { apiStep, introspectStep, revokeStep } from '../steps/resource.ts'
import { clientCredentialsStep, codeStep, exchangeStep, passwordStep, refreshStep } from '../steps/token.ts'
import { userinfoStep } from '../steps/userinfo.ts'
import type { KindDefinition, StepDefinition } from '../types.ts'
import * as parameters from './parameters.ts'

// The table of flows: each an ordered list of steps.

const base: Pick<KindDefinition, 'appendable' | 'builtInOnly' | 'options'> = {
  appendable: false,
  builtInOnly: false,
  options: [],
}
const grant: typeof base = { ...base, options: ['dpop'] }
const request: typeof base = { ...base, appendable: true }

export const flowKinds: readonly KindDefinition[] = [
  {
    ...grant,
    id: 'authorization_code',
    title: 'Authorization code + PKCE',
    about: 'How apps log users in. The browser fetches a code, the app exchanges it for tokens.',
    spec: 'RFC 6749 4.1, RFC 7636, OpenID Connect Core 1.0 3.1',
    parameters: parameters.authorization,
    steps: [metadataStep, keysStep, authorizeStep, codeStep],
  },
  {
    ...grant,
    id: 'pushed_authorization',
    title: 'Pushed authorization request',
    about: 'The same with the request sent to the issuer beforehand, where no browser can change it.',
    spec: 'RFC 9126',
    parameters: parameters.authorization,
    steps: [metadataStep, keysStep, pushStep, authorizePushedStep, codeStep],
  },
  {
    ...grant,
    id: 'client_credentials',
    title: 'Client credentials',
    about: 'A service gets a token in its own name.',
    spec: 'RFC 6749 4.4',
    parameters: parameters.clientOnly,
    steps: [metadataStep, clientCredentialsStep],
  },
  {
    ...grant,
    id: 'password',
    title: 'Password',
    about: 'An app sends the password of its user. Gone from OAuth 2.1.',
    spec: 'RFC 6749 4.3',
    parameters: parameters.password,
    steps: [metadataStep, keysStep, passwordStep],
  },
  {
    ...base,
    id: 'password_2fa',
    title: 'Password and second factor',
    about: 'A login by form that is complete only with a code of the authenticator app.',
    spec: 'RFC 6238',
    builtInOnly: true,
    parameters: parameters.secondFactor,
    steps: [loginStep, verifyStep, meStep],
  },
  {
    ...grant,
    id: 'device',
    title: 'Device',
    about: 'A device without a browser shows a code; its user approves it elsewhere.',
    spec: 'RFC 8628',
    parameters: parameters.clientOnly,
    steps: [metadataStep, keysStep, deviceStep, approveStep, pollStep],
  },
  {
    ...request,
    id: 'refresh',
    title: 'Refresh',
    about: 'A refresh token brings a new access token.',
    spec: 'RFC 6749 6',
    options: ['dpop'],
    parameters: parameters.refresh,
    steps: [metadataStep, keysStep, refreshStep],
  },
  {
    ...request,
    id: 'token_exchange',
    title: 'Token exchange',
    about: 'One token for another: for another API, with less scope, or in the name of somebody.',
    spec: 'RFC 8693',
    options: ['dpop'],
    parameters: parameters.exchange,
    steps: [metadataStep, exchangeStep],
  },
  {
    ...request,
    id: 'introspect',
    title: 'Introspect',
    about: 'Asks the issuer what a token is worth.',
    spec: 'RFC 7662',
    parameters: parameters.aboutToken,
    steps: [metadataStep, introspectStep],
  },
  {
    ...request,
    id: 'revoke',
    title: 'Revoke',
    about: 'Tells the issuer that a token is needed no more.',
    spec: 'RFC 7009',
    parameters: parameters.aboutToken,
    steps: [metadataStep, revokeStep],
  },
  {
    ...request,
    id: 'userinfo',
    title: 'Userinfo',
    about: 'Asks for the claims of the user.',
    spec: 'OpenID Connect Core 1.0 5.3',
    options: ['dpop'],
    parameters: [parameters.accessToken],
    steps: [metadataStep, answerKeysStep, userinfoStep],
  },
  {
    ...request,
    id: 'api_call',
    title: 'API call',
    about: 'Calls an API with the access token.',
    spec: 'RFC 6750 2.1',
    options: ['dpop'],
    parameters: parameters.call,
    steps: [apiStep],
  },
  {
    ...request,
    id: 'logout',
    title: 'Logout',
    about: 'Ends the session at the issuer, and comes back.',
    spec: 'OpenID Connect RP-Initiated Logout 1.0',
    parameters: [parameters.idTokenHint],
    steps: [metadataStep, endSessionStep],
  },
  {
    ...base,
    id: 'cookie_login',
    title: 'Cookie login',
    about: 'A login by form and session cookie, as the tutorial begins.',
    spec: 'RFC 6265',
    builtInOnly: true,
    parameters: parameters.credentials,
    steps: [loginStep, meStep, cookieLogoutStep],
  },
]

export const kindOf = (id: FlowKindId): KindDefinition => flowKinds.find((kind) => kind.id === id)!

/** A kind as the workbench lists it. */
export const describeKind = ({ steps, options, parameters: asked, ...kind }: KindDefinition): FlowKind => ({
  ...kind,
  options: [...options],
  parameters: [...asked],
  login: steps.some(({ type }) => type === 'login'),
  steps: steps.map(describeStep),
})

export const describeStep = ({ id, title, does, spec, needs, gives, type }: StepDefinition) => ({
  id,
  title,
  does,
  spec,
  needs: [...needs],
  gives: [...gives],
  type,
})
