import { type Check, pass } from '../../check.ts'
import { decodeJwt } from '../../jwt.ts'
import type { MetadataFacts } from './facts.ts'

export const checkSoftwareStatement: Check<MetadataFacts> = {
  id: 'registration.software-statement',
  title: 'A software statement is a signed JWT',
  spec: 'RFC 7591 2.3, 3.1.1',
  levels: { lenient: 'warn' },
  run: ({ softwareStatement, statementCounts }) => {
    if (softwareStatement === undefined) return pass('none')
    const form = typeof softwareStatement === 'string' ? decodeJwt(softwareStatement).form : 'no text'
    return form === 'jws'
      ? pass(
          statementCounts
            ? 'what it says counts over what stands beside it'
            : 'ignored: it is of no publisher this issuer trusts; what stands beside it counts',
        )
      : {
          error: 'invalid_software_statement',
          description: 'The software statement is not a signed JWT',
          observed: `software_statement is ${form === 'no text' ? form : `a text of the form ${form}`}`,
          expected: 'a JWT in compact form, signed (RFC 7515)',
        }
  },
}
