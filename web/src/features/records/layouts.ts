import { fieldOf } from '@/api/kinds'
import type { Field, Kind } from '@/api/types'

// Which forms a list can take beside a table: a board where records have stages, a calendar where
// they are due.

const shown = (field: Field | undefined) => (field && field.filter && field.level !== 'masked' && field.level !== 'hidden' ? field : undefined)

export const hasBoard = (kind: Kind) => (kind.stages?.length ?? 0) > 1 && shown(fieldOf(kind, 'stage')) !== undefined

/** The moment that a calendar shows. */
export const dueField = (kind: Kind): Field | undefined => shown(fieldOf(kind, 'due_at')) ?? shown(fieldOf(kind, 'expected_on'))

export const hasCalendar = (kind: Kind) => dueField(kind) !== undefined
