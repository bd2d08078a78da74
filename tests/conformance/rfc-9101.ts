import { by, inFile, must, mustNot, notOurs, type Standard } from './requirement.ts'

const objects = inFile('issuer/request-object.test.ts')
const parameters = inFile('protocol/request-object.test.ts')
const encrypted = inFile('issuer/encrypted-request-object.test.ts')
const references = inFile('issuer/request-uri.test.ts')

export const rfc9101: Standard = {
  name: 'RFC 9101',
  title: 'The OAuth 2.0 Authorization Framework: JWT-Secured Authorization Request (JAR)',
  url: 'https://www.rfc-editor.org/rfc/rfc9101',
  requirements: [
    must(
      '4',
      'A request object is a JWT whose claims are the parameters, in UTF-8.',
      objects('of RFC 9101 4 is read with the key printed there', 'may hold numbers, and JSON as such'),
      parameters('are text, whatever JSON they were'),
    ),
    mustNot('4', 'request or request_uri stand inside it.', objects('an object inside')),
    must(
      '4',
      'It is signed, or signed and encrypted.',
      objects('nobody', 'nobody, under strict, though registered so'),
    ),
    must(
      '4',
      'Signed and encrypted, it is signed first.',
      encrypted(
        'under %s is answered as the signed one inside',
        'parameters nobody signed',
        'a signature of nobody inside',
      ),
    ),
    must(
      '5',
      'client_id stands beside it, and is the one inside.',
      objects('another client'),
      by('issuer/authorize.test.ts', 'no client_id'),
    ),
    mustNot('5', 'request and request_uri come together.', objects('request and request_uri together')),
    must(
      '5.2',
      'What a request_uri leads to is fetched as given, over TLS, with limits.',
      references(
        'is fetched, and what is there is answered, under %s',
        'pitfall: nothing is fetched that the client did not register: %s',
        'as a setting: plain http elsewhere, and what is no URI',
        '%s',
      ),
    ),
    must(
      '5.2',
      'A request_uri cannot be guessed where it stands for the request itself.',
      by('issuer/pushed.test.ts', 'gives a request_uri for a minute'),
    ),
    must(
      '6.1',
      'What cannot be decrypted is invalid_request_object.',
      encrypted('another key', 'a changed text'),
    ),
    must(
      '6.2',
      'The signature is checked, with the keys and the algorithm of the client.',
      objects('a foreign key', 'another algorithm'),
    ),
    must(
      '6.2',
      'A signature that does not hold is invalid_request_object.',
      objects('a foreign key', 'what is refused'),
    ),
    must(
      '6.3',
      'Only what stands inside counts, also where the same stands beside it.',
      objects(
        'does not count where the object says otherwise',
        'fills it up (OpenID Connect Core 1.0 6.1), but not under strict (RFC 9101 6.3)',
      ),
    ),
    must(
      '6.3',
      'What stands inside is checked as any request is.',
      objects('a redirect_uri inside that is not registered ends in a page'),
    ),
    must(
      '7',
      'A refusal is one of RFC 6749 4.1.2.1, or invalid_request_object, request_uri_not_supported and their like.',
      objects('what is refused'),
      by('issuer/authorize.test.ts', 'a request_uri'),
      references('a JWT that is not signed by the client is invalid_request_object'),
    ),
    must('8', 'TLS is spoken.', notOurs('binds whoever runs the server: --https, or a proxy in front')),
    must('9.3', 'Discovery says which of it is there.', objects('discovery says so')),
    must(
      '10.2',
      'A request object is kept from replay where that matters: its jti counts once, under strict.',
      objects(
        'a use of it under strict',
        'warns under standard where the type, iss and aud are left out, or it comes again',
      ),
    ),
    must(
      '10.2',
      'A request object that is not of the client, or not for this issuer, is refused.',
      objects('another issuer', 'another audience'),
    ),
    must(
      '10.5',
      'Of a client that has to sign, nothing else is taken, none neither.',
      objects('plain parameters of a client that has to sign'),
      by('issuer/registration-rules.test.ts', 'signed requests only, with an algorithm of none'),
      by('clients/front-channel.test.ts', 'is told when it has to sign and does not'),
    ),
    must(
      '10.8',
      'A JWT of another type is no request object.',
      objects('another type', 'no type, under strict'),
    ),
  ],
}
