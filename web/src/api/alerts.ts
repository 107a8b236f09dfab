import type { ArchivedSpan } from './auditkept'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type { Call, IfMatch } from './call'
import type { alertStates, detectors } from './choices'
import { body, http } from './client'
import { queries } from './freshness'
import type { Label } from './types'

// What is out of the ordinary: alerts, how the detectors are set, marked records, and where events are sent.

export type Detector = (typeof detectors)[number]
export type AlertState = (typeof alertStates)[number]
export const followUps = ['alert', 'second_factor', 'freeze'] as const

type Named = { id: string; name: string }

export interface Alert {
  id: string
  person: Named
  detector: Detector
  at: string
  done: 'none' | 'second_factor' | 'signed_out' | 'frozen' | 'spared'
  state: AlertState
  numbers: { seen: number; usual: number; bound: number; days: number; span?: number; left?: number; limit?: number }
  kind?: string
  record?: string
  note?: string
  by?: Named
  judged_at?: string
  can: string[]
}

export interface AlertEntry {
  seq: number
  at: string
  action: string
  kind?: string
  record?: string
  records?: number
  address?: string
  channel: string
}

export interface AlertDetail extends Alert {
  entries: AlertEntry[]
  frozen: boolean
  /** Some of the entries lie in archives. */
  archived?: ArchivedSpan
}

export interface DetectorSetting {
  on: boolean
  act: (typeof followUps)[number]
  floor: number
  times?: number
}

export interface WatchSettings {
  version: number
  detectors: Record<Detector, DetectorSetting>
  usual: Record<Detector, DetectorSetting>
}

export interface HoneyMark {
  kind: string
  kind_label: Label
  record: string
  title?: string
  note: string
  by: Named
  at: string
}

export interface Stream {
  version: number
  on: boolean
  url: string
  entries: boolean
  values: boolean
  secret?: string
  /** Until when the secret before signs too. */
  former_until?: string
  /** When the other end said that it is gone, and the stream was switched off. */
  stopped_at?: string
  behind: number
  sent_at?: string
  failed?: StreamOutcome
  failed_status?: number
  tries?: number
  next_at?: string
}

export const streamOutcomes = ['arrived', 'answered', 'forbidden', 'unknown', 'refused', 'late', 'untrusted', 'broken'] as const

export type StreamOutcome = (typeof streamOutcomes)[number]

/** A test event, and what came back in one word. */
export interface StreamTry {
  id: string
  outcome: StreamOutcome
  status?: number
}

export type NewStream = Pick<Stream, 'on' | 'url' | 'entries' | 'values' | 'secret'> & { end_former?: boolean }

interface Page {
  items: Alert[]
  next?: string
  open: number
}

export interface AlertQuery {
  state?: AlertState
  detector?: Detector
  person?: string
}

declare module './paths' {
  interface paths {
    '/api/v1/alerts': { get: Call<never, Page, never, { state?: string; detector?: string; person?: string; before?: string }> }
    '/api/v1/alerts/{id}': { get: Call<never, AlertDetail, { id: string }> }
    '/api/v1/alerts/{id}/verdict': { post: Call<{ verdict: AlertState; note: string }, AlertDetail, { id: string }> }
    '/api/v1/alerts/{id}/freeze': { post: Call<never, AlertDetail, { id: string }> }
    '/api/v1/alerts/{id}/ask-factor': { post: Call<never, AlertDetail, { id: string }> }
    '/api/v1/alerts/settings': {
      get: Call<never, WatchSettings>
      put: Call<Pick<WatchSettings, 'detectors'>, WatchSettings, never, never, IfMatch>
    }
    '/api/v1/alerts/stream': { get: Call<never, Stream>; put: Call<NewStream, Stream, never, never, IfMatch> }
    '/api/v1/alerts/stream/test': { post: Call<never, StreamTry> }
    '/api/v1/honey': { get: Call<never, { items: HoneyMark[] }> }
    '/api/v1/honey/{kind}/{id}': { put: Call<{ note: string }, undefined, { kind: string; id: string }>; delete: Call<never, undefined, { kind: string; id: string }> }
  }
}

const all = ['alerts']

export const useAlerts = (query: AlertQuery) =>
  useInfiniteQuery({
    queryKey: [...all, 'list', query],
    queryFn: ({ pageParam }) => body(http.GET('/api/v1/alerts', { params: { query: { ...query, before: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
    refetchInterval: 30_000,
  })

export const useAlert = (id: string) => useQuery({ queryKey: [...all, 'one', id], queryFn: () => body(http.GET('/api/v1/alerts/{id}', { params: { path: { id } } })), staleTime: 0 })

const refresh = () => queries.invalidateQueries({ queryKey: all })

export const useJudgeAlert = (id: string) =>
  useMutation({
    mutationFn: (verdict: { verdict: AlertState; note: string }) => body(http.POST('/api/v1/alerts/{id}/verdict', { params: { path: { id } }, body: verdict })),
    onSettled: refresh,
  })

export const useActOnAlert = (id: string) =>
  useMutation({
    mutationFn: (what: 'freeze' | 'ask-factor') =>
      what === 'freeze' ? body(http.POST('/api/v1/alerts/{id}/freeze', { params: { path: { id } } })) : body(http.POST('/api/v1/alerts/{id}/ask-factor', { params: { path: { id } } })),
    onSettled: refresh,
  })

export const useWatchSettings = () => useQuery({ queryKey: ['watch-settings'], queryFn: () => body(http.GET('/api/v1/alerts/settings')), staleTime: 0 })

export const useSetWatch = () =>
  useMutation({
    mutationFn: ({ version, detectors }: Pick<WatchSettings, 'version' | 'detectors'>) =>
      body(http.PUT('/api/v1/alerts/settings', { params: { header: { 'If-Match': String(version) } }, body: { detectors } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['watch-settings'] }),
  })

export const useStream = () => useQuery({ queryKey: ['stream'], queryFn: () => body(http.GET('/api/v1/alerts/stream')), staleTime: 0 })

export const useSetStream = () =>
  useMutation({
    mutationFn: ({ version, ...stream }: NewStream & { version: number }) => body(http.PUT('/api/v1/alerts/stream', { params: { header: { 'If-Match': String(version) } }, body: stream })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['stream'] }),
  })

export const useTryStream = () => useMutation({ mutationFn: () => body(http.POST('/api/v1/alerts/stream/test')) })

export const useHoney = () => useQuery({ queryKey: ['honey'], queryFn: async () => (await body(http.GET('/api/v1/honey'))).items, staleTime: 0 })

export const useMarkHoney = () =>
  useMutation({
    mutationFn: async ({ kind, id, note }: { kind: string; id: string; note: string }) => {
      await body(http.PUT('/api/v1/honey/{kind}/{id}', { params: { path: { kind, id } }, body: { note } }))
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['honey'] }),
  })

export const useUnmarkHoney = () =>
  useMutation({
    mutationFn: async (path: { kind: string; id: string }) => {
      await body(http.DELETE('/api/v1/honey/{kind}/{id}', { params: { path } }))
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['honey'] }),
  })
