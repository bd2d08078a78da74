import { by, must, mustNot, notOurs, type Standard } from './requirement.ts'

const PUSHED = 'issuer/pushed.test.ts'
const SIGNED = 'issuer/pushed-request-object.test.ts'
const OBJECTS = 'issuer/request-object.test.ts'

export const rfc9126: Standard = {
  name: 'RFC 9126',
  title: 'OAuth 2.0 Pushed Authorization Requests',
  url: 'https://www.rfc-editor.org/rfc/rfc9126',
  requirements: [
    must(
      '2',
      'The endpoint is https.',
      notOurs('binds whoever runs the server: --https, or a proxy in front'),
    ),
    must(
      '2',
      'A client assertion may be for the issuer, the token endpoint or this one.',
      by(SIGNED, 'a client assertion may be for the issuer, its token endpoint or this endpoint'),
    ),
    must(
      '2.1',
      'The client authenticates as at the token endpoint.',
      by(PUSHED, 'a confidential client has to authenticate'),
    ),
    mustNot('2.1', 'A pushed request has a request_uri.', by(PUSHED, 'a request_uri')),
    must(
      '2.1',
      'What would be refused at the authorization endpoint is refused here.',
      by(PUSHED, 'with %s is refused at once, as JSON'),
      by('clients/openid-client.test.ts', 'a pushed request that would be refused is refused at once'),
    ),
    must(
      '2.2',
      'A request that holds gets 201 with request_uri and expires_in.',
      by(PUSHED, 'gives a request_uri for a minute'),
    ),
    must(
      '2.2, 7.1',
      'The request_uri cannot be guessed.',
      by(PUSHED, 'gives a request_uri for a minute', 'gives another one each time'),
    ),
    must(
      '2.2',
      'It is for the client that pushed, and for no other.',
      by(PUSHED, 'ends in a page for another client, and is not used up by it'),
    ),
    must(
      '2.3',
      'A refusal is JSON, with an error of the token or authorization endpoint.',
      by(PUSHED, 'with %s is refused at once, as JSON'),
    ),
    must(
      '3',
      'Of a client that has to sign, nothing but a signed request object is taken: 400 invalid_request.',
      by(SIGNED, 'is all that counts of a client that has to sign'),
    ),
    must(
      '3',
      'A pushed request object is checked as any, and is from the client that authenticated.',
      by(PUSHED, 'a broken request object'),
      by(SIGNED, 'of another client is refused: %o'),
    ),
    must('4', 'An expired request_uri is refused.', by(PUSHED, 'ends in a page when it has expired')),
    must(
      '4',
      'A request that was pushed is held to what any request is held to.',
      by(PUSHED, 'is answered as if it had come there', 'counts as it was pushed, whatever comes beside it'),
    ),
    must(
      '5, 6',
      'A client that has to push cannot do otherwise.',
      by(OBJECTS, 'a request of a client that has to push'),
    ),
    must(
      '7.2',
      'A redirect URI nobody registered is taken from clients that authenticate only; here from nobody.',
      by(PUSHED, 'a foreign redirect_uri'),
    ),
  ],
}
