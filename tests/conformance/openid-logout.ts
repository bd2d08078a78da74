import { by, inFile, must, mustNot, notOurs, type Standard } from './requirement.ts'

const ended = inFile('issuer/end-session.test.ts')
const front = inFile('issuer/frontchannel-logout.test.ts')
const back = inFile('issuer/backchannel-logout.test.ts')
const rules = inFile('issuer/registration-rules.test.ts')
const DISCOVERY = 'discovery says that both channels are there, with sessions'
const TOKEN = 'by form, which says of whom and nothing an ID token would say'

const TLS = notOurs('binds whoever runs the server: --https, or a proxy in front')

export const rpInitiatedLogout: Standard = {
  name: 'OpenID Connect RP-Initiated Logout 1.0',
  title: 'an app sends its user to log out',
  url: 'https://openid.net/specs/openid-connect-rpinitiated-1_0.html',
  requirements: [
    must(
      '2',
      'The endpoint takes GET and POST.',
      ended(
        'with an ID token of the session ends it and leads on, with state, without asking',
        'takes an ID token that has expired, and a form',
      ),
    ),
    must(
      '2',
      'An id_token_hint is an ID token of this issuer; one that has expired will do.',
      ended('a forged hint', 'an access token is no hint', 'takes an ID token that has expired, and a form'),
    ),
    must(
      '2',
      'client_id beside a hint is the client of the hint.',
      ended('the hint of one client with the client_id of another'),
    ),
    must(
      '2',
      'The user is asked where no hint came, or one of another session or user.',
      ended(
        'without an ID token of this session the user is asked',
        'no hint at all',
        'the ID token of another user',
        'of another session',
      ),
    ),
    must(
      '2',
      'A user who says yes is logged out.',
      ended('without an ID token of this session the user is asked'),
    ),
    mustNot(
      '2, 4',
      'A request with an error leads anywhere.',
      ended('a logout request that cannot be trusted ends in a page, and nobody is logged out'),
    ),
    must(
      '2.1',
      'Discovery names end_session_endpoint.',
      by('clients/openid-client.test.ts', 'builds a logout URL that leads back to the app'),
      by('issuer/discovery.test.ts', 'every URL it names is there'),
    ),
    must('2.1', 'It is https.', TLS),
    must(
      '3',
      'The user is led only to a URI the client registered, to the letter.',
      ended('a URI nobody registered', 'a client without such URIs'),
    ),
    mustNot(
      '3',
      'The user is led anywhere when nothing says which client asks.',
      ended('a URI without a client'),
    ),
    must(
      '3',
      'state goes along.',
      ended('with an ID token of the session ends it and leads on, with state, without asking'),
    ),
    must(
      '6',
      'Another site cannot log the user out.',
      ended('a page of another site cannot answer for them'),
    ),
  ],
}

export const frontChannelLogout: Standard = {
  name: 'OpenID Connect Front-Channel Logout 1.0',
  title: 'apps are told through the browser',
  url: 'https://openid.net/specs/openid-connect-frontchannel-1_0.html',
  requirements: [
    must(
      '2',
      'frontchannel_logout_uri has scheme, host and port of a redirect URI.',
      rules('a front-channel logout on another host'),
    ),
    mustNot('2', 'frontchannel_logout_uri has a fragment.', rules('a front-channel logout with a fragment')),
    must(
      '2',
      'iss and sid come both or neither, and both where the client requires them.',
      front(
        'in frames, with iss and sid for an app that needs them, and nothing else may be framed',
        'without them for an app that does not',
      ),
    ),
    must(
      '2',
      'A query the URI has stays.',
      front('in frames, with iss and sid for an app that needs them, and nothing else may be framed'),
    ),
    must(
      '3',
      'Each app the user logged in to gets its page loaded at the logout.',
      front('in frames, with iss and sid for an app that needs them, and nothing else may be framed'),
      by(
        'clients/browser-logout.test.ts',
        'a logout loads the logout page of the app in a frame and then goes on to it, JavaScript %s',
      ),
    ),
    must('3', 'Discovery says that it is there, and that sessions are named.', front(DISCOVERY)),
    must(
      '3',
      'sid is of one session, and that of the ID token.',
      front('in frames, with iss and sid for an app that needs them, and nothing else may be framed'),
      by(
        'issuer/id-token.test.ts',
        'auth_time is that of the login, not of the request; sid that of the session',
      ),
    ),
  ],
}

export const backChannelLogout: Standard = {
  name: 'OpenID Connect Back-Channel Logout 1.0',
  title: 'apps are told by the issuer',
  url: 'https://openid.net/specs/openid-connect-backchannel-1_0.html',
  requirements: [
    must('2.1', 'Discovery says that it is there, and that sessions are named.', front(DISCOVERY)),
    mustNot('2.2', 'backchannel_logout_uri has a fragment.', rules('a back-channel logout with a fragment')),
    must('2.2', 'It is https.', notOurs('apps under test are on loopback; what is registered is called')),
    must(
      '2.3',
      'The issuer knows which apps a session logged in to.',
      back(
        'once for each app that got an ID token, however often it did',
        'but not to one that never asked for openid',
      ),
    ),
    must(
      '2.4',
      'A logout token has iss, aud, iat, exp, jti and events, with the event and an empty object.',
      back(TOKEN),
    ),
    must(
      '2.4',
      'It has sub or sid; sid where the client requires it.',
      back(TOKEN, 'without sid where the app does not need it, and under the pairwise name it knows'),
    ),
    mustNot('2.4', 'It has a nonce.', back(TOKEN)),
    must(
      '2.4',
      'It is signed as an ID token is, never with none.',
      back(TOKEN, 'another issuer signs with its own key and name', 'with the algorithm of its ID tokens'),
    ),
    must('2.4', 'A token that is encrypted is signed first.', notOurs('none is encrypted')),
    must(
      '2.5',
      'It is sent by POST as a form, with logout_token.',
      back(TOKEN),
      by(
        'debian/apache.test.ts',
        'forgets the user when the issuer says over the back channel that the session is over',
      ),
    ),
    must(
      '2.7',
      'Refresh tokens without offline_access end with the session, others go on.',
      back(
        'while other refresh tokens are revoked (2.7)',
        'with offline access too, whose refresh token goes on (2.7)',
      ),
    ),
    must(
      '2.8',
      'What the app answers, and whether, stops nobody from being logged out.',
      back('an app that never answers is left behind, and ends with the core', 'nothing at all'),
    ),
    must('4', 'The token cannot pass for an ID token.', back(TOKEN)),
  ],
}
