import { by, inFile, must, mustNot, notOurs, type Standard } from './requirement.ts'
import { TLS } from './rfc-6749-endpoints.ts'

const address = inFile('issuer/issuer-address.test.ts')
const discovery = inFile('issuer/discovery.test.ts')
const issuers = inFile('issuer/issuers.test.ts')
const jwks = inFile('issuer/jwks.test.ts')
const oauth4webapi = inFile('clients/oauth4webapi.test.ts')
const responseTypes = inFile('issuer/response-types.test.ts')

const THERE = '%s answers JSON that names the issuer it came from'
const ALGORITHMS =
  'every algorithm for client authentication works at each endpoint, and none is not among them'

export const rfc8414: Standard = {
  name: 'RFC 8414',
  title: 'Authorization Server Metadata',
  url: 'https://www.rfc-editor.org/rfc/rfc8414',
  requirements: [
    must('2', 'issuer is there.', discovery(THERE)),
    mustNot(
      '2',
      'The issuer has a query or a fragment.',
      discovery(THERE),
      by('cli/usage.test.ts', 'https://a.example/?x=1'),
    ),
    must('2', 'The issuer and jwks_uri are https.', TLS),
    must(
      '2',
      'authorization_endpoint, token_endpoint and response_types_supported are there.',
      discovery(THERE),
      responseTypes('names them, and the implicit grant, where the issuer speaks them'),
    ),
    must(
      '2',
      'Where keys for encryption stand beside those for signing, each says its use.',
      jwks('holds no private part of a key for %s'),
    ),
    must(
      '2',
      'Where clients may authenticate by JWT, the algorithms for it are named, at the token, revocation and introspection endpoint.',
      discovery(ALGORITHMS),
    ),
    mustNot('2', 'none is among them.', discovery(ALGORITHMS)),
    must('2.1', 'signed_metadata is signed and has iss.', notOurs('it is optional, and not offered')),
    must(
      '3',
      'The document is at the well-known path, put between host and path of the issuer.',
      discovery(THERE),
      issuers('has its metadata at %s'),
      address('has its metadata at %s too (RFC 8414 3.1)'),
    ),
    must('3', 'That address is https.', TLS),
    must('3.1', 'It is fetched by GET.', discovery(THERE), oauth4webapi('takes the metadata by %s')),
    must(
      '3.1',
      'A slash at the end of the issuer is taken off before.',
      by('cli/serve.test.ts', 'with --issuer says so in every token, and answers where it listens'),
    ),
    must('3.2', 'It is answered 200, with a JSON object as application/json.', discovery(THERE)),
    must(
      '3.2',
      'Members with several values are lists, and a list with nothing in it is left out.',
      discovery('a list with nothing in it is left out (RFC 8414 3.2)'),
    ),
    must(
      '3.3',
      'issuer is the one whose address the document was found by.',
      discovery("the issuer is the iss of the tokens, under each of the issuer's names"),
      oauth4webapi('takes the metadata by %s'),
      issuers('has its metadata at %s'),
    ),
    mustNot(
      '4',
      'Unicode is normalised before a comparison.',
      notOurs('for who reads the metadata; what it says is ASCII'),
    ),
    must('6.1', 'TLS is there, and clients check certificates.', TLS),
  ],
}
