import { describe } from 'vitest'
import { everyDocumentIsTrue } from './advertised/every-document.ts'

describe('discovery of an issuer beside it keeps its word, whatever is set', () => {
  everyDocumentIsTrue('/acme')
})
