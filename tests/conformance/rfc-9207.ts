import { by, must, mustNot, type Standard } from './requirement.ts'

export const rfc9207: Standard = {
  name: 'RFC 9207',
  title: 'Authorization Server Issuer Identification',
  url: 'https://www.rfc-editor.org/rfc/rfc9207',
  requirements: [
    must(
      '2',
      'An answer to an authorization request carries iss, an error too.',
      by(
        'issuer/authorize.test.ts',
        'leads to the login page, and after it back to the app with code, state and iss (RFC 9207)',
        'other errors go to the client with error, error_description, state and iss',
      ),
    ),
    must(
      '2',
      'Its value is the issuer identifier of the metadata, to the letter.',
      by(
        'clients/openid-client.test.ts',
        '%s logs in by code with PKCE, state, nonce and iss, and reads userinfo',
      ),
      by('issuer/discovery.test.ts', "the issuer is the iss of the tokens, under each of the issuer's names"),
    ),
    mustNot(
      '2',
      'The identifier has a query or a fragment.',
      by('issuer/discovery.test.ts', '%s answers JSON that names the issuer it came from'),
    ),
    must(
      '2.4',
      'A client that is told to expect iss gets it: the metadata says authorization_response_iss_parameter_supported.',
      by(
        'clients/openid-client.test.ts',
        '%s logs in by code with PKCE, state, nonce and iss, and reads userinfo',
      ),
    ),
  ],
}
