import { by, must, mustNot, notOurs, type Standard } from './requirement.ts'

const PROOFS = 'issuer/dpop-proofs.test.ts'
const BOUND = 'issuer/dpop.test.ts'
const NONCES = 'issuer/dpop-nonce.test.ts'

export const rfc9449: Standard = {
  name: 'RFC 9449',
  title: 'OAuth 2.0 Demonstrating Proof of Possession (DPoP)',
  url: 'https://www.rfc-editor.org/rfc/rfc9449',
  requirements: [
    must('3', 'DPoP goes over TLS.', notOurs('binds whoever runs the server: --https, or a proxy in front')),
    must('4.3', 'There is one DPoP header and no more.', by(PROOFS, 'twice')),
    must('4.3', 'It is one well-formed JWT.', by(PROOFS, 'that is no JWT', 'that is empty')),
    must('4.2, 4.3', 'All claims that are required are in it.', by(PROOFS, 'without jti')),
    must('4.2, 4.3, 11.5', 'typ is dpop+jwt.', by(PROOFS, 'of no type')),
    must(
      '4.2, 4.3, 11.6',
      'alg is of an asymmetric algorithm the issuer speaks; never none.',
      by(PROOFS, 'with alg %s: dpop.algorithm', 'with a symmetric key', 'signed with EdDSA is as good'),
    ),
    must(
      '4.3',
      'The signature is by the key in jwk.',
      by(PROOFS, 'with a key that did not sign it', 'without a key'),
    ),
    mustNot('4.2, 4.3', 'The jwk holds a private key.', by(PROOFS, 'with a private key')),
    must(
      '4.3',
      'htm is the method of the request.',
      by(PROOFS, 'for another method', 'the proof of 7.1 is for another method'),
    ),
    must(
      '4.3',
      'htu is the URI of the request without query and fragment.',
      by(PROOFS, 'for another URL', 'for another host', 'htu %s names this endpoint as well'),
    ),
    must(
      '4.3, 8',
      'nonce is the one the server gave, where it gave one.',
      by(NONCES, 'a nonce of nobody, or of another issuer, is refused'),
    ),
    must(
      '4.3, 11.1',
      'A proof counts for a short time after it was made, by iat or by a nonce.',
      by(PROOFS, 'that is old', 'of the future'),
      by(NONCES, 'one that ends soon is accepted, and the answer has the next (8.2)'),
    ),
    must(
      '4.3',
      'Beside an access token, ath is the hash of that token.',
      by(BOUND, 'for another token', 'for no token'),
    ),
    must(
      '4.3, 7.1',
      'Beside an access token, the key is the one the token is bound to.',
      by(BOUND, "with a proof of the thief's own key: invalid_token"),
    ),
    must(
      '5',
      'A proof that does not hold is refused with invalid_dpop_proof.',
      by(PROOFS, '%s: invalid_dpop_proof, and no token'),
    ),
    must(
      '5',
      'The answer with a bound token has the token_type DPoP.',
      by(PROOFS, 'its proof gets a token bound to the thumbprint of 6.1'),
    ),
    must(
      '5',
      'Any grant gives bound tokens.',
      by(
        BOUND,
        'client_credentials',
        'a device, whose every poll has a proof of its own',
        'a token exchange binds the new token to the key of whoever trades',
      ),
      by('clients/dpop.test.ts', '%s logs in, reads userinfo and API, and refreshes'),
    ),
    must(
      '5',
      'A refresh token of a public client is bound to the key, and its key is looked at when it is used.',
      by(BOUND, 'of a public client is bound to the key (5)'),
    ),
    must(
      '5.2',
      'A client registered with dpop_bound_access_tokens gets nothing without a proof.',
      by(PROOFS, 'a client registered for bound tokens gets none without'),
    ),
    must(
      '6',
      'An API can tell a bound token, and by what key.',
      by(PROOFS, 'its proof gets a token bound to the thumbprint of 6.1'),
      by(BOUND, 'as %s, introspection tells its key (6.2)'),
    ),
    must(
      '6.1',
      'cnf.jkt is the SHA-256 thumbprint of the key, in base64url.',
      by(PROOFS, 'its proof gets a token bound to the thumbprint of 6.1'),
    ),
    must(
      '6.2',
      'Introspection says token_type DPoP of a bound token.',
      by(BOUND, 'as %s, introspection tells its key (6.2)'),
    ),
    must('7, 7.1', 'A bound token comes with a proof.', by(BOUND, 'without a proof: invalid_dpop_proof')),
    mustNot(
      '7.1',
      'An API lets anybody in unless every check of proof and token passes.',
      by(
        BOUND,
        'with a proof %s: 401 with the DPoP challenge',
        'shown twice with one proof: the second is a replay',
      ),
    ),
    mustNot(
      '7.1',
      'The scheme DPoP is taken from Proxy-Authorization.',
      notOurs('nothing reads that header'),
    ),
    must(
      '7.2',
      'An API that takes bearer tokens too refuses a bound one that comes as such.',
      by(BOUND, 'is refused as a bearer token, with proof or without (7.2)'),
    ),
    must(
      '8',
      'A nonce cannot be guessed.',
      by(
        NONCES,
        'a nonce of nobody, or of another issuer, is refused',
        'a proof without one: 400 use_dpop_nonce, with a nonce to use',
      ),
    ),
    mustNot(
      '8',
      'An answer has more than one DPoP-Nonce header.',
      by(NONCES, 'a proof without one: 400 use_dpop_nonce, with a nonce to use'),
    ),
    must(
      '8',
      'A proof whose nonce is not a recent one of the issuer is refused.',
      by(
        NONCES,
        'a nonce of nobody, or of another issuer, is refused',
        'one that ends soon is accepted, and the answer has the next (8.2)',
      ),
    ),
    must(
      '9',
      'An API that wants a nonce says so with 401 and the challenge.',
      by(NONCES, 'a proof without one: 401 with the DPoP challenge and a nonce (9)'),
    ),
    must(
      '10',
      'A code bound by dpop_jkt is for that key alone.',
      by(BOUND, 'is bound by %s (10)', 'dpop_jkt that is no thumbprint: invalid_request to the client'),
    ),
    must(
      '10.1',
      'At /par a proof does the same as dpop_jkt, and is checked as any.',
      by(BOUND, 'a proof at /par'),
    ),
    must(
      '10.1',
      'A proof at /par of another key than dpop_jkt is refused.',
      by(BOUND, 'dpop_jkt that differs from the proof at /par: invalid_request (10.1)'),
    ),
    mustNot(
      '11.3',
      'A proof without nonce is accepted where the issuer asks for one.',
      by(NONCES, 'a proof without one: 400 use_dpop_nonce, with a nonce to use'),
    ),
  ],
}
