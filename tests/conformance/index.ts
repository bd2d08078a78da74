import { fieldPitfalls } from './field-pitfalls.ts'
import { openidCore } from './openid-core.ts'
import { openidDiscovery } from './openid-discovery.ts'
import { backChannelLogout, frontChannelLogout, rpInitiatedLogout } from './openid-logout.ts'
import { openidRegistration, rfc7591, rfc7592 } from './openid-registration.ts'
import type { Standard } from './requirement.ts'
import { rfc6749 } from './rfc-6749.ts'
import { rfc6750 } from './rfc-6750.ts'
import { rfc7009 } from './rfc-7009.ts'
import { rfc7636 } from './rfc-7636.ts'
import { rfc7662 } from './rfc-7662.ts'
import { rfc8414 } from './rfc-8414.ts'
import { rfc8628 } from './rfc-8628.ts'
import { rfc8693 } from './rfc-8693.ts'
import { rfc9068 } from './rfc-9068.ts'
import { rfc9101 } from './rfc-9101.ts'
import { rfc9126 } from './rfc-9126.ts'
import { rfc9207 } from './rfc-9207.ts'
import { rfc9449 } from './rfc-9449.ts'
import { rfc9700 } from './rfc-9700.ts'

/** In the order of the document. */
export const standards: readonly Standard[] = [
  rfc6749,
  rfc6750,
  rfc7636,
  rfc7009,
  rfc7662,
  rfc8414,
  rfc8628,
  rfc8693,
  rfc9068,
  rfc9101,
  rfc9126,
  rfc9207,
  rfc9449,
  rfc9700,
  openidCore,
  openidDiscovery,
  openidRegistration,
  rfc7591,
  rfc7592,
  rpInitiatedLogout,
  frontChannelLogout,
  backChannelLogout,
  fieldPitfalls,
]
