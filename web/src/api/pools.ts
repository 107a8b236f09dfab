import { useMutation, useQuery } from '@tanstack/react-query'
import { rereadBeneath } from './beneath'
import type { Call, IfMatch } from './call'
import { body, http } from './client'
import { keep, queries } from './freshness'
import { holding } from './held'
import type { Clause, Cond, FieldRule } from './policytypes'
import { recordQuery } from './records'
import type { Item } from './types'

// Public pools: what is left of their limits, what is done with a record that lies in one, and how one
// is worked with.

export type PoolAct = 'claim' | 'assign' | 'release'

export interface Recycling {
  idle_days?: number
  deal_days?: number
  leavers?: boolean
  warn_days?: number
}

export interface PoolSettings {
  takes?: Cond
  hidden?: FieldRule[]
  shown_to?: Clause[]
  claims_per_day?: number
  claims_held?: number
  views_per_day?: number
  cool_down_days?: number
  recycle?: Recycling
}

export interface PoolStanding {
  id: string
  version: number
  name: string
  can: string[]
  /** What is asked for, beside what one can. */
  asks?: string[]
  claims_per_day: number
  claims_today: number
  claims_held: number
  held: number
  views_per_day: number
  views_today: number
  cool_down_days: number
  hidden: FieldRule[]
  /** The fields that show on a record once one has claimed it. */
  opens: string[]
  settings?: PoolSettings
  /** How many people may claim or assign what lies in it. */
  reach?: number
}

export interface PoolMember {
  unit: string
  below?: boolean
}

export interface OpenPool {
  id: string
  version: number
  name: string
  open?: PoolMember[]
}

export interface PoolRun {
  id: string
  pool: string
  status: string
  total: number
  looked: number
  warned: number
  taken: number
  kept: number
  by?: { id: string; name: string }
  created_at: string
  finished_at?: string
}

/** Which records: by id, in the order in which they are wanted, or the first that a list shows. */
export interface Many {
  ids?: string[]
  match?: { filter?: string; q?: string; sort?: string }
}

/** What became of one of many. */
export interface PooledRow {
  id: string
  title?: string
  done: boolean
  code?: string
  params?: Record<string, string | number>
}

interface PooledMany {
  done: number
  rows: PooledRow[]
  more?: boolean
}

type ById = { id: string }
type OfRecord = { kind: string; id: string }
type PoolFields = { name: string; open: PoolMember[] }

declare module './paths' {
  interface paths {
    '/api/v1/records/{kind}/{id}/claim': { post: Call<never, Item, OfRecord> }
    '/api/v1/records/{kind}/{id}/release': { post: Call<{ pool?: string; reason?: string }, Item, OfRecord> }
    '/api/v1/records/{kind}/{id}/assign': { post: Call<{ person: string }, Item, OfRecord> }
    '/api/v1/records/{kind}/pool': {
      post: Call<Many & { action: PoolAct; person?: string; pool?: string; reason?: string }, PooledMany, { kind: string }>
    }
    '/api/v1/pools': { get: Call<never, { items: PoolStanding[] }> }
    '/api/v1/org/pools/{id}': {
      get: Call<never, PoolStanding, ById>
      patch: Call<PoolFields, OpenPool, ById, never, IfMatch>
      delete: Call<never, undefined, ById, never, IfMatch>
    }
    '/api/v1/org/pools/{id}/settings': { put: Call<PoolSettings, PoolStanding, ById, never, IfMatch> }
    '/api/v1/org/pools/{id}/recycling': {
      get: Call<never, PoolRun, ById>
      post: Call<never, PoolRun, ById>
      delete: Call<never, undefined, ById>
    }
    '/api/v1/org/pools/{id}/recyclings': { get: Call<never, { items: PoolRun[] }, ById> }
  }
}

const standing = ['pools', 'standing']

/** The pools that are within one's reach. */
export const useMyPools = (enabled = true) =>
  useQuery({ queryKey: [...standing, 'mine'], queryFn: () => body(http.GET('/api/v1/pools')), select: (answer) => answer.items, enabled })

export const usePoolStanding = (id: string | undefined) =>
  useQuery({
    queryKey: [...standing, 'one', id],
    queryFn: () => body(http.GET('/api/v1/org/pools/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
  })

export interface Doing {
  act: PoolAct
  person?: string
  pool?: string
  reason?: string
}

/** Does it with one record, and offers to ask for it where it needs approval. */
export const doOrAsk = (kind: string, id: string, doing: Doing) => {
  const { act, ...rest } = doing
  return holding({ does: act, kind, record: id, ...rest }, doWith(kind, id, doing))
}

/** Does it with one record. What is shown of it is another afterwards, also when it was refused. */
export async function doWith(kind: string, id: string, { act, person = '', pool, reason }: Doing): Promise<Item> {
  const params = { path: { kind, id } }
  if (act === 'claim') return body(http.POST('/api/v1/records/{kind}/{id}/claim', { params }))
  if (act === 'assign') return body(http.POST('/api/v1/records/{kind}/{id}/assign', { params, body: { person } }))
  return body(http.POST('/api/v1/records/{kind}/{id}/release', { params, body: { ...(pool ? { pool } : {}), ...(reason ? { reason } : {}) } }))
}

/** Does it with many records by one request. */
export const doMany = (kind: string, which: Many, { act, ...rest }: Doing) =>
  body(http.POST('/api/v1/records/{kind}/pool', { params: { path: { kind } }, body: { action: act, ...which, ...rest } }))

/** Reads again what a pool, its records and their page say. */
export async function rereadPools(kind: string, item?: Item) {
  if (item) {
    await keep(recordQuery(kind, item.id).queryKey, item)
    void rereadBeneath(kind, item.id)
  }
  await Promise.all([queries.invalidateQueries({ queryKey: standing }), queries.invalidateQueries({ queryKey: ['records'] })])
}

const again = () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'pools' || (queryKey[0] === 'org' && queryKey[1] === 'pools') || queryKey[0] === 'me' })

/** All pools with the units they are open to, for who has the right policy. */
export const useOpenPools = () =>
  useQuery({
    queryKey: ['org', 'pools'],
    queryFn: () => body(http.GET('/api/v1/org/pools')),
    select: (answer) => answer.items as OpenPool[],
  })

interface Kept {
  id?: string
  version?: number
  name: string
  open: PoolMember[]
  settings: PoolSettings
  /** Whether the name or the units are others. */
  renames: boolean
  onMade: (made: { id: string; version: number }) => void
}

const target = ({ id, version }: { id: string; version: number }) => ({ path: { id }, header: { 'If-Match': `"${version}"` } })

/** Makes or changes a pool: how it is worked with, and its name and units. */
export const useKeepPool = () =>
  useMutation({
    mutationFn: async ({ id, version = 0, name, open, settings, renames, onMade }: Kept) => {
      const post = http.POST as unknown as (path: string, init: { body: PoolFields }) => ReturnType<typeof http.POST>
      let at = { id: id ?? '', version }
      if (id === undefined) {
        at = (await body(post('/api/v1/org/pools', { body: { name, open } }) as Promise<{ response: Response }>)) as unknown as OpenPool
        onMade(at)
      }
      const kept = await body(http.PUT('/api/v1/org/pools/{id}/settings', { params: target(at), body: settings }))
      if (id === undefined || !renames) return kept
      return body(http.PATCH('/api/v1/org/pools/{id}', { params: target(kept), body: { name, open } }))
    },
    onSettled: again,
  })

export const useDropPool = () =>
  useMutation({
    mutationFn: ({ id, version }: { id: string; version: number }) =>
      body(http.DELETE('/api/v1/org/pools/{id}', { params: target({ id, version }) })),
    onSettled: again,
  })

export const isUnderWay = (run: PoolRun) => run.finished_at === undefined

/** The recyclings into a pool; asked again and again while one is under way. */
export const usePoolRuns = (id: string) =>
  useQuery({
    queryKey: ['pools', 'runs', id],
    queryFn: () => body(http.GET('/api/v1/org/pools/{id}/recyclings', { params: { path: { id } } })),
    select: (answer) => answer.items,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.items.some(isUnderWay) ? 700 : false),
  })

const runsAgain = (id: string) => queries.invalidateQueries({ queryKey: ['pools', 'runs', id] })

export const useRecycle = (id: string) =>
  useMutation({
    mutationFn: (what: 'begin' | 'cancel') =>
      what === 'begin'
        ? body(http.POST('/api/v1/org/pools/{id}/recycling', { params: { path: { id } } })).then(() => undefined)
        : body(http.DELETE('/api/v1/org/pools/{id}/recycling', { params: { path: { id } } })),
    onSettled: () => runsAgain(id),
  })
