import { useMutation, useQuery } from '@tanstack/react-query'
import type { Call, IfMatch } from './call'
import { body, http } from './client'
import { queries } from './freshness'
import type { RefTitle, Value } from './types'

// Masked fields that are shown plain for a short time. The value is in no cache: who asked keeps it, and
// drops it when its time is over.

export interface Revealed {
  field: string
  value: Value
  ref?: RefTitle
  seconds: number
  left: number
}

interface RevealRules {
  factor: string[]
  per_day: number
  seconds: number
}

export type RevealDay = RevealRules & { left: number }
export type RevealSettings = RevealRules & { version: number }

type OfRecord = { kind: string; id: string }

declare module './paths' {
  interface paths {
    '/api/v1/records/{kind}/{id}/reveal': { post: Call<{ field: string; reason: string }, Revealed, OfRecord> }
    '/api/v1/reveal/today': { get: Call<never, RevealDay> }
    '/api/v1/reveal/settings': { get: Call<never, RevealSettings>; put: Call<RevealRules, RevealSettings, never, never, IfMatch> }
  }
}

export const reveal = ({ kind, id }: OfRecord, field: string, reason: string): Promise<Revealed> =>
  body(http.POST('/api/v1/records/{kind}/{id}/reveal', { params: { path: { kind, id } }, body: { field, reason } })).finally(
    () => void queries.invalidateQueries({ queryKey: ['reveal', 'today'] }),
  )

export const useRevealDay = () => useQuery({ queryKey: ['reveal', 'today'], queryFn: () => body(http.GET('/api/v1/reveal/today')) })

export const useRevealSettings = () => useQuery({ queryKey: ['reveal', 'settings'], queryFn: () => body(http.GET('/api/v1/reveal/settings')) })

export const useSetRevealSettings = () =>
  useMutation({
    mutationFn: ({ version, ...settings }: RevealSettings) =>
      body(http.PUT('/api/v1/reveal/settings', { params: { header: { 'If-Match': String(version) } }, body: settings })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['reveal'] }),
  })
