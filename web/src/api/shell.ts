import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type { Call } from './call'
import { body, http } from './client'
import { queries } from './freshness'

// What stands around every page: the search over all kinds, and what one is told.

export interface Found {
  kind: string
  id: string
  title: string
  subtitle?: string
}

export interface Notice {
  id: string
  what: string
  kind?: string
  record?: string
  title?: string
  by?: { id: string; name: string }
  pool?: { id: string; name: string }
  /** Titles of records that an approved request left. */
  named?: string[]
  detail: Record<string, unknown>
  at: string
  read: boolean
}

export interface NoticePage {
  items: Notice[]
  next?: string
  unread: number
}

declare module './paths' {
  interface paths {
    '/api/v1/search': { get: Call<never, { items: Found[] }, never, { q: string; kinds?: string; limit?: number }> }
    '/api/v1/notices': { get: Call<never, NoticePage, never, { cursor?: string; unread?: 'all' | 'only' }> }
    '/api/v1/notices/unread': { get: Call<never, { unread: number }> }
    '/api/v1/notices/read': { post: Call<{ ids?: string[]; all?: boolean }, undefined> }
  }
}

export const useSearch = (q: string) =>
  useQuery({
    queryKey: ['search', q],
    queryFn: () => body(http.GET('/api/v1/search', { params: { query: { q, limit: 5 } } })),
    select: (answer) => answer.items,
    placeholderData: keepPreviousData,
    enabled: q.trim() !== '',
    staleTime: 0,
    gcTime: 30_000,
  })

const minute = 60_000

/** How much is unread: asked every minute, less often while it fails, and when one comes back to the tab. */
export const useUnread = (enabled: boolean) =>
  useQuery({
    queryKey: ['notices', 'unread'],
    queryFn: () => body(http.GET('/api/v1/notices/unread')),
    select: (answer) => answer.unread,
    refetchInterval: (query) => minute * Math.min(2 ** query.state.fetchFailureCount, 16),
    refetchOnWindowFocus: 'always',
    retry: false,
    enabled,
  })

export const useNotices = (unread: boolean) =>
  useInfiniteQuery({
    queryKey: ['notices', 'list', unread],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(
        http.GET('/api/v1/notices', {
          params: { query: { unread: unread ? 'only' : 'all', ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (last) => last.next || undefined,
    staleTime: 0,
  })

export const useMarkRead = () =>
  useMutation({
    mutationFn: (which: { ids?: string[]; all?: boolean }) => body(http.POST('/api/v1/notices/read', { body: which })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['notices'] }),
  })
