import { useMutation, useQuery } from '@tanstack/react-query'
import { body, http } from './client'
import { queries } from './freshness'
import type { Label } from './types'

// Monthly reports: everybody's own, as they were made.

export const reportRoles = ['auditor', 'boss', 'head'] as const

export interface ReportItem {
  id: string
  month: string
  preliminary: boolean
  role: (typeof reportRoles)[number]
  made_at: string
}

export interface Deeds {
  seen: number
  opened: number
  exports: number
  rows: number
  reveals: number
  denials: number
}

interface Somebody {
  id: string
  name: string
  unit?: string
}

export interface Report extends ReportItem {
  company: string
  from: string
  until: string
  reader: Somebody
  units: string[]
  people: number
  total: Deeds
  before: Deeds
  looked: (Somebody & Deeds & { before: Deeds })[]
  exports: { by: Somebody; at: string; label: Label; rows: number; purpose?: string }[]
  emergencies: { by: Somebody; at: string; label: Label; reason: string; verdict?: string }[]
  grants: { giver: Somebody; receiver: Somebody; label: Label; from: string; until: string; given: boolean; ended: boolean; revoked: boolean }[]
  unusual: (Somebody & { alerts: { detector: string; count: number; confirmed: number; dismissed: number }[] })[]
  changes: { number: number; at: string; by?: Somebody; note?: string; alone: boolean }[]
  more: { looked?: number; exports?: number; grants?: number }
}

interface ReportList {
  items: ReportItem[]
  waiting: string[]
  can: string[]
}

declare module './paths' {
  interface paths {
    '/api/v1/reports': {
      get: { parameters: { query?: never; path?: never; header?: never; cookie?: never }; responses: { 200: { content: { 'application/json': ReportList } } } }
      post: {
        parameters: { query?: never; path?: never; header?: never; cookie?: never }
        requestBody?: { content: { 'application/json': { month: string } } }
        responses: { 204: { content?: never } }
      }
    }
    '/api/v1/reports/{id}': {
      get: { parameters: { query?: never; path?: { id: string }; header?: never; cookie?: never }; responses: { 200: { content: { 'application/json': Report } } } }
    }
  }
}

const all = ['reports']

export const useReports = () =>
  useQuery({
    queryKey: [...all, 'list'],
    queryFn: () => body(http.GET('/api/v1/reports')),
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.waiting.length ? 1000 : false),
  })

export const useReport = (id: string) => useQuery({ queryKey: [...all, 'one', id], queryFn: () => body(http.GET('/api/v1/reports/{id}', { params: { path: { id } } })), staleTime: 0 })

export const useAskReport = () =>
  useMutation({
    mutationFn: async (month: string) => {
      await body(http.POST('/api/v1/reports', { body: { month } }))
    },
    onSettled: () => queries.invalidateQueries({ queryKey: all }),
  })

export const reportFile = (id: string, lang: 'zh' | 'en') => `/api/v1/reports/${id}/file?lang=${lang}`
