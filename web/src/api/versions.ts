import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type { Call } from './call'
import { body, http } from './client'
import { queries } from './freshness'
import type { Change, Draft, Version } from './policytypes'

// The versions of the policy: what was in force, since when, and by whom.

type Numbered = { number: string }

declare module './paths' {
  interface paths {
    '/api/v1/policy/versions': {
      get: Call<never, { items: Version[]; next?: string }, never, { cursor?: string; limit?: number }>
    }
    '/api/v1/policy/versions/{number}/diff': {
      get: Call<never, { from: number; to: number; changes: Change[] }, Numbered, { with?: string }>
    }
    '/api/v1/policy/versions/{number}/rollback': {
      post: Call<{ note: string; alone?: boolean }, { version?: Version; draft?: Draft }, Numbered>
    }
  }
}

export const useVersions = () =>
  useInfiniteQuery({
    queryKey: ['policy', 'versions'],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(http.GET('/api/v1/policy/versions', { params: { query: { limit: 50, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next ?? undefined,
  })

/** What changed from one version to another. */
export const useVersionDiff = (from: number, to: number) =>
  useQuery({
    queryKey: ['policy', 'diff', from, to],
    queryFn: () =>
      body(
        http.GET('/api/v1/policy/versions/{number}/diff', {
          params: { path: { number: String(to) }, query: { with: String(from) } },
        }),
      ),
  })

export const useRollback = (n: number) =>
  useMutation({
    mutationFn: (with_: { note: string; alone?: boolean }) =>
      body(http.POST('/api/v1/policy/versions/{number}/rollback', { params: { path: { number: String(n) } }, body: with_ })),
    onSuccess: () => queries.invalidateQueries(),
  })
