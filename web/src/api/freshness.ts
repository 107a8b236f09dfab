import { QueryCache, QueryClient } from '@tanstack/react-query'
import { dropDrafts } from '@/lib/draft'
import type { Problem } from './types'
import { problemOf } from './problem'

// What the server said once is kept in memory only, and only as long as the policy it was said
// under: a new epoch or a refusal drops it, so that no screen shows what was taken away.

let epoch: string | undefined
let expired: () => void = () => undefined

export const queries = new QueryClient({
  queryCache: new QueryCache(),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => problemOf(error).kind === 'Network' && count < 2,
    },
    mutations: { retry: false },
  },
})

/** Says what happens when the session is over. */
export function onExpired(react: () => void) {
  expired = react
}

/** Forgets everything: at sign-in and sign-out, so that nobody sees their forerunner's data. */
export function forget() {
  epoch = undefined
  queries.clear()
  dropDrafts()
}

/** Reads everything on the screen again as somebody else, and keeps nothing of before. */
export async function startAnew() {
  epoch = undefined
  queries.removeQueries({ type: 'inactive' })
  await queries.resetQueries()
}

/** Drops what was read and reads again what is on the screen; a query that failed stays as it is. */
function drop() {
  queries.removeQueries({ type: 'inactive' })
  void queries.resetQueries({ predicate: (query) => query.state.status === 'success' })
}

export function seenEpoch(data: unknown) {
  if (typeof data !== 'object' || data === null || !('epoch' in data)) return
  const now = String(data.epoch)
  const before = epoch
  epoch = now
  if (before !== undefined && before !== now) queueMicrotask(drop)
}

export function seenRefusal(problem: Problem) {
  if (problem.status === 401 && problem.code === 'signin') {
    expired()
    return
  }
  // Nothing was read yet that could be taken away: all that is left is to choose a password.
  if (problem.code === 'must_change') return
  // That one looks as somebody else says nothing of what was taken away.
  if (problem.kind === 'Denied' && problem.code !== 'view_as') queueMicrotask(drop)
}
