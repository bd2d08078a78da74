import { type Check, pass } from '../../check.ts'
import { invalidMetadata, isHttp, isLoopbackHttp, type MetadataFacts } from './facts.ts'

export const checkInitiateLoginUri: Check<MetadataFacts> = {
  id: 'registration.initiate-login-uri',
  title: 'initiate_login_uri is https, or on this machine',
  spec: 'OpenID Connect Registration 2, OpenID Connect Core 4',
  levels: { standard: 'warn', lenient: 'off' },
  run: ({ initiateLoginUri }) =>
    initiateLoginUri === null || !isHttp(initiateLoginUri) || isLoopbackHttp(initiateLoginUri)
      ? pass(initiateLoginUri ?? 'none')
      : {
          ...invalidMetadata,
          description: 'initiate_login_uri is not https',
          observed: initiateLoginUri,
          expected: 'https, or http on a loopback address',
        },
}
