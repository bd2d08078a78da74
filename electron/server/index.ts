export { createGrantscope } from './grantscope.ts'
export type { HeaderFields, WholeRequest, WholeResponse } from './message.ts'
export type {
  ApiExchange,
  DesktopStore,
  EventStream,
  FlowHost,
  Grantscope,
  GrantscopeOptions,
  Listening,
  LoginWindow,
  OpenRedirect,
  RedirectListener,
  RedirectPlace,
  SendRequest,
  ServerSwitch,
} from './options.ts'
export { OpenError } from './options.ts'
export { plainBox, type SecretBox } from './secret-box.ts'
