import {
  IconArrowsDiff,
  IconPlayerPlay,
  IconPlayerTrackNext,
  IconPlus,
  IconRoute2,
  IconServer2,
  IconWorldUpload,
} from '@tabler/icons-react'
import type { PaletteAction, Section } from '../section.ts'
import { Flows } from './flows.tsx'
import { COMPARE } from './routes.ts'
import { runLooks, runName } from './run-words.ts'
import { runSample } from './sample.ts'
import { sendRun } from './send.ts'

export const flowsSection: Section = {
  id: 'flows',
  label: 'Flows',
  Icon: IconRoute2,
  Component: Flows,
  actions: (workbench) => {
    const { navigation } = workbench
    const { section, id } = navigation.store.getState()
    const open = section === 'flows' && id !== null && id !== COMPARE ? id : null
    const ofRun: PaletteAction[] =
      open === null
        ? []
        : [
            {
              id: 'flows.runAll',
              label: 'Run all steps of this flow',
              keywords: 'send rest go',
              icon: <IconPlayerTrackNext size={16} aria-hidden />,
              run: () => void sendRun(workbench, open, 'run'),
            },
            {
              id: 'flows.sendNext',
              label: 'Send the next step of this flow',
              keywords: 'request go',
              icon: <IconPlayerPlay size={16} aria-hidden />,
              run: () => void sendRun(workbench, open, 'send'),
            },
          ]
    return [
      {
        id: 'flows.new',
        label: 'New flow',
        description: 'Any grant, step by step',
        keywords: 'start client login authorization code device refresh exchange',
        icon: <IconPlus size={16} aria-hidden />,
        run: () => navigation.go('flows', null, { new: 'authorization_code' }),
      },
      {
        id: 'flows.sample',
        label: 'Run a sample flow',
        description: 'Authorization code with PKCE, as alice by robot',
        keywords: 'example demo login',
        icon: <IconPlayerPlay size={16} aria-hidden />,
        run: () => void runSample(workbench),
      },
      ...ofRun,
      {
        id: 'flows.compare',
        label: 'Compare two flows',
        description: 'Two identities side by side',
        keywords: 'diff identities tokens claims',
        icon: <IconArrowsDiff size={16} aria-hidden />,
        run: () => navigation.go('flows', COMPARE),
      },
      {
        id: 'flows.profiles',
        label: 'Profiles of flows',
        description: 'Issuers and clients to run flows with',
        keywords: 'environments client secret discovery',
        icon: <IconServer2 size={16} aria-hidden />,
        run: () => navigation.go('flows', null, { tab: 'profiles' }),
      },
      {
        id: 'flows.outgoing',
        label: 'Show outgoing calls',
        description: 'Everything that was sent from here',
        keywords: 'outbound log network',
        icon: <IconWorldUpload size={16} aria-hidden />,
        run: () => navigation.go('flows', null, { tab: 'calls' }),
      },
    ]
  },
  find: async ({ client, navigation }) => {
    const [runs, kinds] = await Promise.all([
      client.call('flows.list', { limit: 20 }),
      client.call('flows.kinds', {}),
    ])
    return [
      ...runs.map((run) => {
        const title = kinds.find(({ id }) => id === run.kind)?.title ?? run.kind
        return {
          id: `flow.${run.id}`,
          label: `Flow: ${runName(run, title)}`,
          description: `${title}, ${run.profileName}, ${runLooks[run.state].label.toLowerCase()}`,
          keywords: run.kind,
          icon: <IconRoute2 size={16} aria-hidden />,
          run: () => navigation.go('flows', run.id),
        }
      }),
      ...kinds.map(({ id, title }) => ({
        id: `flow.new.${id}`,
        label: `New flow: ${title}`,
        keywords: id,
        icon: <IconPlus size={16} aria-hidden />,
        run: () => navigation.go('flows', null, { new: id }),
      })),
    ]
  },
}
