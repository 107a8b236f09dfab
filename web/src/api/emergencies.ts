import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type { Call, IfMatch } from './call'
import type { emergencyStates } from './choices'
import { body, http } from './client'
import { queries } from './freshness'
import type { Label } from './types'

// Records that are opened in an emergency: by whom, why, until when, and what the review found.

export interface Person {
  id: string
  name: string
}

export type EmergencyState = (typeof emergencyStates)[number]
export type EmergencyVerdict = 'justified' | 'unjustified' | 'follow_up'
export type EmergencyScope = 'mine' | 'review' | 'all'
export const verdicts: EmergencyVerdict[] = ['justified', 'unjustified', 'follow_up']

export interface Part {
  relation: string
  kind: string
  field: string
  label: Label
}

export interface Emergency {
  id: string
  person: Person
  owner?: Person
  kind: string
  kind_label: Label
  record: { id: string; title?: string }
  with: Part[]
  classes: string[]
  reason: string
  from: string
  until: string
  ended_at?: string
  ended_by?: Person
  open: boolean
  review: EmergencyState
  due_at: string
  late_at: string
  reviewers: Person[]
  note?: string
  reviewed_by?: Person
  reviewed_at?: string
  can: ('end' | 'review')[]
}

export interface Seen {
  at: string
  action: string
  kind: string
  record: string
  label: Label
  fields: { name: string; label: Label }[]
}

export interface EmergencySettings {
  minutes: number
  review_hours: number
  late_hours: number
  per_day: number
  kinds: string[]
  classes: string[]
}

export interface Standing {
  may: boolean
  settings: EmergencySettings
  kinds: { kind: string; label: Label; with: Part[]; fields: { name: string; label: Label }[] }[]
  left: number
  reviewers: Person[]
  open: Emergency[]
  for_me: number
  oversees: boolean
  configure: boolean
}

export interface Counts {
  person: Person
  month: number
  quarter: number
  open: number
  waiting: number
  late: number
  unjustified: number
  missed: number
}

export interface NewEmergency {
  kind: string
  record?: string
  field?: string
  value?: string
  with?: string[]
  minutes: number
  reason: string
}

export interface EmergencyQuery {
  scope: EmergencyScope
  state?: EmergencyState
  person?: string
}

type ById = { id: string }
type Written = EmergencySettings & { version: number }

declare module './paths' {
  interface paths {
    '/api/v1/emergencies': {
      get: Call<never, { items: Emergency[]; next?: string }, never, EmergencyQuery & { cursor?: string }>
      post: Call<NewEmergency, Emergency>
    }
    '/api/v1/emergencies/standing': { get: Call<never, Standing> }
    '/api/v1/emergencies/people': { get: Call<never, { items: Counts[] }> }
    '/api/v1/emergencies/settings': {
      get: Call<never, Written>
      put: Call<EmergencySettings, Written, never, never, IfMatch>
    }
    '/api/v1/emergencies/{id}': { get: Call<never, Emergency, ById> }
    '/api/v1/emergencies/{id}/seen': { get: Call<never, { items: Seen[] }, ById> }
    '/api/v1/emergencies/{id}/end': { post: Call<never, Emergency, ById> }
    '/api/v1/emergencies/{id}/review': { post: Call<{ verdict: EmergencyVerdict; note: string }, Emergency, ById> }
  }
}

/** What opens and closes changes what there is to see everywhere. */
const opened = () =>
  Promise.all([['emergencies'], ['records'], ['kinds'], ['explain'], ['me']].map((queryKey) => queries.invalidateQueries({ queryKey })))
const changed = () => queries.invalidateQueries({ queryKey: ['emergencies'] })

export const useStanding = (enabled: boolean) =>
  useQuery({ queryKey: ['emergencies', 'standing'], queryFn: () => body(http.GET('/api/v1/emergencies/standing')), enabled, staleTime: 0 })

export const useEmergencies = (query: EmergencyQuery) =>
  useInfiniteQuery({
    queryKey: ['emergencies', 'list', query],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(http.GET('/api/v1/emergencies', { params: { query: { ...query, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next,
    staleTime: 0,
  })

export const useEmergency = (id: string) =>
  useQuery({ queryKey: ['emergencies', 'one', id], queryFn: () => body(http.GET('/api/v1/emergencies/{id}', { params: { path: { id } } })), staleTime: 0 })

export const useSeen = (id: string) =>
  useQuery({
    queryKey: ['emergencies', 'seen', id],
    queryFn: () => body(http.GET('/api/v1/emergencies/{id}/seen', { params: { path: { id } } })),
    select: (answer) => answer.items,
    staleTime: 0,
  })

export const useEmergencyPeople = () =>
  useQuery({ queryKey: ['emergencies', 'people'], queryFn: () => body(http.GET('/api/v1/emergencies/people')), select: (answer) => answer.items, staleTime: 0 })

export const useBreakGlass = () =>
  useMutation({ mutationFn: (what: NewEmergency) => body(http.POST('/api/v1/emergencies', { body: what })), onSuccess: opened, onError: changed })

export const useEndEmergency = () =>
  useMutation({ mutationFn: (id: string) => body(http.POST('/api/v1/emergencies/{id}/end', { params: { path: { id } } })), onSettled: opened })

export const useReview = (id: string) =>
  useMutation({
    mutationFn: (said: { verdict: EmergencyVerdict; note: string }) => body(http.POST('/api/v1/emergencies/{id}/review', { params: { path: { id } }, body: said })),
    onSettled: changed,
  })

export const useEmergencySettings = () =>
  useQuery({ queryKey: ['emergencies', 'settings'], queryFn: () => body(http.GET('/api/v1/emergencies/settings')), staleTime: 0 })

export const useSetEmergencySettings = () =>
  useMutation({
    mutationFn: ({ version, ...settings }: Written) =>
      body(http.PUT('/api/v1/emergencies/settings', { params: { header: { 'If-Match': String(version) } }, body: settings })),
    onSuccess: changed,
  })

/** Reads everything anew that the end of a window takes away. */
export const whenOver = () => void opened()
