import { useSyncExternalStore } from 'react'

export interface Colours {
  text: string
  quiet: string
  line: string
  surface: string
  main: string
  soft: string
}

let last: Colours | undefined

function read(): Colours {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string) => style.getPropertyValue(name).trim()
  const next = { text: of('--text-2'), quiet: of('--text-3'), line: of('--line'), surface: of('--raised'), main: of('--primary'), soft: of('--primary-soft') }
  if (!last || JSON.stringify(last) !== JSON.stringify(next)) last = next
  return last
}

function watch(listener: () => void) {
  const seen = new MutationObserver(listener)
  seen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => seen.disconnect()
}

/** The colours of the theme, for what is drawn on a canvas. */
export const useThemed = (): Colours => useSyncExternalStore(watch, read)
