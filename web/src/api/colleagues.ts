import { useQuery } from '@tanstack/react-query'
import { body, http } from './client'

// Who works in the company, to be named.

declare module './paths' {
  interface paths {
    '/api/v1/colleagues': {
      get: {
        parameters: { query: { q: string }; header?: never; path?: never; cookie?: never }
        responses: { 200: { content: { 'application/json': { items: { id: string; name: string; unit?: string }[] } } } }
      }
    }
  }
}

/** People by name, pinyin or initials. */
export const usePeople = (q: string) =>
  useQuery({
    queryKey: ['search', 'people', q],
    queryFn: () => body(http.GET('/api/v1/colleagues', { params: { query: { q } } })),
    select: (answer) => answer.items.map((one) => ({ id: one.id, title: one.name, subtitle: one.unit })),
    enabled: q.trim() !== '',
    gcTime: 30_000,
  })
