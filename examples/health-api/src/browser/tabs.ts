/**
 * Tabs as the WAI-ARIA practices have them: one stop for Tab, arrows and Home and End go from one to the next and show it.
 *
 * @param shown is told the id of the tab that is now open
 */
export function startTabs(list: HTMLElement, shown: (id: string) => void): void {
  const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')]

  const open = (chosen: HTMLElement): void => {
    for (const tab of tabs) {
      const selected = tab === chosen
      tab.setAttribute('aria-selected', `${selected}`)
      tab.tabIndex = selected ? 0 : -1
      const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '')
      if (panel !== null) panel.hidden = !selected
    }
    shown(chosen.id)
  }

  const neighbours: Readonly<Record<string, (index: number) => number>> = {
    ArrowRight: (index) => (index + 1) % tabs.length,
    ArrowLeft: (index) => (index - 1 + tabs.length) % tabs.length,
    Home: () => 0,
    End: () => tabs.length - 1,
  }
  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener('click', () => open(tab))
    tab.addEventListener('keydown', (event) => {
      const next = tabs[neighbours[event.key]?.(index) ?? -1]
      if (next === undefined) return
      event.preventDefault()
      open(next)
      next.focus()
    })
  }
}
