/** The mark: one sweep of an oscilloscope. Decorative; the name stands beside it. */
export const Mark = ({ size = 22 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="7" fill="#0b3b38" />
    <path
      d="M4 20h4.5l2.5-9 4.5 14 3.5-11 2 6H28"
      fill="none"
      stroke="#5eead4"
      strokeWidth="2.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
    <circle cx="28" cy="20" r="1.8" fill="#ff9a5c" />
  </svg>
)
