import { h } from './dom.ts'

/** One of several to choose from: a radio button with its name and what is to say of it. The first of a group is chosen at first. */
export function choice(
  group: string,
  value: string,
  name: string,
  says: string,
  first: boolean,
): HTMLElement {
  const checked: Record<string, string> = first ? { checked: '' } : {}
  const input = h('input', { type: 'radio', name: group, value, ...checked })
  return h('label', { class: 'choice' }, input, h('code', {}, name), h('span', { class: 'says' }, says))
}

/** The value of the one that is chosen. */
export function chosenIn(group: HTMLElement): string | undefined {
  return group.querySelector<HTMLInputElement>('input:checked')?.value
}
