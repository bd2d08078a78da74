import { inFile, must, mustNot, type Standard } from './requirement.ts'
import { TLS } from './rfc-6749-endpoints.ts'

const device = inFile('issuer/device.test.ts')
const openidClient = inFile('clients/device.test.ts')
const requests = inFile('issuer/rfc-6749-requests.test.ts')

const BEGIN = 'gives a code for the device and one for the user'
const NAMED = 'where a device begins, and where it polls (RFC 8628 3.1, 3.4)'
const PARAMETERS = 'so does the device authorization endpoint (RFC 8628 3.1)'

export const rfc8628: Standard = {
  name: 'RFC 8628',
  title: 'Device Authorization Grant',
  url: 'https://www.rfc-editor.org/rfc/rfc8628',
  requirements: [
    must('3.1', 'client_id is there, unless the client authenticates.', requests(NAMED)),
    must(
      '3.1',
      'A client with credentials authenticates.',
      device('a confidential client has to authenticate'),
    ),
    must(
      '3.1',
      'A parameter without a value counts as left out; an unknown one is ignored.',
      requests(PARAMETERS),
    ),
    mustNot('3.1', 'A parameter comes twice: it is refused.', requests(PARAMETERS)),
    must('3.1', 'Devices use TLS.', TLS),
    must(
      '3.2',
      'device_code, user_code, verification_uri and expires_in are there.',
      device(BEGIN, 'gives other codes each time', 'a user code that is in use is not given twice'),
    ),
    must(
      '3.4',
      'grant_type and device_code are there.',
      device('no code', 'a code nobody gave out', 'the user code is not the device code'),
    ),
    must('3.4', 'client_id is there when polling, too, unless the client authenticates.', requests(NAMED)),
    must(
      '3.4',
      'A client with credentials authenticates when polling, too.',
      device('a confidential client authenticates when it polls, too'),
      openidClient('a client with a secret, whose user denies it'),
    ),
    must(
      '3.5',
      'Answers are those of RFC 6749 5, with authorization_pending, slow_down, access_denied and expired_token beside.',
      device(
        'authorization_pending while the user has not answered',
        'expired_token after ten minutes, also when the user has allowed it',
        'come once the user has allowed it, however soon after the poll before',
        'polls of another client are refused, and do not slow the device down',
      ),
      inFile('issuer/device-pages.test.ts')('Deny on %s: access_denied'),
    ),
    must(
      '3.5',
      'slow_down makes the interval five seconds longer, for this poll and all after it.',
      device('slow_down for polls in haste, and five seconds more each time'),
      openidClient('a client that polls in haste is slowed down'),
    ),
  ],
}
