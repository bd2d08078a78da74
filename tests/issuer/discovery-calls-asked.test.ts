import { describe } from 'vitest'
import { everyDocumentIsTrue } from './advertised/every-document.ts'

describe('discovery under the URL it is asked at keeps its word, whatever is set', () => {
  everyDocumentIsTrue(0)
})
