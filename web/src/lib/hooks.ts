import { useEffect, useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'

/** The value once it has stood still for `wait` milliseconds. */
export function useDebounced<T>(value: T, wait = 250): T {
  const [still, setStill] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setStill(value), wait)
    return () => clearTimeout(timer)
  }, [value, wait])
  return still
}

/** Whether the window is a phone's. */
export function usePhone(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = globalThis.matchMedia?.('(max-width: 640px)')
      query?.addEventListener('change', listener)
      return () => query?.removeEventListener('change', listener)
    },
    () => globalThis.matchMedia?.('(max-width: 640px)').matches ?? false,
  )
}

export function useTitle(title: string | undefined) {
  useEffect(() => {
    if (title) document.title = title
  }, [title])
}

/** Whether the page is laid out for paper: what shows a part of itself has to show all that it has. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const query = globalThis.matchMedia?.('print')
    const say = (now: boolean) => flushSync(() => setPrinting(now))
    const changed = () => say(query.matches)
    const begin = () => say(true)
    const end = () => say(false)
    query?.addEventListener('change', changed)
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    return () => {
      query?.removeEventListener('change', changed)
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
    }
  }, [])
  return printing
}
