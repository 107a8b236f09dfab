import { useMutation, useQuery } from '@tanstack/react-query'
import { body, http } from './client'
import { queries } from './freshness'
import type { Label, Value } from './types'

// Changes of many records: looked at first, then done as they were looked at, and for ten minutes
// undone.

/** Records by id, or all that a list shows. */
export interface Chosen {
  ids?: string[]
  match?: { filter?: string; q?: string }
}

export interface MassChange {
  fields?: Record<string, Value>
  transfer?: { owner: string; children?: string[]; note?: string }
  tags?: { add?: string[]; remove?: string[] }
  delete?: boolean
}

export interface MassSkip {
  code: string
  field?: string
  params?: Record<string, unknown>
  count: number
  sample?: { id: string; title?: string }[]
}

export interface MassResult {
  id: string
  kind: string
  status: 'rehearsed' | 'asked' | 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  total: number
  will: number
  /** Of the skipped: what can be asked for, together with the others. */
  held?: number
  done: number
  undone: number
  skipped: MassSkip[]
  sample?: { id: string; title?: string }[]
  /** The children that a transfer takes along. */
  along?: { relation: string; label: Label; will: number; stay: MassSkip[] }[]
  until?: string
}

interface OfKind {
  query?: never
  header?: never
  path: { kind: string }
  cookie?: never
}

interface ById {
  query?: never
  header?: never
  path: { id: string }
  cookie?: never
}

type Gives = { 200: { content: { 'application/json': MassResult } } }

declare module './paths' {
  interface paths {
    '/api/v1/records/{kind}/bulk/preview': {
      post: {
        parameters: OfKind
        requestBody: { content: { 'application/json': Chosen & { change: MassChange } } }
        responses: Gives
      }
    }
    '/api/v1/records/{kind}/bulk': {
      post: { parameters: OfKind; requestBody: { content: { 'application/json': { preview: string } } }; responses: Gives }
    }
    '/api/v1/bulk/{id}': {
      get: { parameters: ById; responses: Gives }
      delete: { parameters: ById; responses: { 204: { content?: never } } }
    }
    '/api/v1/bulk/{id}/undo': { post: { parameters: ById; responses: Gives } }
  }
}

/** What was read of records before many changed is of no use any more. */
const changed = () => queries.invalidateQueries({ queryKey: ['records'] })

export const useMassPreview = (kind: string) =>
  useMutation({
    mutationFn: (ask: Chosen & { change: MassChange }) =>
      body(http.POST('/api/v1/records/{kind}/bulk/preview', { params: { path: { kind } }, body: ask })),
  })

export const useMassDo = (kind: string) =>
  useMutation({
    mutationFn: (preview: string) =>
      body(http.POST('/api/v1/records/{kind}/bulk', { params: { path: { kind } }, body: { preview } })),
    onSuccess: changed,
  })

export const undoMass = async (id: string) => {
  const result = await body(http.POST('/api/v1/bulk/{id}/undo', { params: { path: { id } } }))
  await changed()
  return result
}

const ended = (result: MassResult | undefined) => result !== undefined && !['queued', 'running'].includes(result.status)

/** How far a change in the background is, asked for until it has ended. */
export const useMassProgress = (id: string | undefined) =>
  useQuery({
    queryKey: ['mass', id],
    queryFn: async () => {
      const result = await body(http.GET('/api/v1/bulk/{id}', { params: { path: { id: id ?? '' } } }))
      if (ended(result)) void changed()
      return result
    },
    enabled: id !== undefined,
    staleTime: 0,
    refetchInterval: (query) => (ended(query.state.data) ? false : 700),
  })

export const cancelMass = (id: string) => body(http.DELETE('/api/v1/bulk/{id}', { params: { path: { id } } }))
