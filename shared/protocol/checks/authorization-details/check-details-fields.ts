import { listFields } from '../../authorization-details.ts'
import { type Check, pass } from '../../check.ts'
import { type JsonObject, shown } from '../../jwt.ts'
import { type AuthorizationDetailsFacts, invalidDetails } from './facts.ts'

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((element) => typeof element === 'string')

const wrongField = (detail: JsonObject): string | undefined =>
  listFields.find((name) => name in detail && !isTexts(detail[name])) ??
  ('identifier' in detail && typeof detail.identifier !== 'string' ? 'identifier' : undefined)

export const checkDetailsFields: Check<Pick<AuthorizationDetailsFacts, 'details'>> = {
  id: 'authorization-details.fields',
  title: 'The common fields of authorization_details are of their types',
  spec: 'RFC 9396 2.2, 5',
  levels: { lenient: 'warn' },
  run: ({ details }) => {
    const wrong = details.find((detail) => wrongField(detail) !== undefined)
    if (wrong === undefined) return pass()
    const name = wrongField(wrong)!
    return {
      ...invalidDetails(`The field ${name} of authorization_details is of another type`),
      observed: `${name} ${shown(wrong[name])}`,
      expected: name === 'identifier' ? 'text' : 'an array of texts',
    }
  },
}
