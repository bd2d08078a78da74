import { create } from 'qrcode'
import classes from './qr-code.module.css'

export interface QrCodeProps {
  text: string
  /** For screen readers. */
  label: string
}

/** Modules of quiet around a code (ISO/IEC 18004). */
const QUIET = 4

/** A QR code: dark on light in every theme, because cameras want it so. */
export function QrCode({ text, label }: QrCodeProps) {
  const { modules } = create(text, {})
  const { size, data } = modules
  const dark = Array.from(data, (bit, index) =>
    bit ? `M${(index % size) + QUIET} ${Math.floor(index / size) + QUIET}h1v1h-1z` : '',
  ).join('')
  const side = size + 2 * QUIET
  return (
    <svg
      className={classes.qr}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={dark} fill="#000" />
    </svg>
  )
}
