import type { Kind } from '@/api/types'
import type { ViewSearch } from '@/api/views'
import { type Operator, operators, type Row, rowText, type Simple } from '@/lib/conditions'

// The state of a list is its URL: somebody who opens the link sees the same question answered
// under their own rights.

export interface ListSearch {
  /** Rows of the simple filter: [field, operator, ...values]. */
  f?: string[][]
  /** Any of the rows instead of all. */
  any?: boolean
  /** CEL text written by hand. */
  cel?: string
  q?: string
  /** Field name, "-" before it for descending. */
  sort?: string
  /** Names of the columns, joined by commas. */
  cols?: string
  /** Widths of columns, in pixels. */
  w?: Record<string, number>
  /** The form of the list; a table when absent. */
  as?: Layout
  /** The saved view that this is, "all" for none on purpose. */
  v?: string
  /** Of a calendar: a day that it shows, how much around it, and whose. */
  on?: string
  span?: Span
  whose?: 'mine'
}

export type Layout = 'board' | 'calendar'
export type Span = 'week' | 'agenda'

const widthsOf = (raw: unknown): Record<string, number> | undefined => {
  if (typeof raw !== 'object' || raw === null) return undefined
  const fit = Object.entries(raw).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] >= 40 && entry[1] <= 1000,
  )
  return fit.length > 0 ? Object.fromEntries(fit) : undefined
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined

/** Reads a URL that anybody may have written; what makes no sense is left out. */
export function validateListSearch(raw: Record<string, unknown>): ListSearch {
  const rows = Array.isArray(raw.f)
    ? raw.f.filter((row): row is unknown[] => Array.isArray(row) && row.length >= 2).map((row) => row.map(String))
    : []
  const f = rows.filter(([, op]) => operators.some((o) => o === op))
  return {
    f: f.length > 0 ? f : undefined,
    any: raw.any === true ? true : undefined,
    cel: text(raw.cel),
    q: text(raw.q),
    sort: text(raw.sort),
    cols: text(raw.cols),
    w: widthsOf(raw.w),
    as: raw.as === 'board' || raw.as === 'calendar' ? raw.as : undefined,
    v: text(raw.v),
    on: typeof raw.on === 'string' && /^\d{4}-\d\d-\d\d$/.test(raw.on) ? raw.on : undefined,
    span: raw.span === 'week' || raw.span === 'agenda' ? raw.span : undefined,
    whose: raw.whose === 'mine' ? 'mine' : undefined,
  }
}

/** What a saved view keeps of the state of a list. */
export const keptOf = ({ f, any, cel, q, sort, cols, w, as }: ListSearch): ViewSearch => ({ f, any, cel, q, sort, cols, w, as })

/** Whether two states ask the same in the same form. */
export const sameView = (a: ListSearch, b: ListSearch) => canonical(a) === canonical(b)

function canonical(search: ListSearch) {
  const { f = [], any = false, cel = '', q = '', sort = '', cols = '', w = {}, as = '' } = keptOf(search)
  return JSON.stringify([f, any, cel, q, sort, cols, Object.entries(w).sort(), as])
}

/** The same list in another form: what narrows it stays. */
export const withLayout = (search: ListSearch, as: Layout | undefined): ListSearch => ({ ...search, as, on: undefined, span: undefined })

export function toSimple(search: ListSearch): Simple {
  const rows = (search.f ?? []).map(([field = '', op = 'has', ...values]): Row => ({ field, op: op as Operator, values }))
  return { join: search.any ? 'or' : 'and', rows }
}

export function fromSimple(simple: Simple): Pick<ListSearch, 'f' | 'any'> {
  const f = simple.rows.filter((row) => row.field !== '').map((row) => [row.field, row.op, ...row.values])
  return { f: f.length > 0 ? f : undefined, any: simple.join === 'or' && f.length > 1 ? true : undefined }
}

/** The search of a list that shows what belongs to something: a unit's people, a customer's contacts. */
export const belongsTo = (field: string, id: string): ListSearch => ({ f: [[field, 'eq', id]] })

/** Whether something narrows the list, so that nothing found means 'no match'. */
export const isNarrowed = (search: ListSearch) => Boolean(search.f ?? search.cel ?? search.q)

/** The next order after a press on a column's head: ascending, descending, none. */
export function nextSort(sort: string | undefined, key: string): string | undefined {
  if (sort === key) return `-${key}`
  return sort === `-${key}` ? undefined : key
}

/** How many rows of the simple filter say something; an unfinished one does not. */
export const activeConditions = (search: ListSearch, kind: Kind) =>
  toSimple(search).rows.filter((row) => {
    const field = kind.fields.find((f) => f.name === row.field)
    return field && rowText(row, field) !== undefined
  }).length

/** Whether the URL asks nothing at all, not even for all records. */
export const isUntouched = (search: ListSearch) => Object.values(search).every((value) => value === undefined)
