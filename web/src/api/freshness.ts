import { type Query, QueryCache, QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { dropDrafts } from '@/lib/draft'
import type { Problem } from './types'
import { isNotFound, isUnfresh, problemOf, takesAway } from './problem'

// What the server said once is kept in memory only, and only as long as the policy it was said
// under: after a new epoch or a refusal no screen goes on showing what was taken away.

let epoch: string | undefined
// What was refused and still is. Asked again, it takes nothing more away: a page that is drawn anew by
// what a refusal dropped asks again, and would drop and ask for ever.
const refused = new Set<string>()
let expired: () => void = () => undefined

export const queries = new QueryClient({
  queryCache: new QueryCache({
    // What failed merely stays as it was read; what was taken away is not kept.
    onError: (error, query) => {
      if (takesAway(error) && query.state.data !== undefined) query.setState({ data: undefined })
      // The right to a record ends by the clock: what lies beneath it is missed first, by who looks at it then.
      const [what, kind, part, id] = query.queryKey
      if (isNotFound(error) && what === 'records' && part === 'beneath') void queries.invalidateQueries({ queryKey: [what, kind, 'one', id] })
    },
  }),
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
  refused.clear()
  queries.clear()
  dropDrafts()
}

/** Reads everything on the screen again as somebody else, and keeps nothing of before. */
export async function startAnew() {
  epoch = undefined
  refused.clear()
  queries.removeQueries({ type: 'inactive' })
  await queries.resetQueries()
}

const isRead = (query: Query) => query.state.status === 'success'
const isPaged = ({ state: { data } }: Query) => typeof data === 'object' && data !== null && 'pages' in data

/**
 * Reads everything again: under a new policy, or when something was refused. The policy of a company
 * changes every few minutes, with each grant: what is on the screen stays until it is read, so that
 * nobody loses what they are just writing, or why it was refused, and goes if it cannot be. Lists begin
 * anew: all their pages would take too long.
 */
function readAllAgain() {
  // What a page that is being opened waits for is on its way, and told to nobody else.
  queries.removeQueries({ type: 'inactive', fetchStatus: 'idle' })
  const shown = (query: Query) => isRead(query) && query.isActive() && !query.isDisabled() && !isPaged(query)
  void queries.resetQueries({ predicate: (query) => isRead(query) && !shown(query) })
  const again = queries.getQueryCache().findAll({ predicate: shown })
  const old = new Map(again.map((query) => [query, query.state.dataUpdatedAt]))
  void queries.refetchQueries({ predicate: (query) => old.has(query) }).then(() => {
    for (const [query, at] of old) {
      const missed = query.state.dataUpdatedAt === at && query.state.fetchStatus === 'idle'
      if (missed) query.setState({ data: undefined })
    }
  })
}

/** Keeps what a write answered: an answer to a question asked before it comes too late to stand over it. */
export async function keep<Data>(queryKey: readonly unknown[], data: Data): Promise<Data> {
  await queries.cancelQueries({ queryKey, exact: true })
  queries.setQueryData(queryKey, data)
  return data
}

export function seenEpoch(data: unknown) {
  if (typeof data !== 'object' || data === null || !('epoch' in data)) return
  const now = String(data.epoch)
  const before = epoch
  epoch = now
  if (before === undefined || before === now) return
  refused.clear()
  queueMicrotask(readAllAgain)
}

/** An address answers again, so that its next refusal takes something away. */
export const seenAllowed = (url: string) => refused.delete(url)

export function seenRefusal(problem: Problem, url: string) {
  if (problem.status === 401 && problem.code === 'signin') {
    expired()
    return
  }
  // Nothing was read yet that could be taken away: all that is left is to choose a password.
  if (problem.code === 'must_change') return
  // Whoever proves it is let through; nothing that was shown is taken away.
  if (problem.code === 'second_factor_required' || problem.code === 'factor_code') return
  // That one looks as somebody else says nothing of what was taken away.
  if (problem.kind !== 'Denied' || problem.code === 'view_as' || refused.has(url)) return
  refused.add(url)
  queueMicrotask(readAllAgain)
}

// A next page that did not come makes nothing older; its own button asks again.
const old = ({ state }: Query) => isUnfresh(state) && state.fetchMeta?.fetchMore === undefined

const oldest = () => {
  const times = queries.getQueryCache().findAll({ type: 'active', predicate: old }).map((query) => query.state.dataUpdatedAt)
  return times.length > 0 ? Math.min(...times) : undefined
}

/** Since when something on the screen is older than it should be, in milliseconds. */
export const useUnfresh = () => useSyncExternalStore((listener) => queries.getQueryCache().subscribe(listener), oldest)

/** Reads again what is older than it should be. */
export const readAnew = () => queries.refetchQueries({ type: 'active', predicate: old })
