import { Kbd } from '@mantine/core'
import { useOs } from '@mantine/hooks'
import { type Combo, keyLabels } from './format/keys.ts'
import classes from './keys.module.css'

export const useOnMac = (): boolean => useOs() === 'macos'

/** Keys pressed together, each as a key cap. */
export function Keys({ combo }: { combo: Combo }) {
  const onMac = useOnMac()
  return (
    <span className={classes.keys}>
      {keyLabels(combo, onMac).map((label) => (
        <Kbd key={label}>{label}</Kbd>
      ))}
    </span>
  )
}

/** The same in running text: "Ctrl+K", "⌘K". */
export function useKeyText(): (combo: Combo) => string {
  const onMac = useOnMac()
  return (combo) => keyLabels(combo, onMac).join(onMac ? '' : '+')
}
