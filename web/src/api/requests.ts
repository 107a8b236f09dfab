import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type { AskedPool } from './askedpool'
import type { Call, IfMatch } from './call'
import { body, http } from './client'
import { queries } from './freshness'
import type { MassResult, MassSkip } from './mass'
import type { PoolAct } from './pools'
import type { Label, Person, Value } from './types'

// What people ask for, who decides it, and who stands in for whom.

export type RequestState = 'pending' | 'approved' | 'refused' | 'withdrawn' | 'expired' | 'void'
export type RequestScope = 'mine' | 'waiting' | 'decided' | 'all'
export type SourceType = 'head' | 'head_above' | 'owner_head' | 'position' | 'pack' | 'person'
type Named = Pick<Person, 'id' | 'name'>

export interface Source {
  type: SourceType
  position?: string
  pack?: string
  person?: string
}

export interface ExportAsk {
  kind: string
  filter?: string
  q?: string
  sort?: string
  fields?: string[]
  format: 'csv' | 'xlsx' | 'pdf'
  lang?: 'zh' | 'en'
  /** Of a document of one record, with the lists beside it. */
  record?: string
  related?: string[]
  comments?: boolean
}

export type RequestType = 'access' | 'transfer' | 'change' | 'create' | 'delete' | 'pool' | 'mass' | 'export'

export interface NewRequest {
  type: RequestType
  purpose: string
  transfer?: { kind: string; record: string; to: string; children: string[]; note?: string; keep_access?: number }
  change?: { kind: string; record: string; version: number; fields: Record<string, Value> }
  create?: { kind: string; fields: Record<string, Value> }
  delete?: { kind: string; record: string; version: number }
  pool?: { kind: string; record?: string; records?: string[]; action: PoolAct; person?: string; pool?: string; reason?: string }
  mass?: { preview: string }
  access?: { kind: string; record: string; fields: string[]; edit?: boolean; hours: number }
  export?: ExportAsk
}

export interface Verdict {
  step: number
  person: Named
  for?: Named
  verdict: 'approve' | 'refuse' | 'skip'
  words?: string
  at: string
}

export interface AskedTransfer {
  to: Named
  along: { kind: string; label: Label; count: number }[]
  note?: string
  keep_access?: number
}

export interface ChangedField {
  name: string
  label: Label
  before?: Value
  after?: Value
  seen: boolean
}

export interface AskedChange {
  version: number
  since?: boolean
  fields: ChangedField[]
  refs: Record<string, string>
}

export interface AskedCreate {
  fields: ChangedField[]
  refs: Record<string, string>
  made?: { id: string; title?: string }
}

export interface AskedMass {
  action: 'edit' | 'delete'
  /** The records that the reader sees, and the first of them. */
  count: number
  sample: { id: string; title?: string }[]
  fields: ChangedField[]
  refs: Record<string, string>
  to?: Named
  with?: string[]
  note?: string
  tags?: { add?: string[]; remove?: string[] }
  /** What came of it, for who asked. */
  came?: { id: string; status: MassResult['status']; done: number; skipped: MassSkip[]; until?: string }
}

export interface Asked {
  id: string
  type: RequestType
  transfer?: AskedTransfer
  change?: AskedChange
  create?: AskedCreate
  delete?: { version: number; since?: boolean }
  pool?: AskedPool
  mass?: AskedMass
  asker: Named
  kind: string
  kind_label: Label
  record?: { id: string; title?: string }
  fields: { name: string; label: Label }[]
  edit?: boolean
  hours?: number
  export?: ExportAsk
  purpose: string
  state: RequestState
  asked_at: string
  ended_at?: string
  steps: { by: (Source & { label?: Label })[]; all?: boolean; hours: number; added?: boolean; state: 'done' | 'now' | 'later' }[]
  decisions: Verdict[]
  waits: { person: Named; for?: Named; joined?: boolean }[]
  due_at?: string
  expires_at?: string
  /** When the next head may decide too. */
  escalates_at?: string
  can: ('approve' | 'refuse' | 'withdraw')[]
  grant?: { id: string; from: string; until: string; state: 'pending' | 'active' | 'ended' | 'revoked' }
  job?: string
  giver?: Named
  void?: 'asker' | 'giver' | 'changed' | 'invalid' | 'limit'
}

export interface Step {
  by: Source[]
  all?: boolean
  hours: number
}

export interface Chain {
  type: RequestType
  label: Label
  version: number
  steps: Step[]
  default: Step[]
  named: Named[]
}

export interface Away {
  stand_in: Named
  from: string
  until: string
}

type ById = { id: string }

/** A note of one's own, with when it was written; without one there is none. */
export interface OwnNote {
  note: string
  at?: string
}

declare module './paths' {
  interface paths {
    '/api/v1/requests': {
      get: Call<never, { items: Asked[]; next?: string }, never, { scope?: RequestScope; cursor?: string }>
      post: Call<NewRequest, Asked>
    }
    '/api/v1/requests/waiting': { get: Call<never, { waiting: number }> }
    '/api/v1/requests/{id}': { get: Call<never, Asked, ById> }
    '/api/v1/requests/{id}/records': { get: Call<never, { items: { id: string; title?: string }[]; next?: string }, ById, { cursor?: string }> }
    '/api/v1/requests/{id}/approve': { post: Call<{ words?: string }, Asked, ById> }
    '/api/v1/requests/{id}/refuse': { post: Call<{ words?: string }, Asked, ById> }
    '/api/v1/requests/{id}/withdraw': { post: Call<never, Asked, ById> }
    '/api/v1/approvals/chains': { get: Call<never, { items: Chain[] }> }
    '/api/v1/approvals/chains/{type}': { put: Call<{ steps: Step[] }, Chain, { type: string }, never, IfMatch> }
    '/api/v1/me/handover-note': {
      get: Call<never, OwnNote>
      put: Call<{ note: string }, OwnNote>
    }
    '/api/v1/me/away': {
      get: Call<never, { away?: Away }>
      put: Call<{ stand_in: string; from?: string; until: string }, Away>
      delete: Call<never, undefined>
    }
  }
}

const changed = () => queries.invalidateQueries({ queryKey: ['requests'] })

export const useRequests = (scope: RequestScope) =>
  useInfiniteQuery({
    queryKey: ['requests', 'list', scope],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(http.GET('/api/v1/requests', { params: { query: { scope, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next,
    staleTime: 0,
  })

/** The records of a change of many behind the ones that stand in the request; nothing is asked before one asks for them. */
export const useAskedRecords = (id: string, last: string | undefined) =>
  useInfiniteQuery({
    queryKey: ['requests', 'records', id, last],
    initialPageParam: last ?? '',
    queryFn: ({ pageParam }) => body(http.GET('/api/v1/requests/{id}/records', { params: { path: { id }, query: { cursor: pageParam || undefined } } })),
    getNextPageParam: (page) => page.next,
    enabled: false,
  })

export const useRequest = (id: string | undefined) =>
  useQuery({
    queryKey: ['requests', 'one', id],
    queryFn: () => body(http.GET('/api/v1/requests/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
    staleTime: 0,
  })

const minute = 60_000

/** How many wait for one's decision: asked every minute, less often while it fails. */
export const useWaiting = (enabled: boolean) =>
  useQuery({
    queryKey: ['requests', 'waiting'],
    queryFn: () => body(http.GET('/api/v1/requests/waiting')),
    select: (answer) => answer.waiting,
    refetchInterval: (query) => minute * Math.min(2 ** query.state.fetchFailureCount, 16),
    refetchOnWindowFocus: 'always',
    retry: false,
    enabled,
  })

export const useAsk = () => useMutation({ mutationFn: (ask: NewRequest) => body(http.POST('/api/v1/requests', { body: ask })), onSuccess: changed })

export const useDecide = (id: string) =>
  useMutation({
    mutationFn: ({ verdict, words }: { verdict: 'approve' | 'refuse' | 'withdraw'; words?: string }) =>
      body(
        verdict === 'withdraw'
          ? http.POST('/api/v1/requests/{id}/withdraw', { params: { path: { id } } })
          : verdict === 'approve'
            ? http.POST('/api/v1/requests/{id}/approve', { params: { path: { id } }, body: { words } })
            : http.POST('/api/v1/requests/{id}/refuse', { params: { path: { id } }, body: { words } }),
      ),
    onSettled: changed,
  })

export const useChains = () =>
  useQuery({ queryKey: ['chains'], queryFn: () => body(http.GET('/api/v1/approvals/chains')), select: (answer) => answer.items, staleTime: 0 })

export const useSetChain = (type: string) =>
  useMutation({
    mutationFn: ({ version, steps }: { version: number; steps: Step[] }) =>
      body(http.PUT('/api/v1/approvals/chains/{type}', { params: { path: { type }, header: { 'If-Match': String(version) } }, body: { steps } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['chains'] }),
  })

export const useAway = () => useQuery({ queryKey: ['away'], queryFn: () => body(http.GET('/api/v1/me/away')), select: (answer) => answer.away ?? null })

const awayChanged = () => queries.invalidateQueries({ queryKey: ['away'] })

export const useSetAway = () =>
  useMutation({
    mutationFn: (away: { stand_in: string; from?: string; until: string }) => body(http.PUT('/api/v1/me/away', { body: away })),
    onSuccess: awayChanged,
  })

export const useComeBack = () => useMutation({ mutationFn: () => body(http.DELETE('/api/v1/me/away')), onSuccess: awayChanged })

/** What one leaves to who will get one's records. */
export const useOwnNote = () => useQuery({ queryKey: ['ownnote'], queryFn: () => body(http.GET('/api/v1/me/handover-note')) })

export const useSetOwnNote = () =>
  useMutation({
    mutationFn: (note: string) => body(http.PUT('/api/v1/me/handover-note', { body: { note } })),
    onSuccess: (kept) => queries.setQueryData(['ownnote'], kept),
  })
