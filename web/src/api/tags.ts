import { useQuery } from '@tanstack/react-query'
import { body, http } from './client'

// Tags that stand on records one may read, to be offered where another is tagged.

declare module './paths' {
  interface paths {
    '/api/v1/records/{kind}/tags': {
      get: {
        parameters: { query?: never; header?: never; path: { kind: string }; cookie?: never }
        responses: { 200: { content: { 'application/json': { items: string[] } } } }
      }
    }
  }
}

const none: string[] = []

/** The tags in use on a kind, the most used first; asked when somebody begins to tag. */
export function useTags(kind: string, asked: boolean): string[] {
  const tags = useQuery({
    queryKey: ['tags', kind],
    queryFn: () => body(http.GET('/api/v1/records/{kind}/tags', { params: { path: { kind } } })),
    enabled: asked,
    staleTime: 30_000,
    retry: false,
  })
  return tags.data?.items ?? none
}
