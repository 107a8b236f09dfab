import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type { Call, Made } from './call'
import { body, http } from './client'
import { queries } from './freshness'
import type { Item, Kind, Label, Person } from './types'

// Temporary access, and what somebody holds.

export interface FieldLevel {
  class?: string
  field?: string
  level: string
  edit?: boolean
}

/** The records that a list shows: those that match now, or with `moving` whichever match at any time. */
export interface GrantChoice {
  filter?: string
  q?: string
  moving?: boolean
}

export interface NewGrant {
  receiver: string
  kind: string
  records?: string[]
  choose?: GrantChoice
  when?: unknown
  actions: string[]
  fields: FieldLevel[]
  from?: string
  until: string
  purpose: string
  give_on?: boolean
  parent?: string
  once?: boolean
  /** Relations whose records go along with the named ones. */
  along?: string[]
}

/** What goes along with the records of a grant. */
export interface GrantAlong {
  relation: string
  label: Label
  kind: string
  fields: FieldLevel[]
}

export interface GrantPlan {
  records: number
  fields: FieldLevel[]
  along: GrantAlong[]
  less: boolean
  from: string
  until: string
  sentence: Label
}

export interface Grant {
  id: string
  giver: Person
  receiver: Person
  kind: string
  records: string[]
  titles: { id: string; title?: string }[]
  when?: unknown
  actions: string[]
  fields: FieldLevel[]
  along: GrantAlong[]
  from: string
  until: string
  purpose: string
  give_on: boolean
  once: boolean
  parent?: string
  extends?: string
  last_used?: string
  state: string
  can: string[]
  sentence: Label
}

export interface GrantView {
  item: Item
  kind: Kind
}

export interface GrantSearch {
  scope?: 'mine' | 'all'
  person?: string
  kind?: string
  record?: string
  state?: 'every' | 'open' | 'ending' | 'unused'
}

export interface AccessWay {
  rule: string
  effect: string
  origin: { type: string; id?: string; name?: string }
  from: Label
  holds: { type: string; label: Label }[]
  sentence: Label
  until?: string
}

export interface KindAccess {
  kind: string
  label: Label
  actions: string[]
  ways: AccessWay[]
}

export interface Holding {
  person: Person
  posts: { unit: Person; position: { code: string; label: Label }; head: boolean; until?: string }[]
  kinds: KindAccess[]
  pools: { id: string; name: string }[]
  grants: Grant[]
  sandboxes: { id: string; title: string; sponsor: Person; mode: 'view' | 'edit'; state: string; until: string }[]
  teams: { kind: string; label: Label; record: string; title?: string; from?: string; until?: string }[]
  more: boolean
}

type Json<Body> = { content: { 'application/json': Body } }
interface ById {
  query?: never
  header?: never
  path: { id: string }
  cookie?: never
}
interface None {
  query?: never
  header?: never
  path?: never
  cookie?: never
}

declare module './paths' {
  interface paths {
    '/api/v1/grants': {
      get: Call<never, { items: Grant[] }, never, GrantSearch & { before?: string }>
      post: Made<NewGrant, Grant>
    }
    '/api/v1/grants/plan': { post: { parameters: None; requestBody: Json<NewGrant>; responses: { 200: Json<GrantPlan> } } }
    '/api/v1/grants/{id}': { delete: { parameters: ById; responses: { 200: Json<Grant> } } }
    '/api/v1/grants/{id}/extend': { post: { parameters: ById; requestBody: Json<{ until: string; purpose?: string }>; responses: { 201: Json<Grant> } } }
    '/api/v1/grants/{id}/view': { post: { parameters: ById; responses: { 200: Json<GrantView> } } }
    '/api/v1/access': {
      get: { parameters: { query?: { person?: string }; header?: never; path?: never; cookie?: never }; responses: { 200: Json<Holding> } }
    }
  }
}

/** Whoever gained or lost access sees other records, and so does whoever looks at them with it. */
const changed = () =>
  Promise.all([['grants'], ['access'], ['records'], ['me']].map((queryKey) => queries.invalidateQueries({ queryKey })))

const pageSize = 500

export const useGrants = (search: GrantSearch, enabled = true) =>
  useInfiniteQuery({
    enabled,
    queryKey: ['grants', search],
    initialPageParam: '',
    queryFn: ({ pageParam }) => body(http.GET('/api/v1/grants', { params: { query: { ...search, ...(pageParam ? { before: pageParam } : {}) } } })),
    getNextPageParam: (last) => (last.items.length < pageSize ? undefined : last.items.at(-1)?.id),
  })

export const useHolding = (person: string | undefined) =>
  useQuery({
    queryKey: ['access', person ?? ''],
    queryFn: () => body(http.GET('/api/v1/access', { params: { query: person ? { person } : {} } })),
    retry: false,
  })

export const usePlanGrant = () =>
  useMutation({ mutationFn: (grant: NewGrant) => body(http.POST('/api/v1/grants/plan', { body: grant })) })

export const useGive = () =>
  useMutation({ mutationFn: (grant: NewGrant) => body(http.POST('/api/v1/grants', { body: grant })), onSuccess: changed })

export const useEndGrant = () =>
  useMutation({ mutationFn: (id: string) => body(http.DELETE('/api/v1/grants/{id}', { params: { path: { id } } })), onSettled: changed })

export const useExtendGrant = () =>
  useMutation({
    mutationFn: ({ id, ...more }: { id: string; until: string; purpose?: string }) =>
      body(http.POST('/api/v1/grants/{id}/extend', { params: { path: { id } }, body: more })),
    onSuccess: changed,
  })

/** The one view that was given: what it showed is not kept anywhere, and not asked for twice. */
export const useViewGranted = () =>
  useMutation({
    mutationFn: (id: string) => body(http.POST('/api/v1/grants/{id}/view', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['grants'] }),
    gcTime: 0,
  })

export const useGiveBackTeam = () =>
  useMutation({
    mutationFn: ({ kind, id, person }: { kind: string; id: string; person: string }) =>
      body(http.DELETE('/api/v1/records/{kind}/{id}/team/{person}', { params: { path: { kind, id, person } } })),
    onSettled: changed,
  })
