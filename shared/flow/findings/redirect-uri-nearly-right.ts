import { nearestRedirectUri, redirectUriDifferences } from '../../protocol/redirect-uri-difference.ts'
import { authorizationsOf, clientIdOf, type Step, type TraceFacts } from './facts.ts'
import type { FindingRule, Sighting } from './finding.ts'

const HINT =
  'Redirect URIs are compared letter by letter. Change the app, or register the URI it really sends in Clients & scopes.'

export const redirectUriNearlyRight: FindingRule = {
  id: 'redirect-uri-nearly-right',
  title: 'The redirect URI is nearly right',
  spec: 'RFC 9700 4.1.3, RFC 6749 3.1.2.3, 4.1.3',
  severity: 'error',
  find: (facts) => [...unregistered(facts), ...changed(facts)],
}

const failed = ({ exchange }: Step, check: string): boolean =>
  exchange.verdicts.some((verdict) => verdict.check === check && verdict.outcome !== 'passed')

/** Against the URIs the client registered. */
const unregistered = ({ steps, clients }: TraceFacts): Sighting[] =>
  authorizationsOf(steps)
    .filter(({ step }) => failed(step, 'authorize.redirect-uri-registered'))
    .flatMap((request) => {
      const sent = request.parameters.get('redirect_uri')
      const registered = clients.get(clientIdOf(request) ?? '')?.redirectUris ?? []
      const nearest = sent === undefined ? null : nearestRedirectUri(sent, registered)
      if (nearest === null) return []
      return {
        observed: `${sent}: ${nearest.differences.map(({ message }) => message).join('; ')}`,
        expected: nearest.registered,
        hint: HINT,
        exchanges: [request.step.exchange.id],
      }
    })

/** Against the one the authorization request named. */
const changed = ({ steps }: TraceFacts): Sighting[] =>
  steps
    .filter((step) => failed(step, 'code.redirect-uri-same'))
    .flatMap((step) => {
      const asked = authorizationsOf(steps).findLast((request) => request.step.exchange.id < step.exchange.id)
      const [sent, first] = [step.parameters.get('redirect_uri'), asked?.parameters.get('redirect_uri')]
      if (sent === undefined || first === undefined) return []
      return {
        observed: `${sent}: ${redirectUriDifferences(sent, first)
          .map(({ message }) =>
            message.replace(/the registered one|registered/g, 'that of the authorization request'),
          )
          .join('; ')}`,
        expected: `${first}, as in the authorization request`,
        hint: 'The token request must repeat the redirect_uri of the authorization request to the letter.',
        exchanges: [asked!.step.exchange.id, step.exchange.id],
      }
    })
