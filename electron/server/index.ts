export { createGrantscope } from './grantscope.ts'
export type { HeaderFields, WholeRequest, WholeResponse } from './message.ts'
export type {
  ApiExchange,
  DesktopStore,
  EventStream,
  Grantscope,
  GrantscopeOptions,
  Listening,
  ServerSwitch,
} from './options.ts'
export { OpenError } from './options.ts'
