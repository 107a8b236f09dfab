import { useSyncExternalStore } from 'react'
import { readCookie, writeCookie } from './cookies'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const cookie = 'guan_theme'
const listeners = new Set<() => void>()
const darkOutside = () => globalThis.matchMedia?.('(prefers-color-scheme: dark)').matches ?? false

export function theme(): Theme {
  const chosen = readCookie(cookie)
  return themes.find((t) => t === chosen) ?? 'system'
}

/** Puts the theme on the document; the style sheets do the rest. */
export function applyTheme() {
  const chosen = theme()
  const dark = chosen === 'dark' || (chosen === 'system' && darkOutside())
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}

export function setTheme(next: Theme) {
  writeCookie(cookie, next)
  applyTheme()
  for (const listener of listeners) listener()
}

export function watchTheme() {
  applyTheme()
  globalThis.matchMedia?.('(prefers-color-scheme: dark)').addEventListener('change', applyTheme)
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, theme)
}
