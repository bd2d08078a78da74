import { runCommand } from '../../stores/commands.ts'
import type { Workbench } from '../../stores/workbench.ts'
import { sampleUser } from '../sample-user.ts'
import { sendRun } from './send.ts'

/** One click: authorization code with PKCE at the built-in issuer, alice (or whoever is there) logged in by the robot, to its end. */
export async function runSample(workbench: Workbench): Promise<void> {
  const { client, report, navigation } = workbench
  const users = await client.call('users.list', {}).catch(() => [])
  const user = sampleUser(users)
  const started = await runCommand(client, report, 'flows.start', {
    kind: 'authorization_code',
    label: user?.id ?? '',
    login: { by: 'robot', userId: user?.id ?? null },
  })
  if (!started.ok) return
  navigation.go('flows', started.value.id)
  await sendRun(workbench, started.value.id, 'run')
}
