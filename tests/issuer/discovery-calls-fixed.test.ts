import { describe } from 'vitest'
import { everyDocumentIsTrue } from './advertised/every-document.ts'

/** Where the issuer is behind a proxy, which takes the path off or leaves it on. */
describe('discovery under a URL of its own keeps its word, whatever is set', () => {
  everyDocumentIsTrue(1, 'https://issuer.test/auth')
})
