import { by, inFile, must, mustNot, notOurs, type Standard } from './requirement.ts'

const registration = inFile('issuer/registration.test.ts')
const refused = inFile('issuer/registration-refused.test.ts')
const rules = inFile('issuer/registration-rules.test.ts')
const managed = inFile('issuer/registration-management.test.ts')

const TLS = notOurs('binds whoever runs the server: --https, or a proxy in front')
const EXAMPLE =
  'the example of the RFC gets an id, a secret, a token to manage it with, and what the issuer holds it to'

export const openidRegistration: Standard = {
  name: 'OpenID Connect Dynamic Client Registration 1.0',
  title: 'clients that register themselves',
  url: 'https://openid.net/specs/openid-connect-registration-1_0.html',
  requirements: [
    must('2', 'redirect_uris are there.', refused('no redirect URI')),
    must(
      '2',
      'Web clients of the implicit grant have https redirect URIs, not on localhost.',
      rules('a web client of the implicit grant on loopback'),
    ),
    must(
      '2',
      'Under strict, native clients have a scheme of their own, or http on loopback.',
      rules(
        'is refused by the letter of OpenID Connect Registration 2 under strict, unless the check is eased',
      ),
    ),
    must(
      '2',
      'Redirect URIs are held to what the application_type allows.',
      rules('a web client with a scheme of its own'),
    ),
    must(
      '2',
      'Response types have the grant types that belong to them.',
      refused('code without its grant'),
      registration('are registered with the implicit grant, in any order of words'),
    ),
    mustNot('2', 'jwks and jwks_uri are both there.', rules('jwks and jwks_uri at once')),
    must('2', 'sector_identifier_uri is https.', rules('a sector over plain http')),
    must('2', 'initiate_login_uri is https.', rules('a login page over plain http')),
    must(
      '2',
      'Signing algorithms that are registered are the ones used.',
      by(
        'issuer/signed-answers.test.ts',
        'is signed with %s when the client says so; the JWKS has the key',
        'is signed for the client that is set so, and oauth4webapi takes it',
      ),
      by('issuer/request-object.test.ts', 'another algorithm'),
      by(
        'issuer/client-assertion.test.ts',
        'is signed with the algorithm the client registered for it, if it did',
      ),
    ),
    must(
      '2',
      'default_max_age and default_acr_values count where the request says nothing.',
      by(
        'issuer/wishes.test.ts',
        'a client may have a max_age by default, which a request may change',
        'the client may have them by default',
      ),
    ),
    must(
      '2',
      'What is not understood is ignored.',
      registration('unknown members and scopes are left out, and the trace says so'),
    ),
    must(
      '2',
      'What is to be encrypted is encrypted, or the registration refused.',
      refused('encryption without a key', 'encryption nobody knows'),
    ),
    must(
      '2.1',
      'Names in several languages are shown as they are meant.',
      by(
        'issuer/languages.test.ts',
        'they are kept as they were sent, and come back at every answer',
        '%s decides',
        'each text is chosen by itself, the one without a language last',
      ),
    ),
    must('3', 'Registration is https.', TLS),
    must('3.1', 'A registration is a POST of JSON.', registration(EXAMPLE), refused('a form is not JSON')),
    must(
      '3.2',
      'It is answered by 201 as JSON that is not cached, with a client_id nobody else has.',
      registration(EXAMPLE),
      by('clients/registration.test.ts', 'registers, and takes the answer'),
    ),
    must(
      '3.2',
      'With a secret goes client_secret_expires_at; both ways to manage a client come or neither.',
      registration(EXAMPLE),
    ),
    must(
      '3.3',
      'A refusal is 400 with JSON, error among those of the standard.',
      refused('a registration that cannot be is refused, and says why (RFC 7591 3.2.2)'),
    ),
    must(
      '4.2, 4.3',
      'A client reads what it is registered with by its own token.',
      managed('and gets what it got when it registered', 'with its own token and no other'),
    ),
    must(
      '4.4',
      'Who asks with another token gets 401 or 403, whether the client exists or not.',
      managed('with its own token and no other', 'a client that is removed in the workbench is as gone'),
    ),
    must(
      '5',
      'The list behind sector_identifier_uri has every redirect URI.',
      registration('is refused when the list %s', 'lacks a redirect URI'),
    ),
  ],
}

export const rfc7591: Standard = {
  name: 'RFC 7591',
  title: 'OAuth 2.0 Dynamic Client Registration Protocol',
  url: 'https://www.rfc-editor.org/rfc/rfc7591',
  requirements: [
    must('2', 'Clients of flows with redirects register their redirect URIs.', refused('no redirect URI')),
    mustNot('2', 'jwks and jwks_uri are both there.', rules('jwks and jwks_uri at once')),
    must(
      '2',
      'Metadata that is not understood is ignored.',
      registration('unknown members and scopes are left out, and the trace says so'),
    ),
    must(
      '2.1',
      'grant_types and response_types go together.',
      refused('code without its grant', 'a legacy response type'),
    ),
    must('2.3', 'A software statement is a signed JWT.', refused('a statement that is no JWT')),
    must(
      '2.3',
      'What a trusted statement says counts over what stands beside it.',
      by(
        'issuer/software-statement.test.ts',
        'counts over what stands beside it, and comes back as it was sent',
        'counts at an update too, which without one is the word of the client alone',
        '%s is refused',
        'is ignored, with a warning, and nothing of it comes back',
      ),
    ),
    must('3', 'The endpoint is https.', TLS),
    must(
      '3',
      'The endpoint takes a POST of application/json.',
      registration(EXAMPLE),
      refused('a form is not JSON'),
    ),
    must(
      '3',
      'An initial access token, where one is asked for, is a bearer token.',
      refused('who has an initial access token, where it is protected'),
    ),
    must(
      '3.2.1',
      '201 comes with client_id, and with client_secret_expires_at where there is a secret.',
      registration(EXAMPLE, 'a public client, and one that signs, have no secret'),
    ),
    must(
      '3.2.1',
      'The answer holds all the client is held to, what was put in its place too.',
      registration(EXAMPLE, 'what was said of the client is what the workbench shows of it'),
    ),
    must('3.2.1', 'A client_id is of one client.', managed('with its own token and no other')),
    must(
      '3.2.2',
      'A refusal is 400 as JSON with error.',
      refused('a registration that cannot be is refused, and says why (RFC 7591 3.2.2)'),
    ),
    must(
      '5',
      'Redirect URIs are https, on loopback, or of a scheme of the app.',
      refused('plain http elsewhere', 'javascript:'),
    ),
    must(
      '5',
      'What clients say of themselves is not shown as checked.',
      by('issuer/wishes.test.ts', 'links to what the client says of itself, and fetches nothing of it'),
    ),
    mustNot('5', 'Keys that are registered are private ones.', refused('a private key')),
  ],
}

export const rfc7592: Standard = {
  name: 'RFC 7592',
  title: 'OAuth 2.0 Dynamic Client Registration Management Protocol',
  url: 'https://www.rfc-editor.org/rfc/rfc7592',
  requirements: [
    must('2', 'The endpoint is https.', TLS),
    must(
      '2',
      'Each request brings the registration access token as a bearer token.',
      managed('with its own token and no other'),
    ),
    must(
      '2',
      'Where the client is gone, its token is worth nothing: 401.',
      managed(
        'its tokens go along, and its registration access token is worth nothing',
        'a client that is removed in the workbench is as gone',
      ),
    ),
    must('2', 'A method that is not there is 405.', rules('takes GET, PUT and DELETE, and no other method')),
    must(
      '2.1',
      'GET is answered by 200 with what the client is registered with.',
      managed('and gets what it got when it registered'),
    ),
    must(
      '2.2',
      'PUT replaces: what is left out, null or empty is gone.',
      managed('as in the example: what is left out is reset, the token is another, the secret stays'),
      registration('a member that is null or empty counts as left out'),
    ),
    must(
      '2.2',
      'client_id is there and is that of the client.',
      managed('without client_id', 'with the client_id of another'),
    ),
    mustNot(
      '2.2',
      'An update has registration_access_token, registration_client_uri, client_secret_expires_at or client_id_issued_at.',
      managed('with the token it came with'),
      rules('refuses an update that says %s'),
    ),
    mustNot('2.2', 'A client chooses its own secret.', managed('with a secret of its own choice')),
    must(
      '2.2',
      'An update that cannot be is 400 as in a registration, and changes nothing.',
      managed('an update %s changes nothing, the token neither'),
    ),
    must(
      '2.3',
      'DELETE is answered by 204; id, secret, token and grants of the client end.',
      managed('its tokens go along, and its registration access token is worth nothing'),
    ),
    must(
      '3',
      'Answers name registration_client_uri and registration_access_token.',
      managed('and gets what it got when it registered'),
      registration(EXAMPLE),
    ),
    must('5', 'The token is for one client only.', managed('with its own token and no other')),
    must(
      '5',
      'A token that was replaced is worth nothing.',
      managed('as in the example: what is left out is reset, the token is another, the secret stays'),
    ),
  ],
}
