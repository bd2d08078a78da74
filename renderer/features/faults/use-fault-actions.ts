import type { Fault } from '../../../shared/contract/faults/fault.ts'
import { useCommand, useWorkbench } from '../../stores/hooks.ts'
import { notifyDone, notifyUndo } from '../../ui/notify.tsx'
import { copyOf, withFault } from './filed.ts'

/** What can be done to a fault. All of it can be taken back. */
export function useFaultActions(fault: Fault) {
  const { client, navigation } = useWorkbench()
  const arm = useCommand('faults.arm')
  const disarm = useCommand('faults.disarm')
  const reset = useCommand('faults.reset')
  const create = useCommand('faults.create')
  const remove = useCommand('faults.delete')
  const apply = useCommand('scenarios.apply')
  const { id, name } = fault
  const ids = [id]
  const pending = [arm, disarm, reset, create, remove].some((command) => command.pending)
  return {
    pending,
    async setArmed(armed: boolean) {
      const [there, back] = armed ? [arm, disarm] : [disarm, arm]
      const result = await there.run({ ids })
      if (result.ok) notifyUndo(`${name} is ${armed ? 'armed' : 'disarmed'}`, () => void back.run({ ids }))
    },
    async reset() {
      const result = await reset.run({ ids })
      if (result.ok) notifyDone(`${name} counts from nothing again`)
    },
    async duplicate() {
      const result = await create.run(copyOf(fault))
      if (!result.ok) return
      navigation.select(result.value.id)
      notifyUndo(`${result.value.name} added, disarmed`, () => void remove.run({ ids: [result.value.id] }))
    },
    async remove() {
      const before = await client.call('faults.list', {}).catch(() => [])
      const result = await remove.run({ ids })
      if (!result.ok) return
      navigation.select(null)
      notifyUndo(`${name} deleted`, async () => {
        const now = await client.call('faults.list', {}).catch(() => [])
        const place = before.findIndex((one) => one.id === id)
        await apply.run({ file: withFault(now, fault, place) })
      })
    },
  }
}

/** Lets all faults rest at once. */
export function useDisarmAll() {
  const { client } = useWorkbench()
  const arm = useCommand('faults.arm')
  const disarm = useCommand('faults.disarm')
  return {
    pending: disarm.pending,
    async run() {
      const before = await client.call('faults.list', {}).catch(() => [])
      const ids = before.filter(({ enabled }) => enabled).map(({ id }) => id)
      const result = await disarm.run({})
      if (result.ok) notifyUndo('All faults are disarmed', () => void arm.run({ ids }))
    },
  }
}
