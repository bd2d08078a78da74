import { by, inFile, must, mustNot, notDone, notOurs, type Standard } from './requirement.ts'

const openid = inFile('issuer/discovery-openid.test.ts')
const discovery = inFile('issuer/discovery.test.ts')

export const openidDiscovery: Standard = {
  name: 'OpenID Connect Discovery 1.0',
  title: 'metadata of the provider',
  url: 'https://openid.net/specs/openid-connect-discovery-1_0.html',
  requirements: [
    must(
      '2',
      'Who supports it answers WebFinger requests for the issuer of a user.',
      by(
        'issuer/webfinger.test.ts',
        'names the issuer of a user, as JRD that any page may read',
        'finds %s',
        'answers 404 to %s',
        'answers 400 to the query "%s"',
        'gives only links of the relations that were asked for',
      ),
    ),
    must(
      '3',
      'issuer, authorization_endpoint, token_endpoint and jwks_uri are there.',
      discovery('%s answers JSON that names the issuer it came from', 'every URL it names is there'),
    ),
    mustNot(
      '3',
      'issuer has a query or a fragment.',
      discovery('%s answers JSON that names the issuer it came from'),
    ),
    must(
      '3',
      'response_types_supported, subject_types_supported and id_token_signing_alg_values_supported are there, the latter with RS256.',
      openid('has what OpenID Connect Discovery 1.0 3 requires'),
    ),
    must(
      '3',
      'scopes_supported has openid.',
      discovery('every scope can be asked for'),
      openid('without the scope openid there is no OpenID Connect to speak of'),
    ),
    must(
      '3',
      'A dynamic provider has code, id_token and "id_token token" among its response types.',
      notDone('all but code are off until somebody switches them on; then they are named'),
    ),
    mustNot(
      '3',
      'none is among the algorithms for client authentication.',
      discovery(
        'every algorithm for client authentication works at each endpoint, and none is not among them',
      ),
    ),
    mustNot(
      '3',
      'none is among the algorithms for ID tokens, unless none comes from the authorization endpoint.',
      openid('has what OpenID Connect Discovery 1.0 3 requires'),
    ),
    mustNot(
      '3',
      'The JWKS holds private keys; a key says what it is for.',
      by('issuer/jwks.test.ts', 'holds no private part of a key for %s'),
    ),
    must(
      '4',
      'The document is at /.well-known/openid-configuration behind the issuer, without a slash between that the issuer ends in.',
      by('issuer/issuers.test.ts', '/acme/.well-known/openid-configuration'),
      by('clients/openid-client-issuers.test.ts', 'openid-client logs in at /acme by its %s metadata'),
    ),
    must('4.1', 'It is asked for by GET.', discovery('%s answers JSON that names the issuer it came from')),
    must(
      '4.2',
      'It is answered by 200 as application/json.',
      discovery('%s answers JSON that names the issuer it came from'),
    ),
    mustNot(
      '4.2',
      'A list without an element is there.',
      discovery('a list with nothing in it is left out (RFC 8414 3.2)'),
    ),
    must(
      '4.3',
      'issuer is, to the letter, what the document was asked for by, and iss of the ID tokens.',
      discovery("the issuer is the iss of the tokens, under each of the issuer's names"),
      by('clients/oauth4webapi.test.ts', 'takes the metadata by %s'),
    ),
    must('7.1', 'TLS is spoken.', notOurs('binds whoever runs the server: --https, or a proxy in front')),
  ],
}
