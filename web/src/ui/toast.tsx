import { useSyncExternalStore } from 'react'
import { Icon } from './icons'
import './states.css'

// Short notices that something was done. What went wrong stands where it went wrong, not here.

interface Toast {
  id: number
  text: string
}

let toasts: Toast[] = []
let last = 0
const listeners = new Set<() => void>()

function set(next: Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

export function toast(text: string) {
  const id = ++last
  set([...toasts, { id, text }])
  setTimeout(() => set(toasts.filter((t) => t.id !== id)), 4000)
}

export function Toasts() {
  const list = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toasts,
  )
  return (
    <div className="toasts" role="status" aria-live="polite">
      {list.map((t) => (
        <div key={t.id} className="toast">
          <Icon name="check" />
          {t.text}
        </div>
      ))}
    </div>
  )
}
