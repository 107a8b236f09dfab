import type { RequestScope } from '@/api/requests'

/** The page of requests as its link has it. */
export interface RequestSearch {
  scope?: RequestScope
  id?: string
}

const scopes: RequestScope[] = ['waiting', 'mine', 'decided', 'all']

/** Reads a URL that anybody may have written. */
export const validateRequestSearch = (raw: Record<string, unknown>): RequestSearch => ({
  scope: scopes.find((s) => s === raw.scope),
  id: typeof raw.id === 'string' || typeof raw.id === 'number' ? String(raw.id) : undefined,
})
