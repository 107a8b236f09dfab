import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { fieldOf } from '@/api/kinds'
import type { Item, Kind } from '@/api/types'
import { withTexts } from '@/lib/i18n'
import { fieldState, mayEdit } from '@/permission/access'
import type { Column } from '@/ui/columns'
import type { Editing } from '@/ui/grid'

const CellEditor = lazy(() => withTexts(['lists'], import('./celleditor')))

/** Changing cells where they stand: which one, and what draws it. */
export function useCellEditing(kind: Kind, columns: Pick<Column<Item>, 'key'>[]): Editing<Item> {
  const [at, setAt] = useState<{ row: string; column: string }>()

  const onBegin = useCallback((row: Item, column: string) => {
    // A masked or hidden cell explains itself already.
    const state = fieldState(row, column).is
    if (state === 'masked' || state === 'hidden') return
    setAt({ row: row.id, column })
  }, [])

  const editor = useCallback(
    (row: Item, column: string) => {
      const field = fieldOf(kind, column)
      if (!field) return null
      const leave = (step: number) => {
        const order = columns.map((c) => c.key)
        for (let i = order.indexOf(column) + step; step !== 0 && i >= 0 && i < order.length; i += step) {
          const next = order[i]
          if (next !== undefined && mayEdit(row, next)) {
            setAt({ row: row.id, column: next })
            return
          }
        }
        setAt(undefined)
      }
      return (
        <Suspense fallback={<span className="bone" />}>
          <CellEditor key={`${row.id} ${column}`} kind={kind} item={row} field={field} onLeave={leave} />
        </Suspense>
      )
    },
    [kind, columns],
  )
  return useMemo(() => ({ at, onBegin, editor }), [at, onBegin, editor])
}
