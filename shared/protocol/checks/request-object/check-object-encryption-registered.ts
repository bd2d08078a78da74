import { type Check, pass } from '../../check.ts'
import { DEFAULT_CONTENT_ENCRYPTION } from '../../jwe.ts'
import { type ObjectEncryptionFacts, objectRefusal, shown } from './facts.ts'

// The standard lets a client that registered one way use another, or none. Hardly anybody means to.
export const checkObjectEncryptionRegistered: Check<ObjectEncryptionFacts> = {
  id: 'request-object.encryption-registered',
  title: 'A request object is encrypted as its client registered',
  spec: 'OpenID Connect Registration 2, RFC 7591 2',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ header, registered }) => {
    if (registered.alg === null) return pass('nothing registered')
    const enc = registered.enc ?? DEFAULT_CONTENT_ENCRYPTION
    if (header?.alg === registered.alg && header.enc === enc) return pass(`${registered.alg}, ${enc}`)
    return {
      ...objectRefusal,
      description: 'The request object is not encrypted as the client registered',
      observed: header === null ? 'not encrypted' : `alg ${shown(header.alg)}, enc ${shown(header.enc)}`,
      expected: `alg ${registered.alg}, enc ${enc}`,
    }
  },
}
