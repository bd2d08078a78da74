export { checkEncryptionKey } from './check-client-key.ts'
export type { EncryptionFacts } from './facts.ts'
