import { useMutation, useQuery } from '@tanstack/react-query'
import type { Call, IfMatch } from './call'
import { body, http } from './client'
import { queries } from './freshness'

// The mark over the pages: to whom its code leads, and over whose pages it lies.

/** The session that a code stands for. */
export interface Traced {
  code: string
  person: { id: string; name: string; login?: string }
  device: string
  label?: string
  network: string
  address: string
  began_at: string
  /** None: it is open. */
  ended_at?: string
}

export interface MarkSettings {
  version: number
  everyone: boolean
}

declare module './paths' {
  interface paths {
    '/api/v1/watermark/trace': { post: Call<{ code: string }, { items: Traced[] }> }
    '/api/v1/watermark/settings': { get: Call<never, MarkSettings>; put: Call<{ everyone: boolean }, MarkSettings, never, never, IfMatch> }
  }
}

export const useTraceMark = () => useMutation({ mutationFn: (code: string) => body(http.POST('/api/v1/watermark/trace', { body: { code } })) })

export const useMarkSettings = () => useQuery({ queryKey: ['watermark-settings'], queryFn: () => body(http.GET('/api/v1/watermark/settings')) })

export const useSetMarkSettings = () =>
  useMutation({
    mutationFn: ({ version, everyone }: MarkSettings) =>
      body(http.PUT('/api/v1/watermark/settings', { params: { header: { 'If-Match': String(version) } }, body: { everyone } })),
    // The mark over this page changes with it.
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: ['watermark-settings'] }), queries.invalidateQueries({ queryKey: ['me'] })]),
  })
