import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { body, http } from './client'
import { queries } from './freshness'
import type { FieldLevel, GrantAlong, GrantChoice, GrantPlan } from './grants'
import type { Found } from './shell'
import type { Label, Person } from './types'

// Sandboxes: rooms for one purpose, in which people of several units act on what is put there.

export type Mode = 'view' | 'edit'

export interface NewMember {
  person: string
  mode: Mode
  gives?: boolean
  until?: string
}

export interface NewShare {
  kind: string
  records?: string[]
  choose?: GrantChoice
  when?: unknown
  actions: string[]
  fields: FieldLevel[]
  /** Relations whose records go along with the named ones. */
  along?: string[]
}

export interface NewSandbox {
  title: string
  purpose: string
  from?: string
  until: string
  members: NewMember[]
  shares: NewShare[]
}

export interface SandboxMember {
  person: Person
  unit?: string
  mode: Mode
  gives: boolean
  joined: string
  until?: string
}

export interface SandboxShare {
  id: string
  giver: Person
  kind: string
  count: number
  titles: { id: string; title?: string }[]
  moving: boolean
  actions: string[]
  fields: FieldLevel[]
  along: GrantAlong[]
  until: string
  sentence: Label
  /** Whom it reaches; told with `take_out`: the record that is asked about may be taken out of it. */
  people?: number
  can: string[]
}

export interface Sandbox {
  id: string
  title: string
  purpose: string
  sponsor: Person
  from: string
  until: string
  ended_at?: string
  state: string
  role: string
  mode?: Mode
  members: SandboxMember[]
  shares: SandboxShare[]
  can: string[]
}

export interface Totals {
  opened: number
  listed: number
  changed: number
  files: number
  refused: number
}

export interface StatementLine extends Totals {
  kind: string
  label: Label
  record: string
  title?: string
  fields: { name: string; label: Label }[]
  first: string
  last: string
}

export interface Statement {
  at: string
  state: string
  mine: boolean
  more: boolean
  totals: Totals
  members: { person: Person; joined?: string; left?: string; totals: Totals; records: StatementLine[] }[]
}

export interface SandboxSearch {
  scope?: 'both' | 'mine' | 'in' | 'all'
  state?: 'every' | 'open' | 'ended'
  /** Those in which this record lies. */
  kind?: string
  record?: string
}

type Json<Body> = { content: { 'application/json': Body } }
interface At<Path> {
  query?: never
  header?: never
  path: Path
  cookie?: never
}
interface None {
  query?: never
  header?: never
  path?: never
  cookie?: never
}
type Id = At<{ id: string }>

declare module './paths' {
  interface paths {
    '/api/v1/sandboxes': {
      get: { parameters: { query?: SandboxSearch & { before?: string }; header?: never; path?: never; cookie?: never }; responses: { 200: Json<{ items: Sandbox[] }> } }
      post: { parameters: None; requestBody: Json<NewSandbox>; responses: { 201: Json<Sandbox> } }
    }
    '/api/v1/sandboxes/plan': {
      post: { parameters: None; requestBody: Json<NewShare & { purpose: string; from?: string; until: string }>; responses: { 200: Json<GrantPlan> } }
    }
    '/api/v1/sandboxes/{id}': {
      get: { parameters: Id; responses: { 200: Json<Sandbox> } }
      patch: { parameters: Id; requestBody: Json<{ title: string }>; responses: { 200: Json<Sandbox> } }
    }
    '/api/v1/sandboxes/{id}/members': { post: { parameters: Id; requestBody: Json<{ members: NewMember[] }>; responses: { 200: Json<Sandbox> } } }
    '/api/v1/sandboxes/{id}/members/{person}': { delete: { parameters: At<{ id: string; person: string }>; responses: { 204: { content?: never } } } }
    '/api/v1/sandboxes/{id}/shares': { post: { parameters: Id; requestBody: Json<NewShare>; responses: { 201: Json<Sandbox> } } }
    '/api/v1/sandboxes/{id}/shares/{share}': { delete: { parameters: Omit<At<{ id: string; share: string }>, 'query'> & { query?: { record?: string } }; responses: { 204: { content?: never } } } }
    '/api/v1/sandboxes/{id}/extend': { post: { parameters: Id; requestBody: Json<{ until: string }>; responses: { 200: Json<Sandbox> } } }
    '/api/v1/sandboxes/{id}/end': { post: { parameters: Id; responses: { 200: Json<Sandbox> } } }
    '/api/v1/sandboxes/{id}/statement': { get: { parameters: Id; responses: { 200: Json<Statement> } } }
  }
}

/** Whoever comes into a sandbox or leaves it sees other records. */
const changed = () =>
  Promise.all([['sandboxes'], ['access'], ['records'], ['me']].map((queryKey) => queries.invalidateQueries({ queryKey })))

const pageSize = 100

export const useSandboxes = (search: SandboxSearch) =>
  useInfiniteQuery({
    queryKey: ['sandboxes', 'list', search],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(http.GET('/api/v1/sandboxes', { params: { query: { ...search, ...(pageParam ? { before: pageParam } : {}) } } })),
    getNextPageParam: (last) => (last.items.length < pageSize ? undefined : last.items.at(-1)?.id),
  })

export const useSandbox = (id: string) =>
  useQuery({ queryKey: ['sandboxes', 'one', id], queryFn: () => body(http.GET('/api/v1/sandboxes/{id}', { params: { path: { id } } })) })

export const useStatement = (id: string) =>
  useQuery({ queryKey: ['sandboxes', 'statement', id], queryFn: () => body(http.GET('/api/v1/sandboxes/{id}/statement', { params: { path: { id } } })) })

export const useOpenSandbox = () =>
  useMutation({ mutationFn: (box: NewSandbox) => body(http.POST('/api/v1/sandboxes', { body: box })), onSuccess: changed })

export const usePlanShare = () =>
  useMutation({
    mutationFn: (share: NewShare & { purpose: string; from?: string; until: string }) => body(http.POST('/api/v1/sandboxes/plan', { body: share })),
  })

export const useRenameSandbox = (id: string) =>
  useMutation({ mutationFn: (title: string) => body(http.PATCH('/api/v1/sandboxes/{id}', { params: { path: { id } }, body: { title } })), onSuccess: changed })

export const useAddMembers = (id: string) =>
  useMutation({
    mutationFn: (members: NewMember[]) => body(http.POST('/api/v1/sandboxes/{id}/members', { params: { path: { id } }, body: { members } })),
    onSuccess: changed,
  })

export const useRemoveMember = (id: string) =>
  useMutation({
    mutationFn: (person: string) => body(http.DELETE('/api/v1/sandboxes/{id}/members/{person}', { params: { path: { id, person } } })),
    onSettled: changed,
  })

export const useAddShare = () =>
  useMutation({
    mutationFn: ({ id, ...share }: NewShare & { id: string }) => body(http.POST('/api/v1/sandboxes/{id}/shares', { params: { path: { id } }, body: share })),
    onSuccess: changed,
  })

export const useWithdrawShare = (id: string) =>
  useMutation({
    mutationFn: (share: string) => body(http.DELETE('/api/v1/sandboxes/{id}/shares/{share}', { params: { path: { id, share } } })),
    onSettled: changed,
  })

/** Takes one record out of what was put into a sandbox. */
export const useTakeOut = () =>
  useMutation({
    mutationFn: ({ record, ...path }: { id: string; share: string; record: string }) =>
      body(http.DELETE('/api/v1/sandboxes/{id}/shares/{share}', { params: { path, query: { record } } })),
    onSettled: changed,
  })

export const useExtendSandbox = (id: string) =>
  useMutation({
    mutationFn: (until: string) => body(http.POST('/api/v1/sandboxes/{id}/extend', { params: { path: { id } }, body: { until } })),
    onSuccess: changed,
  })

export const useEndSandbox = (id: string) =>
  useMutation({ mutationFn: () => body(http.POST('/api/v1/sandboxes/{id}/end', { params: { path: { id } } })), onSettled: changed })

/** Records of a kind by their words, to be put in. */
export const useFound = (kind: string, q: string) =>
  useQuery({
    queryKey: ['search', 'kind', kind, q],
    queryFn: () => body(http.GET('/api/v1/search', { params: { query: { q, kinds: kind, limit: 8 } } })),
    select: (answer): Found[] => answer.items,
    enabled: q.trim() !== '',
    gcTime: 30_000,
  })
