import { useMutation, useQuery } from '@tanstack/react-query'
import { body, http } from './client'
import { queries } from './freshness'

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
  report?: { size: number; heads: number; erased: number; unsealed: number; findings: AuditFinding[]; more?: number }
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
}

interface Call<Status extends 200 | 202, Answer> {
  parameters: { query?: never; path?: never; header?: never; cookie?: never }
  requestBody?: never
  responses: Record<Status, { content: { 'application/json': Answer } }>
}

declare module './paths' {
  interface paths {
    '/api/v1/audit/seal': { get: Call<200, AuditSeal> }
    '/api/v1/audit/checks': { post: Call<202, AuditCheck> }
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
