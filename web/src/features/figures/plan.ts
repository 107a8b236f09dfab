import { stagesThat } from '@/api/kinds'
import type { Field, Kind } from '@/api/types'
import { type Row, simpleText } from '@/lib/conditions'
import { daysAfter, lastMonths, type Period, startOf, today } from './period'

// What the dashboard asks, as the rows of a list's simple filter: so every figure opens the list
// that it is of.

export type Rows = string[][]

export interface Ask {
  kind: Kind
  rows: Rows
  group?: string
  /** The money field that is summed; none: counted. */
  sum?: Field
}

export const row = (field: string, op: string, ...values: string[]): string[] => [field, op, ...values]

export const filterOf = ({ kind, rows }: Ask): string | undefined =>
  simpleText(
    { join: 'and', rows: rows.map(([field = '', op = 'has', ...values]) => ({ field, op, values }) as Row) },
    kind.fields,
  )

/** How much of a field one sees: a figure over what is never plain is no figure. */
export function seen(kind: Kind, ...names: string[]): 'all' | 'some' | 'none' {
  const levels = names.map((name) => kind.fields.find((f) => f.name === name)?.level ?? 'hidden')
  if (levels.some((level) => level === 'hidden' || level === 'masked')) return 'none'
  return levels.includes('mixed') ? 'some' : 'all'
}

export interface Plan {
  kinds: Map<string, Kind>
  period: Period
  mine: boolean
  now: number
}

const own = (plan: Plan): Rows => (plan.mine ? [row('owner', 'me')] : [])

/** In a stage of those that are meant by how they end: companies have stages of their own. No row where there is none. */
function staged(kind: Kind | undefined, codes: (kind: Kind) => string[]): Rows | undefined {
  const list = kind ? codes(kind) : []
  return list.length > 0 ? [row('stage', 'in', ...list)] : undefined
}

const won = (kind: Kind) => stagesThat(kind, 'won')
const open = (kind: Kind) => stagesThat(kind, 'open')
/** Signed and not over: neither a draft nor in review, whatever else the company calls it. */
const running = (kind: Kind) => open(kind).filter((code) => code !== 'draft' && code !== 'review')

const since = (plan: Plan, field: string, before = 0): Rows => [
  row(field, 'since', startOf(plan.period, plan.now, before)),
  ...(before > 0 ? [row(field, 'before', startOf(plan.period, plan.now, before - 1))] : []),
]

export type TileName = 'customers' | 'activities' | 'won' | 'tickets' | 'tasks' | 'contracts'

export interface Tile {
  name: TileName
  ask: Ask
  /** The same of the period before. */
  previous?: Ask
  /** The fields without which it says nothing. */
  needs: string[]
}

/** The single figures, as far as one may read their kinds. */
export function tilesOf(plan: Plan): Tile[] {
  const tile = (name: TileName, kindName: string, needs: string[], rows: (before: number) => Rows, sum?: string, turns = true, codes?: (kind: Kind) => string[]): Tile[] => {
    const kind = plan.kinds.get(kindName)
    const stages = codes ? staged(kind, codes) : []
    if (!kind || !stages) return []
    const ask = (before: number): Ask => ({
      kind,
      rows: [...stages, ...rows(before), ...own(plan)],
      sum: kind.fields.find((f) => f.name === sum),
    })
    return [{ name, ask: ask(0), previous: turns ? ask(1) : undefined, needs: sum ? [...needs, sum, 'currency'] : needs }]
  }
  const day = today(plan.now)
  return [
    ...tile('customers', 'customer', ['created_at'], (before) => since(plan, 'created_at', before)),
    ...tile('activities', 'activity', ['happened_at'], (before) => since(plan, 'happened_at', before)),
    ...tile('won', 'opportunity', ['closed_on', 'stage'], (before) => since(plan, 'closed_on', before), 'amount', true, won),
    ...tile('tickets', 'ticket', ['stage'], () => [], undefined, false, open),
    ...tile('tasks', 'task', ['due_at', 'stage'], () => [row('due_at', 'before', daysAfter(day, 1))], undefined, false, open),
    ...tile(
      'contracts',
      'contract',
      ['ends_on', 'stage'],
      () => [row('ends_on', 'since', day), row('ends_on', 'before', daysAfter(day, 61))],
      undefined,
      false,
      running,
    ),
  ]
}

export type PanelName = 'funnel' | 'trend' | 'people' | 'units' | 'growth' | 'service'

export interface Panel {
  name: PanelName
  shape: 'funnel' | 'bars' | 'line' | 'rank'
  ask: Ask
  needs: string[]
  /** The keys to show, in their order, also where there is nothing; absent: as they come. */
  keys?: string[]
  /** Of the keys, those that are shown only where there is something. */
  retired?: string[]
}

const retired = (kind: Kind) => (kind.stages ?? []).filter((stage) => stage.retired).map((stage) => stage.code)

export function panelsOf(plan: Plan): Panel[] {
  const list: Panel[] = []
  const sales = plan.kinds.get('opportunity')
  const amount = sales?.fields.find((f) => f.name === 'amount')
  const months = lastMonths(12, plan.now)
  const begin = `${months[0] ?? ''}-01`
  if (sales) {
    const keys = stagesThat(sales, 'open', 'won')
    list.push({ name: 'funnel', shape: 'funnel', needs: ['stage'], keys, retired: retired(sales), ask: { kind: sales, group: 'stage', sum: amount, rows: [row('stage', 'in', ...keys), ...own(plan)] } })
    const gained = staged(sales, won)
    if (gained) {
      list.push({
        name: 'trend',
        shape: 'line',
        needs: ['closed_on', 'stage'],
        keys: months,
        ask: { kind: sales, group: 'month(closed_on)', sum: amount, rows: [...gained, row('closed_on', 'since', begin), ...own(plan)] },
      })
    }
    if (gained && !plan.mine) {
      const rows = [...gained, ...since(plan, 'closed_on')]
      list.push({ name: 'people', shape: 'rank', needs: ['owner', 'closed_on', 'stage'], ask: { kind: sales, group: 'owner', sum: amount, rows } })
      list.push({ name: 'units', shape: 'rank', needs: ['unit', 'closed_on', 'stage'], ask: { kind: sales, group: 'unit', sum: amount, rows } })
    }
  }
  const customers = plan.kinds.get('customer')
  if (customers) {
    list.push({
      name: 'growth',
      shape: 'bars',
      needs: ['created_at'],
      keys: months,
      ask: { kind: customers, group: 'month(created_at)', rows: [row('created_at', 'since', begin), ...own(plan)] },
    })
  }
  const tickets = plan.kinds.get('ticket')
  if (tickets) {
    list.push({ name: 'service', shape: 'bars', needs: ['stage'], keys: (tickets.stages ?? []).map((s) => s.code), retired: retired(tickets), ask: { kind: tickets, group: 'stage', rows: own(plan) } })
  }
  return list
}
