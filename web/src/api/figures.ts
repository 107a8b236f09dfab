import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Call } from './call'
import { body, http } from './client'

// Counts and sums over a list. What is not plain for the caller counts nowhere.

export interface Figure {
  count: number
  /** By currency; by "" of plain numbers. */
  sum?: Record<string, string>
}

export interface FigureBar extends Figure {
  key: string
  title?: string
}

export interface Figures {
  kind: string
  group?: string
  measure: string
  groups: FigureBar[]
  other?: Figure & { groups: number }
  epoch: number | string
}

export interface FiguresQuery {
  filter?: string
  q?: string
  group?: string
  measure?: string
}

declare module './paths' {
  interface paths {
    '/api/v1/figures/{kind}': { get: Call<never, Figures, { kind: string }, FiguresQuery> }
  }
}

export const useFigures = (kind: string, query: FiguresQuery, enabled = true) =>
  useQuery({
    queryKey: ['records', kind, 'figures', query],
    queryFn: () => body(http.GET('/api/v1/figures/{kind}', { params: { path: { kind }, query } })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    enabled,
  })
