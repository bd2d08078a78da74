export { createGrantscope } from './grantscope.ts'
export type { EventStream, Grantscope, GrantscopeOptions, Listening } from './options.ts'
export { OpenError } from './options.ts'
