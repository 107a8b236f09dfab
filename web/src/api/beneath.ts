import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { body, http } from './client'
import { queries } from './freshness'
import { recordQuery } from './records'
import { ApiError, toProblem } from './problem'
import type { Item, Reason, Value } from './types'

// What stands below a record: its timeline, comments, files and collaborators, and who may see it.

export interface Named {
  id: string
  name: string
}

export interface Comment {
  id: string
  author: Named
  text: string
  mentions: Named[]
  created_at: string
  edited_at?: string
  can: string[]
}

export interface Written extends Comment {
  /** The named people who were not told: they do not see the record. */
  unreached?: Named[]
}

export interface Attachment {
  id: string
  name: string
  media: string
  size: number
  author: Named
  created_at: string
  can: string[]
}

export interface FieldChange {
  field: string
  old?: Value
  new?: Value
  masked?: boolean
  withheld?: boolean
  titles?: Record<string, string>
}

export interface Happening {
  id: string
  type: string
  at: string
  by?: Named
  relation?: string
  item?: Item
  changes?: FieldChange[]
  /** That the change was a claim, release, assign or recycled, and why it was released. */
  act?: string
  reason?: string
  /** Why it was recycled. */
  why?: 'idle' | 'no_deal' | 'leaver'
  comment?: Comment
  file?: Attachment
  access?: { person: Named; actions?: string[]; until?: string }
  handover?: { from?: Named; to?: Named; note?: string; own?: string }
  merge?: { id: string; undo: boolean }
}

export interface Collaborator {
  person: Named
  from?: string
  until?: string
}

export interface NewCollaborator {
  person: string
  from?: string
  until?: string
}

export interface Holder {
  person: Named
  reasons: Reason[]
}

interface On<Path, Query = never> {
  query?: Query
  header?: never
  path: Path
  cookie?: never
}
interface Gives<Body> {
  200: { content: { 'application/json': Body } }
}
type Record_ = { kind: string; id: string }
type Takes<Body> = { content: { 'application/json': Body } }
type NewComment = { text: string; mentions?: string[] }

declare module './paths' {
  interface paths {
    '/api/v1/records/{kind}/{id}/timeline': {
      get: { parameters: On<Record_, { cursor?: string; limit?: number; what?: string }>; responses: Gives<{ items: Happening[]; next?: string; archived_before?: string }> }
    }
    '/api/v1/records/{kind}/{id}/comments': {
      get: { parameters: On<Record_, { cursor?: string }>; responses: Gives<{ items: Comment[]; next?: string; can: string[] }> }
      post: { parameters: On<Record_>; requestBody: Takes<NewComment>; responses: { 201: Gives<Written>[200] } }
    }
    '/api/v1/records/{kind}/{id}/comments/{comment}': {
      patch: { parameters: On<Record_ & { comment: string }>; requestBody: Takes<NewComment>; responses: Gives<Written> }
      delete: { parameters: On<Record_ & { comment: string }>; responses: { 204: { content?: never } } }
    }
    '/api/v1/records/{kind}/{id}/attachments': {
      get: { parameters: On<Record_>; responses: Gives<{ items: Attachment[]; can: string[]; limit: number }> }
    }
    '/api/v1/records/{kind}/{id}/attachments/{file}': {
      delete: { parameters: On<Record_ & { file: string }>; responses: { 204: { content?: never } } }
    }
    '/api/v1/records/{kind}/duplicates': {
      post: {
        parameters: On<{ kind: string }>
        requestBody: Takes<{ fields: Record<string, Value> }>
        responses: Gives<{ found: boolean; mine: (Item & { by: string[] })[] }>
      }
    }
    '/api/v1/records/{kind}/{id}/team': {
      get: { parameters: On<Record_>; responses: Gives<{ items: Collaborator[] }> }
      post: { parameters: On<Record_>; requestBody: Takes<NewCollaborator>; responses: { 204: { content?: never } } }
    }
    '/api/v1/records/{kind}/{id}/team/{person}': {
      delete: { parameters: On<Record_ & { person: string }>; responses: { 204: { content?: never } } }
    }
    '/api/v1/who-can': {
      get: {
        parameters: { query: Record_ & { action: string; cursor?: string }; header?: never; path?: never; cookie?: never }
        responses: Gives<{ items: Holder[]; next?: string }>
      }
    }
  }
}

const key = (kind: string, id: string) => ['records', kind, 'beneath', id]

/** What was kept of a record's timeline, comments and files is read again. */
export const rereadBeneath = (kind: string, id: string) => queries.invalidateQueries({ queryKey: key(kind, id) })

export const useTimeline = (kind: string, id: string, what: string | undefined) =>
  useInfiniteQuery({
    queryKey: [...key(kind, id), 'timeline', what],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(
        http.GET('/api/v1/records/{kind}/{id}/timeline', {
          params: { path: { kind, id }, query: { what, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    getNextPageParam: (last) => last.next,
  })

export const useComments = (kind: string, id: string) =>
  useQuery({
    queryKey: [...key(kind, id), 'comments'],
    queryFn: () => body(http.GET('/api/v1/records/{kind}/{id}/comments', { params: { path: { kind, id } } })),
  })

export const useAddComment = (kind: string, id: string) =>
  useMutation({
    mutationFn: (comment: NewComment) =>
      body(http.POST('/api/v1/records/{kind}/{id}/comments', { params: { path: { kind, id } }, body: comment })),
    onSuccess: () => rereadBeneath(kind, id),
  })

export const useChangeComment = (kind: string, id: string) =>
  useMutation({
    mutationFn: ({ comment, text, mentions }: NewComment & { comment: string }) =>
      body(http.PATCH('/api/v1/records/{kind}/{id}/comments/{comment}', { params: { path: { kind, id, comment } }, body: { text, mentions } })),
    onSuccess: () => rereadBeneath(kind, id),
  })

export const useDeleteComment = (kind: string, id: string) =>
  useMutation({
    mutationFn: (comment: string) =>
      body(http.DELETE('/api/v1/records/{kind}/{id}/comments/{comment}', { params: { path: { kind, id, comment } } })),
    onSuccess: () => rereadBeneath(kind, id),
  })

export const useAttachments = (kind: string, id: string) =>
  useQuery({
    queryKey: [...key(kind, id), 'files'],
    queryFn: () => body(http.GET('/api/v1/records/{kind}/{id}/attachments', { params: { path: { kind, id } } })),
  })

const filesOf = (kind: string, id: string) => `/api/v1/records/${encodeURIComponent(kind)}/${encodeURIComponent(id)}/attachments`

export const fileHref = (kind: string, id: string, file: string) => `${filesOf(kind, id)}/${file}/file`

/** Sends a file and says how far it is, from 0 to 1: fetch cannot tell that of what it sends. */
export function sendFile(kind: string, id: string, file: File, told: (part: number) => void): Promise<Attachment> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest()
    request.open('POST', filesOf(kind, id))
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) told(event.loaded / event.total)
    }
    const end = () => {
      let answer: unknown
      try {
        answer = JSON.parse(request.responseText)
      } catch {
        answer = undefined
      }
      if (request.status === 201) {
        void rereadBeneath(kind, id)
        done(answer as Attachment)
      } else failed(request.status === 0 ? new TypeError('network') : new ApiError(toProblem(answer, new Response(null, { status: request.status }))))
    }
    request.onload = end
    request.onerror = end
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
}

export const useDeleteFile = (kind: string, id: string) =>
  useMutation({
    mutationFn: (file: string) =>
      body(http.DELETE('/api/v1/records/{kind}/{id}/attachments/{file}', { params: { path: { kind, id, file } } })),
    onSuccess: () => rereadBeneath(kind, id),
  })

/** Records of mine like the one that is being written; asked once what was typed stands still. */
export const useDuplicates = (kind: string, fields: Record<string, Value>) =>
  useQuery({
    queryKey: ['records', kind, 'duplicates', fields],
    queryFn: () => body(http.POST('/api/v1/records/{kind}/duplicates', { params: { path: { kind } }, body: { fields } })),
    enabled: Object.keys(fields).length > 0,
    gcTime: 0,
    retry: false,
  })

export const useTeam = (kind: string, id: string) =>
  useQuery({
    queryKey: [...key(kind, id), 'team'],
    queryFn: () => body(http.GET('/api/v1/records/{kind}/{id}/team', { params: { path: { kind, id } } })),
    select: (answer) => answer.items,
  })

const accessChanged = (kind: string, id: string) => {
  void queries.invalidateQueries({ queryKey: recordQuery(kind, id).queryKey })
  return rereadBeneath(kind, id)
}

export const useAddToTeam = (kind: string, id: string) =>
  useMutation({
    mutationFn: (one: NewCollaborator) =>
      body(http.POST('/api/v1/records/{kind}/{id}/team', { params: { path: { kind, id } }, body: one })),
    onSuccess: () => accessChanged(kind, id),
  })

export const useLeaveTeam = (kind: string, id: string) =>
  useMutation({
    mutationFn: (person: string) =>
      body(http.DELETE('/api/v1/records/{kind}/{id}/team/{person}', { params: { path: { kind, id, person } } })),
    onSuccess: () => accessChanged(kind, id),
  })

export const useWhoCan = (kind: string, id: string, action: string) =>
  useInfiniteQuery({
    queryKey: [...key(kind, id), 'who', action],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      body(http.GET('/api/v1/who-can', { params: { query: { kind, id, action, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    getNextPageParam: (last) => last.next,
    retry: false,
  })
