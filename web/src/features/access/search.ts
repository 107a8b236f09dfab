import type { GrantSearch } from '@/api/grants'

export interface AccessSearch {
  person?: string
}

export interface GrantsSearch {
  of?: 'received' | 'all'
  state?: 'open' | 'ending' | 'unused'
  kind?: string
  person?: string
}

export interface SandboxesSearch {
  scope?: 'mine' | 'in' | 'all'
  state?: 'open' | 'ended'
}

export interface BoxSearch {
  view?: 'statement'
}

const text = (raw: unknown): string | undefined => (typeof raw === 'string' && raw !== '' ? raw : typeof raw === 'number' ? String(raw) : undefined)

export const validateAccessSearch = (raw: Record<string, unknown>): AccessSearch => ({ person: text(raw.person) })

export const validateGrantsSearch = (raw: Record<string, unknown>): GrantsSearch => ({
  of: raw.of === 'received' || raw.of === 'all' ? raw.of : undefined,
  state: raw.state === 'open' || raw.state === 'ending' || raw.state === 'unused' ? raw.state : undefined,
  kind: text(raw.kind),
  person: text(raw.person),
})

export const validateSandboxSearch = (raw: Record<string, unknown>): SandboxesSearch => ({
  scope: raw.scope === 'mine' || raw.scope === 'in' || raw.scope === 'all' ? raw.scope : undefined,
  state: raw.state === 'open' || raw.state === 'ended' ? raw.state : undefined,
})

export const validateBoxSearch = (raw: Record<string, unknown>): BoxSearch => ({ view: raw.view === 'statement' ? raw.view : undefined })

/** The search as the server takes it. */
export const asked = ({ of, ...rest }: GrantsSearch): GrantSearch => ({ scope: of === 'all' ? 'all' : 'mine', ...rest })
