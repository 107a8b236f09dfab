import type { PoolAct, PooledRow } from './pools'
import type { Person } from './types'

// What a request would do with records of the pools.

type Named = Pick<Person, 'id' | 'name'>

export interface AskedPool {
  action: PoolAct
  to?: Named
  into?: Named
  reason?: string
  many?: AskedPooled
}

/** The records of a request for many of the pools: those that the reader sees, what was left out, and what came of it. */
export interface AskedPooled {
  count: number
  sample: { id: string; title?: string }[]
  left?: PooledRow[]
  came?: { done: number; left: PooledRow[] }
}
