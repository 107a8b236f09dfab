import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Call } from './call'
import { body, http } from './client'
import { queries } from './freshness'
import type { Choice, Label } from './types'

// Figures of records that one need not see: rounded, and never of few records.

export interface StatisticsField {
  ask: string
  field: string
  label: Label
  type: string
  choices?: Choice[]
}

export interface StatisticsKind {
  kind: string
  label: Label
  groups: StatisticsField[]
  measures: StatisticsField[]
  making?: StatisticsMaking
}

/** How far the release of today is. */
export interface StatisticsMaking {
  percent: number
}

export interface StatisticsBar {
  key: string
  title?: string
  shown: boolean
  count?: number
  sum?: Record<string, string>
  average?: Record<string, string>
}

export interface Statistics {
  kind: string
  group?: string
  measure: string
  at: string
  /** The day of which they are; empty while there is nothing yet. */
  day: string
  making?: StatisticsMaking
  least: number
  base: number
  groups: StatisticsBar[]
  left: number
  epoch: number | string
}

export interface StatisticsLimits {
  version: number
  least: number
  budget: number
}

declare module './paths' {
  interface paths {
    '/api/v1/statistics': { get: Call<never, { kinds: StatisticsKind[]; least: number }> }
    '/api/v1/statistics/of/{kind}': { get: Call<never, Statistics, { kind: string }, { group?: string; measure?: string }> }
    '/api/v1/statistics/settings': {
      get: Call<never, StatisticsLimits>
      put: {
        parameters: { query?: never; path?: never; header: { 'If-Match': string }; cookie?: never }
        requestBody: { content: { 'application/json': Omit<StatisticsLimits, 'version'> } }
        responses: { 200: { content: { 'application/json': StatisticsLimits } } }
      }
    }
  }
}

/** What may be asked. While figures are being put together it is asked again how far they are: that is no question. */
export const useStatisticsOffer = () =>
  useQuery({
    queryKey: ['statistics', 'offer'],
    queryFn: () => body(http.GET('/api/v1/statistics')),
    refetchInterval: (query) => (query.state.data?.kinds.some((kind) => kind.making) ? 1500 : false),
  })

/** Asks anew how far it is, when an answer says that figures are being put together. */
export const rereadMaking = () => queries.invalidateQueries({ queryKey: ['statistics', 'offer'] })

/** Each question counts, so what was answered stays for a while. */
export const useStatistics = (kind: string | undefined, query: { group?: string; measure?: string }) =>
  useQuery({
    queryKey: ['statistics', 'of', kind, query],
    queryFn: () => body(http.GET('/api/v1/statistics/of/{kind}', { params: { path: { kind: kind ?? '' }, query } })),
    placeholderData: keepPreviousData,
    staleTime: 10 * 60_000,
    refetchOnWindowFocus: false,
    retry: false,
    enabled: kind !== undefined,
  })

const limitsKey = ['statistics', 'limits']

export const useStatisticsLimits = (enabled: boolean) =>
  useQuery({ queryKey: limitsKey, queryFn: () => body(http.GET('/api/v1/statistics/settings')), enabled })

export function useSetStatisticsLimits() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ version, least, budget }: StatisticsLimits) =>
      body(http.PUT('/api/v1/statistics/settings', { params: { header: { 'If-Match': `"${version}"` } }, body: { least, budget } })),
    onSuccess: (set) => client.setQueryData(limitsKey, set),
  })
}
