import { useSyncExternalStore } from 'react'
import { Icon } from './icons'
import './states.css'

// Short notices that something was done. What went wrong stands where it went wrong, not here.

interface Action {
  label: string
  run: () => void
}

interface Toast {
  id: number
  text: string
  action?: Action
  bad?: boolean
}

let toasts: Toast[] = []
let last = 0
const listeners = new Set<() => void>()

function set(next: Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

interface Options {
  action?: Action
  /** It went wrong, and there is no other place to say so. */
  bad?: boolean
}

/** Shows a notice and gives the function that takes it away early. */
export function toast(text: string, options: Options = {}): () => void {
  const id = ++last
  const away = () => set(toasts.filter((t) => t.id !== id))
  set([...toasts, { id, text, ...options }])
  setTimeout(away, options.action ? 8000 : 4000)
  return away
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
        <div key={t.id} className={t.bad ? 'toast bad' : 'toast'}>
          <Icon name={t.bad ? 'warn' : 'check'} />
          {t.text}
          {t.action && (
            <button type="button" className="toast-act" onClick={t.action.run}>
              {t.action.label}
            </button>
          )}
        </div>
      ))}
    </div>
  )
}
