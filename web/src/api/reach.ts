import { useSyncExternalStore } from 'react'

// Whether the server can be reached: what the last request met, and what the browser says.

let lost = false
const listeners = new Set<() => void>()
const pauses = [2_000, 4_000, 8_000, 15_000, 30_000]
let timer: ReturnType<typeof setTimeout> | undefined

function tell(next: boolean) {
  if (next === lost) return
  lost = next
  for (const listener of listeners) listener()
  clearTimeout(timer)
  if (lost) again(0)
}

/** Knocks until somebody answers, less and less often. */
function again(tries: number) {
  timer = setTimeout(async () => {
    try {
      await globalThis.fetch('/healthz', { cache: 'no-store' })
      tell(false)
    } catch {
      again(tries + 1)
    }
  }, pauses[Math.min(tries, pauses.length - 1)])
}

/** Sends a request, and notes whether it came through. */
export async function reach(request: Request): Promise<Response> {
  try {
    const answer = await globalThis.fetch(request)
    tell(false)
    return answer
  } catch (error) {
    if (!request.signal.aborted) tell(true)
    throw error
  }
}

globalThis.addEventListener?.('offline', () => tell(true))
globalThis.addEventListener?.('online', () => lost && again(0))

export const useLost = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => lost,
  )
