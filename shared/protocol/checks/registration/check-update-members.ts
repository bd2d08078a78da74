import { type Check, pass } from '../../check.ts'
import { invalidMetadata, listed, type UpdateFacts } from './facts.ts'

export const checkUpdateMembers: Check<UpdateFacts> = {
  id: 'registration.update-members',
  title: 'An update leaves out what only the issuer says',
  spec: 'RFC 7592 2.2',
  levels: { lenient: 'warn' },
  run: ({ members }) => {
    const issued = members.filter((member) => ISSUED.includes(member))
    return issued.length === 0
      ? pass()
      : {
          ...invalidMetadata,
          description: 'The update has members that only the issuer sets',
          observed: listed(issued),
          expected: `none of ${ISSUED.join(', ')}`,
        }
  },
}

const ISSUED = [
  'registration_access_token',
  'registration_client_uri',
  'client_secret_expires_at',
  'client_id_issued_at',
]
