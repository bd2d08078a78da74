import type { ContractError } from '../../../shared/contract/envelope.ts'
import type { HarPreview } from '../../../shared/contract/operations/trace-import.ts'

const HOSTS = 4

/** "login.example.test, api.example.test and 3 more" */
export function hostWords(hosts: readonly string[]): string {
  const more = hosts.length - HOSTS
  return more > 0 ? `${hosts.slice(0, HOSTS).join(', ')} and ${more} more` : hosts.join(', ')
}

export const traceName = ({
  name,
  clientId,
}: Pick<HarPreview['traces'][number], 'name' | 'clientId'>): string =>
  name ?? (clientId === null ? 'Of no known client' : `Login of ${clientId}`)

/** Empty when nothing is left out. */
export function leftOutWords({ assets, other }: HarPreview['leftOut']): string {
  const parts = [
    assets > 0 && `${assets} of pictures, styles and scripts`,
    other > 0 && `${other} not sent over HTTP`,
  ].filter(Boolean)
  return parts.length > 0 ? `Left out: ${parts.join(', ')}.` : ''
}

/** One for each thing that is wrong, with its place in the file. */
export function failureLines({ issues, message }: ContractError): string[] {
  const lines = issues?.map((issue) => `${issue.path.replace(/^har\.?/, '') || 'It'}: ${issue.message}`) ?? []
  return lines.length > 0 ? lines : [message]
}
