import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type { Call } from './call'
import { body, http } from './client'
import { queries } from './freshness'
import type { FieldType, Label, ProblemItem } from './types'

// Imports and exports: work in the background that one asks for, watches and fetches.

export type JobType = 'imports' | 'exports'

export interface RowProblem extends ProblemItem {
  row: number
  column?: string
  params?: Record<string, unknown>
}

export interface Job {
  id: string
  type: string
  kind: string
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  mode?: 'dry' | 'run' | 'revert' | 'revert_dry'
  name?: string
  format?: string
  /** Of the document of one record. */
  record?: string
  purpose?: string
  per_row?: boolean
  total?: number
  done: number
  created: number
  updated: number
  unchanged: number
  failed: number
  deleted?: number
  /** Rows that were left out because an export had invented them. */
  invented?: number
  /** New rows of which it was not asked whether somebody looks after the same already. */
  unchecked?: number
  /** Rows that somebody looks after already, and about how many of them a head can still be asked. */
  looked?: { rows: number; open: number }
  from?: string
  next?: string
  created_at: string
  finished_at?: string
  expires_at?: string
  revert_until?: string
  by?: { id: string; name: string }
  problem?: { kind: string; code: string; detail: string; params?: Record<string, string | number>; errors?: ProblemItem[] }
  problems?: RowProblem[]
  file_url?: string
  errors_url?: string
}

interface JobPage {
  items: Job[]
  next?: string
}

export interface ImportColumn {
  heading: string
  samples: string[]
  field?: string
  by?: string
  part?: string
  confidence?: 'remembered' | 'exact' | 'similar'
  locked?: string
}

export interface ImportField {
  name: string
  label: Label
  type: FieldType
  required: boolean
  key: boolean
  by?: string
  locked?: 'read_only' | 'no_right'
}

export interface ImportPreview {
  upload: string
  expires_at: string
  kind: string
  name: string
  rows: number
  more: boolean
  sheet?: string
  sheets: string[]
  encoding: string
  columns: ImportColumn[]
  fields: ImportField[]
  key?: string
  remembered: boolean
  /** How many new rows can be checked for somebody who looks after the same; absent: none is. */
  looks?: { hour: number; day: number; left: number }
}

export interface ExportAsked {
  kind: string
  format: 'csv' | 'xlsx' | 'pdf'
  /** What the file is for; a plan needs none. */
  purpose?: string
  lang?: 'zh' | 'en'
  filter?: string
  q?: string
  sort?: string
  fields?: string[]
  /** Of a document of one record, with the lists beside it. */
  record?: string
  related?: string[]
  comments?: boolean
}

interface ExportPart {
  kind: string
  fields: { name: string; level: string }[]
  total?: { count: number; capped: boolean }
  partial: boolean
  /** What of it waits for approval: without asking there is no file. */
  held?: { records: number; fields: string[] }
}

export interface ExportPlan extends ExportPart {
  related?: (ExportPart & { relation: string; left_out: boolean })[]
  comments?: 'open' | 'held' | 'closed'
  day: { limit?: number; taken: number }
}

type ById = { id: string }
type History = { of?: 'me' | 'everybody'; cursor?: string }

declare module './paths' {
  interface paths {
    '/api/v1/imports': { get: Call<never, JobPage, never, History>; post: Call<FormData, Job> }
    '/api/v1/imports/preview': { post: Call<FormData, ImportPreview> }
    '/api/v1/imports/{id}': { get: Call<never, Job, ById>; delete: Call<never, undefined, ById> }
    '/api/v1/imports/{id}/ask-head': { post: Call<{ note: string }, { asked: number; open: number }, ById> }
    '/api/v1/imports/{id}/revert': { post: Call<{ mode: 'dry' | 'run' }, Job, ById> }
    '/api/v1/exports': { get: Call<never, JobPage, never, History>; post: Call<ExportAsked, Job> }
    '/api/v1/exports/preview': { post: Call<ExportAsked, ExportPlan> }
    '/api/v1/exports/{id}': { get: Call<never, Job, ById>; delete: Call<never, undefined, ById> }
  }
}

export const isOpen = (job: Job) => job.status === 'queued' || job.status === 'running'

/** The history, read again while something in it is under way. */
export const useJobs = (type: JobType, of: 'me' | 'everybody') =>
  useInfiniteQuery({
    queryKey: ['jobs', type, of],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(http.GET(`/api/v1/${type}`, { params: { query: { of, cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.pages.some((p) => p.items.some(isOpen)) ? 1500 : false),
  })

export const useJob = (type: JobType, id: string) =>
  useQuery({
    queryKey: ['jobs', type, 'one', id],
    queryFn: () => body(http.GET(`/api/v1/${type}/{id}`, { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && isOpen(state.data) ? 700 : false),
    // The report of what has ended does not change, but for the time until it expires.
    staleTime: 0,
  })

const again = () => queries.invalidateQueries({ queryKey: ['jobs'] })

/** The files of a form go as they are. */
const asForm = { bodySerializer: (form: FormData | undefined) => form }

const formOf = (parts: Record<string, string | File | undefined>) => {
  const form = new FormData()
  for (const [name, part] of Object.entries(parts)) if (part !== undefined) form.append(name, part)
  return form
}

export interface Looked {
  file?: File
  upload?: string
  kind: string
  sheet?: string
}

export const usePreview = () =>
  useMutation({
    mutationFn: ({ file, upload, kind, sheet }: Looked) => body(http.POST('/api/v1/imports/preview', { body: formOf({ kind, upload, sheet, file }), ...asForm })),
  })

export interface ImportOrder {
  kind?: string
  upload?: string
  from?: string
  sheet?: string
  mapping?: string
  mode: 'dry' | 'run'
  atomic: 'job' | 'row'
}

export const useImport = () =>
  useMutation({
    mutationFn: (order: ImportOrder) => body(http.POST('/api/v1/imports', { body: formOf({ ...order }), ...asForm })),
    onSuccess: again,
  })

export const useAskHeadsOf = (id: string) =>
  useMutation({
    mutationFn: (note: string) => body(http.POST('/api/v1/imports/{id}/ask-head', { params: { path: { id } }, body: { note } })),
    onSuccess: again,
  })

export const useRevert = (id: string) =>
  useMutation({
    mutationFn: (mode: 'dry' | 'run') => body(http.POST('/api/v1/imports/{id}/revert', { params: { path: { id } }, body: { mode } })),
    onSuccess: again,
  })

export const useCancel = (type: JobType) =>
  useMutation({
    mutationFn: (id: string) => body(http.DELETE(`/api/v1/${type}/{id}`, { params: { path: { id } } })),
    onSettled: again,
  })

export const useExportPlan = (asked: ExportAsked, enabled: boolean) =>
  useQuery({
    queryKey: ['jobs', 'plan', asked],
    queryFn: () => body(http.POST('/api/v1/exports/preview', { body: asked })),
    placeholderData: keepPreviousData,
    enabled,
  })

export const useExport = () =>
  useMutation({
    mutationFn: (asked: ExportAsked) => body(http.POST('/api/v1/exports', { body: asked })),
    onSuccess: again,
  })

/** What a run changed is read again everywhere. */
export const recordsChanged = () => queries.invalidateQueries({ queryKey: ['records'] })
