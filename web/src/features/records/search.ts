import type { Kind } from '@/api/types'
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
  }
}

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
