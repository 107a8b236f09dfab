import type { Ask, Rows } from './plan'
import { row } from './plan'
import { monthAfter } from './period'

/** The rows of the list that a group of a figure is of; undefined where no list shows just that. */
export function drill({ kind, group, rows }: Ask, key: string): Rows | undefined {
  if (!group) return rows
  const [, span, dated] = /^(\w+)\((\w+)\)$/.exec(group) ?? []
  const field = dated ?? group
  if (key === '') return [...rows, row(field, 'missing')]
  if (span === 'month') return [...rows.filter(([name]) => name !== field), row(field, 'since', `${key}-01`), row(field, 'before', monthAfter(key))]
  if (span) return undefined
  const type = kind.fields.find((f) => f.name === field)?.type
  const rest = rows.filter(([name]) => name !== field)
  return [...rest, type === 'choice' ? row(field, 'in', key) : row(field, 'eq', key)]
}
