import { type Check, pass } from '../../check.ts'

export const checkRegistrationOn: Check<{ registration: 'off' | 'open' | 'protected' }> = {
  id: 'registration.on',
  title: 'The issuer lets clients register',
  spec: 'RFC 7591 3',
  run: ({ registration }) =>
    registration !== 'off'
      ? pass(registration)
      : {
          error: 'invalid_request',
          status: 404,
          description: 'Clients cannot register at this issuer',
          observed: 'registration is off',
          expected: 'an issuer whose registration is open or protected',
          hint: 'Switch it on in the settings of the issuer. Discovery names the registration_endpoint only then.',
        },
}
