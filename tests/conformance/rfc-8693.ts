import { inFile, must, mustNot, type Standard } from './requirement.ts'

const exchange = inFile('issuer/token-exchange.test.ts')
const tokens = inFile('issuer/token-exchange-tokens.test.ts')

const GIVEN = 'gives a token for the same subject, issued to who asked'

export const rfc8693: Standard = {
  name: 'RFC 8693',
  title: 'Token Exchange',
  url: 'https://www.rfc-editor.org/rfc/rfc8693',
  requirements: [
    must('2.1', 'grant_type is that of the exchange.', exchange(GIVEN)),
    must(
      '2.1',
      'subject_token and subject_token_type are there.',
      tokens('no subject_token', 'no subject_token_type'),
    ),
    must('2.1', 'resource is an absolute URI.', exchange('resource %s: invalid_target')),
    mustNot('2.1', 'resource has a fragment.', exchange('resource %s: invalid_target')),
    must('2.1', 'actor_token_type comes with an actor_token.', tokens('an actor_token without type')),
    mustNot('2.1', 'actor_token_type comes without one.', tokens('an actor_token_type without token')),
    must(
      '2.1',
      'The subject token is validated as its type demands.',
      tokens(
        'no token of ours',
        'pitfall: a changed token',
        'pitfall: a refresh token in the place of an access token',
        'pitfall: a token that waits for the second factor',
        'a revoked token, an expired token, the token of an inactive user',
      ),
    ),
    must(
      '2.1',
      'So is the actor token.',
      tokens('an actor_token that is none of ours', 'an actor token that was revoked'),
    ),
    must('2.2.1', 'access_token, issued_token_type and token_type are there.', exchange(GIVEN)),
    must(
      '2.2.1',
      'scope is there where it is not what was asked for.',
      exchange(GIVEN, 'left out, it is what the client may have of it'),
    ),
    must(
      '2.2.2',
      'A request or token that does not do is answered as RFC 6749 5.2 has it, with invalid_request.',
      tokens(
        'a type that is not taken',
        'an actor_token_type that is not taken',
        'a refresh token asked for',
        'a revoked token, an expired token, the token of an inactive user',
      ),
      exchange('lets no other actor act'),
    ),
    must(
      '4.1',
      'act is a JSON object that names the actor.',
      exchange('names the actor in act', 'nests who acted before'),
    ),
    must(
      '4.1',
      'Access is decided by the claims on top and the present actor alone.',
      exchange('who acted before counts for nothing (4.1)'),
    ),
    must(
      '4.4',
      'may_act is a JSON object, every claim of which the actor has.',
      exchange('every claim of it must hold: %j', 'lets the actor it names act', 'lets no other actor act'),
    ),
  ],
}
