import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { body, http } from './client'
import type { Cond } from './policytypes'
import type { Label } from './types'

// What a condition means: its other form, its sentence, what is wrong with it, and, in a rule, how
// many records it matches.

export interface ConditionQuery {
  kind: string
  cond?: Cond
  cel?: string
  /** Of a rule, not of a list. */
  rule?: boolean
}

export interface ConditionProblem {
  /** A path into the tree ("args[1].value") or "line:column" in the text. */
  at: string
  code: string
  detail: string
  params?: Record<string, unknown>
}

export interface Condition {
  cond?: Cond
  cel?: string
  sentence?: Label
  errors: ConditionProblem[]
  matching?: { count: number; capped: boolean; few: boolean; personal: boolean }
}

declare module './paths' {
  interface paths {
    '/api/v1/conditions': {
      post: {
        parameters: { query?: never; header?: never; path?: never; cookie?: never }
        requestBody?: { content: { 'application/json': ConditionQuery } }
        responses: { 200: { content: { 'application/json': Condition } } }
      }
    }
  }
}

/** Asks what a condition means; nothing while there is none. */
export const useCondition = (query: ConditionQuery | undefined) =>
  useQuery({
    queryKey: ['condition', query],
    queryFn: ({ signal }) => body(http.POST('/api/v1/conditions', { body: query as ConditionQuery, signal })),
    enabled: query !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  })
