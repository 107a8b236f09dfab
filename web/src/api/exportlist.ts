import { useQuery } from '@tanstack/react-query'
import { body } from './client'

// A list, or a record, as a file: asked for here, made in the background, fetched by its link.

export interface ExportAsk {
  kind: string
  filter?: string
  q?: string
  sort?: string
  fields?: string[]
  format: 'csv' | 'xlsx' | 'pdf'
  /** Of a document of one record, with the lists beside it. */
  record?: string
  related?: string[]
  comments?: boolean
  purpose: string
  lang: 'zh' | 'en'
}

export interface ExportJob {
  id: string
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  done: number
  file_url?: string
  problem?: { code: string; detail?: string }
}

async function call(path: string, init?: RequestInit) {
  const response = await fetch(path, init)
  const answer: unknown = await response.json().catch(() => undefined)
  return response.ok ? { data: answer as ExportJob, response } : { error: answer, response }
}

export const orderExport = (ask: ExportAsk) =>
  body(call('/api/v1/exports', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(ask) }))

export const useExportJob = (id: string | undefined) =>
  useQuery({
    queryKey: ['export', id],
    queryFn: () => body(call(`/api/v1/exports/${id}`)),
    enabled: id !== undefined,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && !['queued', 'running'].includes(state.data.status) ? false : 600),
  })
