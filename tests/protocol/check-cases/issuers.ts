import { checkAddress } from '../../../shared/protocol/checks/issuer/check-address.ts'
import { checkOwnIssuer } from '../../../shared/protocol/checks/issuer/check-own-issuer.ts'
import type { AddressFacts, OwnerFacts } from '../../../shared/protocol/checks/issuer/facts.ts'
import { invalidRequest, of } from './case.ts'

const root = { name: 'default', url: 'http://127.0.0.1:4400' }
const acme = { name: 'acme', url: 'http://127.0.0.1:4400/acme' }
const shown: OwnerFacts = { what: 'refresh token', bound: false, owner: acme, asked: acme }
const address: AddressFacts = { seen: 'https://id.test', issuer: 'https://id.test/acme', fixed: true }
const direct = { ...address, seen: 'http://127.0.0.1:4400' }

export const issuerCases = [
  of(
    checkOwnIssuer,
    [shown, { ...shown, bound: true, owner: root, asked: root }],
    [
      [
        { ...shown, asked: root },
        {
          ...invalidRequest,
          observed: 'refresh token of the issuer acme (http://127.0.0.1:4400/acme)',
          expected: 'one of the issuer default (http://127.0.0.1:4400)',
        },
      ],
      [
        { what: 'client c', bound: true, owner: root, asked: acme },
        {
          ...invalidRequest,
          hint: 'It is bound to that issuer: point the app at http://127.0.0.1:4400, or unbind it in the workbench.',
        },
      ],
    ],
  ),
  of(
    checkAddress,
    [address, { ...direct, issuer: 'http://127.0.0.1:4400', fixed: false }],
    [
      [
        direct,
        {
          ...invalidRequest,
          observed: 'asked under http://127.0.0.1:4400',
          expected: "the issuer's own URL, https://id.test/acme",
          hint: 'Clients compare the two and refuse: point them at https://id.test/acme, start with another --issuer, or let the proxy between pass Host or X-Forwarded-Host on.',
        },
      ],
      [
        { seen: 'http://host.docker.internal:4400', issuer: 'http://127.0.0.1:4400', fixed: false },
        {
          ...invalidRequest,
          hint: 'Clients compare the two and refuse: start with --allowed-host host.docker.internal, or fix the URL with --issuer.',
        },
      ],
    ],
  ),
]
