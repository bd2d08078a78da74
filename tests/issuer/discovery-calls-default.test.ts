import { describe } from 'vitest'
import { everyDocumentIsTrue } from './advertised/every-document.ts'

describe('discovery of the default issuer keeps its word, whatever is set', () => {
  everyDocumentIsTrue('')
})
