import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type { Call, IfMatch } from './call'
import { body, http } from './client'
import { queries } from './freshness'

// Whose export a table is a copy of, and how exports are marked.

export type TraceForm = 'phone' | 'amount' | 'day' | 'punctuation' | 'spacing' | 'ending' | 'format' | 'order'

export interface TracedCopy {
  code: string
  kind: string
  person?: { id: string; name: string }
  login?: string
  at: string
  rows: number
  format: string
  purpose?: string
  job?: string
  session?: string
  token?: string
  channel: string
  device: string
  device_label?: string
  address?: string
  /** What the sealed log says of it; none where the database has no such entry. */
  sealed?: { seq: string; same: boolean; person?: { id: string; name: string } }
  /** An innocent export agrees so well in at most one of 10 to the power of this. */
  exponent?: number
  held: number
  whole: number
  agree: number
  compared: number
  by_form: { form: TraceForm; agree: number; compared: number }[]
  evidence: { row: number; text: string; form: TraceForm; agrees: boolean }[]
  /** Rows of the leak that were invented for this export alone. */
  canaries?: { row: number; name: string; phone: string }[]
}

export interface Tracing {
  name?: string
  rows: number
  looked: number
  recognised: number
  sites: number
  copies: number
  candidates: number
  named: TracedCopy[]
  stated: TracedCopy[]
  invented: TracedCopy[]
  unknown: string[]
  nearest?: number
  millis: number
}

export interface MarkSettings {
  version: number
  marks: boolean
  line: boolean
  /** Kinds of whose exports each has invented rows. */
  canaries: string[]
  /** The first digits of their telephone numbers; empty for a range that is nobody's. */
  range: string
}

export interface Canary {
  id: string
  name: string
  phone: string
  code: string
  kind: string
  person?: { id: string; name: string }
  login?: string
  at: string
}

declare module './paths' {
  interface paths {
    '/api/v1/traces': { post: Call<FormData, Tracing> }
    '/api/v1/traces/export-code': { post: Call<{ code: string }, Tracing> }
    '/api/v1/traces/canaries': {
      get: { parameters: { query?: { before?: string } }; responses: { 200: { content: { 'application/json': { items: Canary[]; next?: string } } } } }
    }
    '/api/v1/traces/settings': {
      get: Call<never, MarkSettings>
      put: Call<Omit<MarkSettings, 'version'>, MarkSettings, never, never, IfMatch>
    }
  }
}

/** What is handed in: a file, a text, or a code as it was typed. */
export type Leak = { file: File } | { text: string } | { code: string }

export const useTrace = () =>
  useMutation({
    mutationFn: (leak: Leak) => {
      if ('code' in leak) return body(http.POST('/api/v1/traces/export-code', { body: leak }))
      const form = new FormData()
      if ('file' in leak) form.append('file', leak.file)
      else form.append('text', leak.text)
      return body(http.POST('/api/v1/traces', { body: form, bodySerializer: (as: FormData | undefined) => as }))
    },
  })

export const useMarkSettings = () => useQuery({ queryKey: ['mark-settings'], queryFn: () => body(http.GET('/api/v1/traces/settings')), staleTime: 0 })

export const useCanaries = (enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ['canaries'],
    queryFn: ({ pageParam }) => body(http.GET('/api/v1/traces/canaries', { params: { query: pageParam ? { before: pageParam } : {} } })),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    enabled,
    staleTime: 0,
  })

export const useSetMarkSettings = () =>
  useMutation({
    mutationFn: ({ version, ...settings }: MarkSettings) =>
      body(http.PUT('/api/v1/traces/settings', { params: { header: { 'If-Match': String(version) } }, body: settings })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['mark-settings'] }),
  })
