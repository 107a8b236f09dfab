import { useMutation, useQuery } from '@tanstack/react-query'
import { body, http } from './client'
import { queries } from './freshness'

// Saved views: questions to a list, one's own and those that others share. A view is its URL.

export interface ViewSearch {
  f?: string[][]
  any?: boolean
  cel?: string
  q?: string
  sort?: string
  cols?: string
  w?: Record<string, number>
  as?: 'board' | 'calendar'
}

export interface ViewShare {
  units?: string[]
  positions?: string[]
  everyone?: boolean
}

export interface SavedView {
  id: string
  version: number
  kind: string
  name: string
  search: ViewSearch
  shared?: ViewShare
  owner: { id: string; name: string }
  mine: boolean
  default: boolean
  updated_at: string
  /** Fields of the filter that the reader sees nowhere; somebody else's filter is then withheld. */
  locked: string[]
  closed: boolean
}

export interface ViewChange {
  name?: string
  search?: ViewSearch
  shared?: ViewShare
  default?: boolean
}

interface None {
  query?: never
  header?: never
  path?: never
  cookie?: never
}

interface OnView {
  query?: never
  header: { 'If-Match': string }
  path: { id: string }
  cookie?: never
}

declare module './paths' {
  interface paths {
    '/api/v1/views': {
      get: {
        parameters: { query: { kind: string }; header?: never; path?: never; cookie?: never }
        responses: { 200: { content: { 'application/json': { items: SavedView[] } } } }
      }
      post: {
        parameters: None
        requestBody: { content: { 'application/json': ViewChange & { kind: string; name: string; search: ViewSearch } } }
        responses: { 201: { content: { 'application/json': SavedView } } }
      }
    }
    '/api/v1/views/{id}': {
      patch: {
        parameters: OnView
        requestBody: { content: { 'application/json': ViewChange } }
        responses: { 200: { content: { 'application/json': SavedView } } }
      }
      delete: { parameters: OnView; responses: { 204: { content?: never } } }
    }
  }
}

export const useViews = (kind: string, enabled = true) =>
  useQuery({
    queryKey: ['views', kind],
    queryFn: () => body(http.GET('/api/v1/views', { params: { query: { kind } } })),
    staleTime: 60_000,
    enabled,
    select: (answer) => answer.items,
  })

const changed = () => queries.invalidateQueries({ queryKey: ['views'] })

export const useSaveView = (kind: string) =>
  useMutation({
    mutationFn: (view: ViewChange & { name: string; search: ViewSearch }) =>
      body(http.POST('/api/v1/views', { body: { kind, ...view } })),
    onSuccess: changed,
  })

export const useChangeView = () =>
  useMutation({
    mutationFn: ({ view, change }: { view: SavedView; change: ViewChange }) =>
      body(
        http.PATCH('/api/v1/views/{id}', {
          params: { path: { id: view.id }, header: { 'If-Match': `"${view.version}"` } },
          body: change,
        }),
      ),
    onSettled: changed,
  })

export const useDeleteView = () =>
  useMutation({
    mutationFn: (view: SavedView) =>
      body(
        http.DELETE('/api/v1/views/{id}', {
          params: { path: { id: view.id }, header: { 'If-Match': `"${view.version}"` } },
        }),
      ),
    onSettled: changed,
  })
