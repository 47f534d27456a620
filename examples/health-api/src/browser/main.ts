import type { ConsoleSettings } from '../console/settings.ts'
import { startCaller } from './caller.ts'
import { byId } from './dom.ts'
import { fetchJson } from './http.ts'
import { startMachines } from './machines.ts'
import type { Offer } from './offer.ts'
import { startPasted } from './pasted.ts'
import { startPeople } from './people.ts'
import { startTabs } from './tabs.ts'

const settings = (await fetchJson('/console/settings')) as ConsoleSettings
let open = 'tab-people'

const show = startCaller(settings)
const changed = (): void => show(sources[open]?.() ?? [])
const sources: Readonly<Record<string, () => readonly Offer[]>> = {
  'tab-people': startPeople(settings, changed),
  'tab-machines': startMachines(settings, changed),
  'tab-pasted': startPasted(settings, changed),
}
startTabs(byId('tabs'), (id) => {
  open = id
  changed()
})
changed()
// A click before this would be lost.
byId('main').inert = false
