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

// What was sent to be done and has not been answered for a second.
const patience = 1000
let long = 0
const watchers = new Set<() => void>()

function count(step: number) {
  long += step
  for (const watcher of watchers) watcher()
}

/** Notes what takes longer than a second to be done; gives the function that ends it. */
function watch({ method }: Request): () => void {
  if (method === 'GET' || method === 'HEAD') return () => undefined
  let counted = false
  const timer = setTimeout(() => {
    counted = true
    count(1)
  }, patience)
  return () => {
    clearTimeout(timer)
    if (counted) count(-1)
  }
}

/** Whether something that was sent to be done takes its time. */
export const useWorking = () =>
  useSyncExternalStore(
    (listener) => {
      watchers.add(listener)
      return () => watchers.delete(listener)
    },
    () => long > 0,
  )

type Send = (request: Request) => Promise<Response>

const plainly: Send = (request) => globalThis.fetch(request)
let through: (request: Request, send: Send) => Promise<Response> = (request, send) => send(request)

/** Lets something stand between every request and its answer, from the shell on: the sign-in is light. */
export const sendThrough = (by: typeof through) => {
  through = by
}

/** Sends a request, and notes whether it came through. */
export async function reach(request: Request): Promise<Response> {
  const answered = watch(request)
  try {
    const answer = await through(request, plainly)
    tell(false)
    return answer
  } catch (error) {
    if (!request.signal.aborted) tell(true)
    throw error
  } finally {
    answered()
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
