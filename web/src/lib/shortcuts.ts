import { useEffect, useSyncExternalStore } from 'react'
import { readCookie, writeCookie } from './cookies'

// The keys of all pages in one place: a page adds its own while it is shown, the sheet behind '?'
// lists what is there. They are silent in fields, while an input method composes a word, and behind
// an open dialog; who uses a screen reader or dictation can turn the single keys off.

export type ShortcutGroup = 'go' | 'page' | 'list' | 'app'

export interface Shortcut {
  /** 'n', 'g c' (one after the other), 'mod+k' (Ctrl, or Cmd on a Mac), '?', 'Escape'. */
  keys: string
  /** What it does, in words. */
  label: string
  group: ShortcutGroup
  run: (event: KeyboardEvent) => void
  /** Also in fields: for keys with mod alone. */
  everywhere?: boolean
}

let sets: (readonly Shortcut[])[] = []
let all: readonly Shortcut[] = []
const listeners = new Set<() => void>()

function change(next: (readonly Shortcut[])[]) {
  sets = next
  // What was added last stands before what it replaces.
  const seen = new Set<string>()
  all = [...sets]
    .reverse()
    .flat()
    .filter((s) => !seen.has(s.keys) && seen.add(s.keys))
  for (const listener of listeners) listener()
}

/** Adds shortcuts and gives the function that takes them away. */
export function addShortcuts(list: readonly Shortcut[]): () => void {
  if (sets.length === 0) document.addEventListener('keydown', press)
  change([...sets, list])
  return () => {
    change(sets.filter((s) => s !== list))
    if (sets.length === 0) document.removeEventListener('keydown', press)
  }
}

/** The shortcuts of a page, as long as it is shown. Give a list that stays the same (useMemo). */
export function useShortcuts(list: readonly Shortcut[]) {
  useEffect(() => addShortcuts(list), [list])
}

export const useAllShortcuts = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => all,
  )

const cookie = 'guan_keys'
export const singleKeysOn = () => readCookie(cookie) !== 'off'
export const setSingleKeys = (on: boolean) => writeCookie(cookie, on ? 'on' : 'off')

export const isMac = () => /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

/** How the keys are written on the screen, one entry for each. */
export const keyNames = (keys: string): string[] =>
  keys.split(/[ +]/).map((key) => (key === 'mod' ? (isMac() ? '⌘' : 'Ctrl') : key.length === 1 ? key.toUpperCase() : key))

const pause = 1200
let first: { key: string; at: number } | undefined

function writes(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox]') !== null
}

function press(event: KeyboardEvent) {
  // 229 is what browsers send for keys that an input method takes.
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || event.altKey) return
  const mod = event.ctrlKey || event.metaKey
  if (mod) {
    const key = `mod+${event.key.toLowerCase()}`
    const found = event.shiftKey ? undefined : all.find((s) => s.keys === key)
    if (found && (found.everywhere || !writes(event.target))) fire(found, event)
    return
  }
  if (writes(event.target) || document.querySelector('dialog[open]') || !singleKeysOn()) {
    first = undefined
    return
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const before = first && event.timeStamp - first.at < pause ? first.key : undefined
  first = undefined
  const found = (before && all.find((s) => s.keys === `${before} ${key}`)) || all.find((s) => s.keys === key)
  if (found) fire(found, event)
  else if (all.some((s) => s.keys.startsWith(`${key} `))) first = { key, at: event.timeStamp }
}

function fire(shortcut: Shortcut, event: KeyboardEvent) {
  event.preventDefault()
  shortcut.run(event)
}
