import { inFile, must, mustNot, type Standard } from './requirement.ts'
import { TLS } from './rfc-6749-endpoints.ts'

const authorize = inFile('issuer/authorize.test.ts')
const code = inFile('issuer/code.test.ts')
const pkce = inFile('issuer/rfc-7636-verifier.test.ts')
const prompts = inFile('issuer/authorize-prompts.test.ts')

export const rfc7636: Standard = {
  name: 'RFC 7636',
  title: 'Proof Key for Code Exchange',
  url: 'https://www.rfc-editor.org/rfc/rfc7636',
  requirements: [
    must(
      '4.1',
      'A code_verifier is 43 to 128 unreserved characters: others are refused.',
      pkce('a verifier of %s is refused'),
    ),
    must(
      '4.2',
      'The server speaks S256.',
      code(
        'gives tokens for the scopes the user granted (RFC 6749 4.1.4), with the example of RFC 7636 appendix B',
      ),
    ),
    must(
      '4.2',
      'A code_challenge has the form of its method: another is refused.',
      authorize('a short challenge'),
    ),
    must(
      '4.3',
      'Without code_challenge_method it is plain.',
      pkce('without a method the challenge is the verifier itself (4.3)'),
    ),
    must(
      '4.4',
      'Challenge and method belong to the code, whatever other logins do.',
      pkce('each code has the challenge of its own request (4.4)'),
    ),
    mustNot(
      '4.4',
      'The challenge can be read out of what the client gets.',
      pkce('nothing that passes the browser on the way back has the challenge in it (4.4)'),
    ),
    must(
      '4.4.1',
      'Where PKCE is required (the strict profile), a public client without a challenge gets invalid_request.',
      prompts('%s refuses a public client: %o', 'the profile of the client is the one that counts'),
    ),
    must(
      '4.4.1',
      'A method the server does not speak gets invalid_request.',
      authorize('an unknown PKCE method'),
    ),
    must('4.5', 'A code with a challenge comes with its verifier.', code('pitfall: the verifier left out')),
    must(
      '4.6',
      'A verifier that fits goes on, by S256 and by plain.',
      code(
        'gives tokens for the scopes the user granted (RFC 6749 4.1.4), with the example of RFC 7636 appendix B',
        'plain PKCE compares the texts themselves',
      ),
    ),
    must(
      '4.6',
      'A verifier that does not fit gets invalid_grant, and nothing more.',
      code(
        'pitfall: a wrong verifier',
        'the challenge as verifier',
        'a wrong verifier: the finding has both hashes (RFC 7636 4.6), and the right one still works',
      ),
    ),
    must('7.5', 'Authorization and token endpoints require TLS.', TLS),
  ],
}
