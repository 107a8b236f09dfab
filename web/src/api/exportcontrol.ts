import { useMutation, useQuery } from '@tanstack/react-query'
import type { Call, IfMatch } from './call'
import { body, http } from './client'
import { queries } from './freshness'
import type { Label } from './types'

// How much people may export in a day, and what was refused to them; and words about what is refused as a
// whole.

export interface ExportLimits {
  version: number
  everyone?: number
  packs: { pack: string; rows: number }[]
  people: { person: string; name?: string; rows: number }[]
}

type Named = { id: string; name: string }

export interface BlockedExports {
  since: string
  people: { person: Named; count: number; last: string }[]
  items: { at: string; person: Named; kind?: string; kind_label?: Label; code: string; address?: string; channel: string }[]
}

declare module './paths' {
  interface paths {
    '/api/v1/exports/limits': {
      get: Call<never, ExportLimits>
      put: Call<Omit<ExportLimits, 'version'>, ExportLimits, never, never, IfMatch>
    }
    '/api/v1/exports/blocked': { get: Call<never, BlockedExports> }
    '/api/v1/records/{kind}/{id}/ask': { post: Call<{ purpose: string }, undefined, { kind: string; id: string }> }
    '/api/v1/asks/page': { post: Call<{ page: string; purpose: string }, undefined> }
  }
}

export const useExportLimits = () => useQuery({ queryKey: ['export-limits'], queryFn: () => body(http.GET('/api/v1/exports/limits')), staleTime: 0 })

export const useSetExportLimits = () =>
  useMutation({
    mutationFn: ({ version, ...limits }: ExportLimits) =>
      body(http.PUT('/api/v1/exports/limits', { params: { header: { 'If-Match': String(version) } }, body: limits })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['export-limits'] }),
  })

export const useBlockedExports = () => useQuery({ queryKey: ['blocked-exports'], queryFn: () => body(http.GET('/api/v1/exports/blocked')), staleTime: 0 })

/** Sends words about a record that cannot be read, or about a page. */
export const useAskWhole = () =>
  useMutation({
    mutationFn: async ({ record, page, purpose }: { record?: { kind: string; id: string }; page: string; purpose: string }) => {
      if (record) await body(http.POST('/api/v1/records/{kind}/{id}/ask', { params: { path: record }, body: { purpose } }))
      else await body(http.POST('/api/v1/asks/page', { body: { page, purpose } }))
    },
  })
