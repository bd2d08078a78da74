import { MAX_BODY_BYTES } from '../../../shared/protocol/checks/request/check-size.ts'

export interface Body {
  /** What was read; cut when `tooLarge`. */
  bytes: Uint8Array
  /** Bytes that came. */
  size: number
  tooLarge: boolean
}

/** The host has bounded what there is. */
export function boundedBody(bytes: Uint8Array): Body {
  const tooLarge = bytes.length > MAX_BODY_BYTES
  return { bytes: tooLarge ? bytes.subarray(0, MAX_BODY_BYTES) : bytes, size: bytes.length, tooLarge }
}
