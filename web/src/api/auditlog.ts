import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type { ArchivedSpan } from './auditkept'
import type { FieldChange } from './beneath'
import type { Call } from './call'
import type { auditGroups } from './choices'
import { body, http } from './client'
import { queries } from './freshness'
import type { Label } from './types'

// The sealed audit log: how far it is sealed, by which key, and when it was last verified.

export interface AuditFinding {
  flaw: string
  /** Where: the leaf, -1 for none; until is behind the last of several. */
  leaf: number
  until?: number
  /** The number of the entry. */
  seq?: string
  text: string
}

export interface AuditCheck {
  id: string
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  by?: { id: string; name: string }
  looked: number
  total: number
  created_at: string
  finished_at?: string
  report?: { size: number; heads: number; erased: number; unsealed: number; findings: AuditFinding[]; more?: number; archives?: { file: string; checked: boolean }[] }
}

export interface AuditSeal {
  origin?: string
  size: number
  root?: string
  at?: string
  waiting: number
  since?: string
  late: boolean
  keys: { text: string; fingerprint: string }[]
  check?: AuditCheck
  /** Who asks may take the log away as an archive. */
  takes: boolean
}

export type AuditGroup = (typeof auditGroups)[number]

export interface AuditFact {
  key: string
  text?: string
  /** One of a closed list. */
  word?: string
  number?: number
  at?: string
  person?: { id: string; name: string }
  label?: Label
  ids?: string[]
}

export interface AuditItem {
  seq: string
  at: string
  action: string
  person?: { id: string; name: string }
  job?: string
  on_behalf?: { id: string; name: string }
  kind?: string
  kind_label?: Label
  record?: { id: string; title?: string }
  fields: { name: string; label: Label }[]
  rules: { id: string; scene?: Label }[]
  epoch: number
  channel: string
  address?: string
  device?: string
  session?: string
  token?: string
  count?: number
  refused?: string
  code?: string
  /** What of the rules refused it: `rules` are those that did, `near` permits for the act that do not reach so far. */
  barred?: string
  near?: { id: string; scene?: Label }[]
  operation?: string
  reason?: string
  export?: string
  name?: string
  before?: string
  outcome?: string
  status?: number
  verdict?: string
  /** Titles that were shown beside something else. */
  beside?: boolean
  /** What a search of the log was of. */
  asked?: { person?: { id: string; name: string }; kind?: string; record?: string; export?: string; group?: string; from?: string; until?: string }
  /** Work in the background that began or ended, queued where it goes on with the next start; or a job of the program. */
  work?: { id?: string; type: string; status: string; rows?: number; changed?: number; month?: string; of?: string; attempt?: number; died?: boolean; again?: boolean; part?: boolean }
  /** What is the act's own beside the others. */
  facts?: AuditFact[]
  request?: string
  grant?: string
  /** Of the policy that came into force, and what changed in it. */
  version?: number
  changed?: { op: string; part: string; id: string; label?: Label }[]
  /** From what to what fields went, as far as they show on the record now. */
  changes?: FieldChange[]
}

export interface AuditQuery {
  person?: string
  kind?: string
  record?: string
  export?: string
  group?: AuditGroup
  from?: string
  until?: string
  cursor?: string
}

declare module './paths' {
  interface paths {
    '/api/v1/audit/seal': { get: Call<never, AuditSeal> }
    '/api/v1/audit/entries': { get: Call<never, { items: AuditItem[]; next?: string; archived?: ArchivedSpan }, never, AuditQuery> }
    '/api/v1/audit/checks': { post: Call<never, AuditCheck, never, never, never, 202> }
  }
}

/** The address of the archive, which the browser saves as it comes. */
export const auditArchive = '/api/v1/audit/archive'

const key = ['audit-seal']

export const isChecking = (check: AuditCheck | undefined) => check?.status === 'queued' || check?.status === 'running'

export const useAuditSeal = () =>
  useQuery({
    queryKey: key,
    queryFn: () => body(http.GET('/api/v1/audit/seal')),
    staleTime: 0,
    refetchInterval: (query) => (isChecking(query.state.data?.check) ? 700 : 15_000),
  })

export const useVerifyAudit = () =>
  useMutation({
    mutationFn: () => body(http.POST('/api/v1/audit/checks')),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })

export const useAuditEntries = (query: AuditQuery) =>
  useInfiniteQuery({
    queryKey: ['audit-entries', query],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(http.GET('/api/v1/audit/entries', { params: { query: { ...query, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next,
    staleTime: 0,
  })
