import { checksById } from '../../../shared/protocol/checks/registry.ts'
import type { HandlersOf } from './handlers.ts'

export const checkHandlers: HandlersOf<'checks'> = {
  'checks.list': () =>
    [...checksById.values()].map((check) => ({ ...check, endpoints: [...check.endpoints] })),
}
