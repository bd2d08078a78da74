export { createGrantscope } from './grantscope.ts'
export type {
  DesktopStore,
  EventStream,
  Grantscope,
  GrantscopeOptions,
  Listening,
  ServerSwitch,
} from './options.ts'
export { OpenError } from './options.ts'
