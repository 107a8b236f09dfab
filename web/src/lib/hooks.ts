import { useEffect, useState, useSyncExternalStore } from 'react'

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
