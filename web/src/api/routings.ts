import { useMutation, useQuery } from '@tanstack/react-query'
import type { Call, IfMatch } from './call'
import { body, http } from './client'
import { queries } from './freshness'

// Whom a tag or stage concerns when it appears on a record.

export type RouteTo = 'owner' | 'head' | 'position'

export interface RoutingParts {
  name: string
  kind: string
  tag?: string
  /** The group in which the tag is a code; a free tag without one. */
  field?: string
  stage?: string
  to: RouteTo
  position?: string
  task: string
  hours?: number
}

export interface Routing extends RoutingParts {
  id: string
  version: number
}

declare module './paths' {
  interface paths {
    '/api/v1/routings': { get: Call<never, { items: Routing[] }>; post: Call<RoutingParts, Routing> }
    '/api/v1/routings/{id}': {
      put: Call<RoutingParts, Routing, { id: string }, never, IfMatch>
      delete: Call<never, undefined, { id: string }, never, IfMatch>
    }
  }
}

const queryKey = ['routings']

export const useRoutings = () =>
  useQuery({ queryKey, queryFn: () => body(http.GET('/api/v1/routings')), select: (answer) => answer.items })

const again = () => queries.invalidateQueries({ queryKey })

const at = (routing: Pick<Routing, 'id' | 'version'>) => ({
  params: { path: { id: routing.id }, header: { 'If-Match': `"${routing.version}"` } },
})

/** Writes a routing: a new one where none is given to write over. */
export const usePutRouting = () =>
  useMutation({
    mutationFn: ({ parts, over }: { parts: RoutingParts; over?: Routing }) =>
      over
        ? body(http.PUT('/api/v1/routings/{id}', { ...at(over), body: parts }))
        : body(http.POST('/api/v1/routings', { body: parts })),
    onSettled: again,
  })

export const useDeleteRouting = () =>
  useMutation({ mutationFn: (routing: Routing) => body(http.DELETE('/api/v1/routings/{id}', at(routing))), onSettled: again })
