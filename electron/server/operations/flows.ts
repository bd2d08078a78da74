import { ContractError } from '../../../shared/contract/envelope.ts'
import type { HandlersOf } from './handlers.ts'

const notYet = () => {
  throw new ContractError('refused', 'Flows are being built: this operation does nothing yet.')
}

export const flowHandlers: HandlersOf<'flows'> = {
  'flows.abilities': notYet,
  'flows.kinds': notYet,
  'flows.list': notYet,
  'flows.get': notYet,
  'flows.start': notYet,
  'flows.edit': notYet,
  'flows.send': notYet,
  'flows.run': notYet,
  'flows.append': notYet,
  'flows.branch': notYet,
  'flows.openLogin': notYet,
  'flows.receive': notYet,
  'flows.cancel': notYet,
  'flows.autoRefresh': notYet,
  'flows.delete': notYet,
}

export const flowProfileHandlers: HandlersOf<'flowProfiles'> = {
  'flowProfiles.list': notYet,
  'flowProfiles.get': notYet,
  'flowProfiles.save': notYet,
  'flowProfiles.delete': notYet,
  'flowProfiles.secret': notYet,
  'flowProfiles.discover': notYet,
}
