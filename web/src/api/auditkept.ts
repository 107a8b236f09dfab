import { useMutation, useQuery } from '@tanstack/react-query'
import type { Call, IfMatch } from './call'
import { body, http } from './client'
import { queries } from './freshness'
import type { Label } from './types'

// How long entries of the audit log stay, what lies in archives, and what an erasure takes out.

interface Named {
  id: string
  name: string
}

export interface ArchivedSpan {
  from: string
  until: string
}

/** When entries go into an archive next, and those of before when. */
export interface NextMove {
  at: string
  before: string
}

export interface KeptArchive {
  from: number
  until: number
  from_at: string
  until_at: string
  file: string
  sha256: string
  size: number
  created_at: string
  removed: boolean
  /** Erasures that wait for it to be written anew. */
  erasures?: number
}

export interface Retention {
  version: number
  /** 0: all entries stay. */
  days: number
  by?: Named
  set_at?: string
  next?: { days: number; by?: Named; set_at: string; from: string; moves?: NextMove }
  oldest?: string
  moves?: NextMove
  held?: string
  archives: KeptArchive[]
  least: number
  most: number
  waits: number
  batch: number
  /** Who asks may take archives away. */
  takes: boolean
}

export interface ErasurePlan {
  kind: string
  kind_label?: Label
  record: { id: string; title?: string }
  details: number
  origins: number
  more: boolean
  waiting: boolean
  /** Archives that would be written anew, and those that wait for it already. */
  archives: number
  writing: number
}

export interface Erased {
  entries: number
  archives: number
}

interface About {
  kind: string
  record: string
}

declare module './paths' {
  interface paths {
    '/api/v1/audit/retention': { get: Call<never, Retention>; put: Call<{ days: number }, Retention, never, never, IfMatch> }
    '/api/v1/audit/erasures': { get: Call<never, ErasurePlan, never, About>; post: Call<About & { reason: string }, Erased> }
  }
}

const key = ['audit-retention']

/** The address of an archive, which the browser saves as it comes. */
export const archiveFile = (from: number) => `/api/v1/audit/archives/${from}`

export const useRetention = () => useQuery({ queryKey: key, queryFn: () => body(http.GET('/api/v1/audit/retention')), staleTime: 0 })

export const useSetRetention = () =>
  useMutation({
    mutationFn: ({ version, days }: { version: number; days: number }) => body(http.PUT('/api/v1/audit/retention', { params: { header: { 'If-Match': String(version) } }, body: { days } })),
    onSuccess: (set) => queries.setQueryData(key, set),
    onError: () => queries.invalidateQueries({ queryKey: key }),
  })

export const useErasurePlan = (about: About | undefined) =>
  useQuery({
    queryKey: ['audit-erasure', about],
    queryFn: () => body(http.GET('/api/v1/audit/erasures', { params: { query: about ?? { kind: '', record: '' } } })),
    enabled: about !== undefined,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.waiting ? 1000 : query.state.data?.writing ? 5000 : false),
  })

export const useErase = () =>
  useMutation({
    mutationFn: (what: About & { reason: string }) => body(http.POST('/api/v1/audit/erasures', { body: what })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['audit-erasure'] }),
  })
