import { useMutation, useQuery } from '@tanstack/react-query'
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

interface Call<Body, Answer, Header extends { header?: unknown } = { header?: never }> {
  parameters: { query?: never; path?: never; cookie?: never } & Header
  requestBody: { content: { 'application/json': Body } }
  responses: { 200: { content: { 'application/json': Answer } } }
}

interface Read<Answer> {
  parameters: { query?: never; path?: never; header?: never; cookie?: never }
  requestBody?: never
  responses: { 200: { content: { 'application/json': Answer } } }
}

declare module './paths' {
  interface paths {
    '/api/v1/watermark/trace': { post: Call<{ code: string }, { items: Traced[] }> }
    '/api/v1/watermark/settings': { get: Read<MarkSettings>; put: Call<{ everyone: boolean }, MarkSettings, { header: { 'If-Match': string } }> }
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
