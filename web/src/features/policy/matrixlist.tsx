import { useState } from 'react'
import type { Matrix } from '@/api/matrix'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import type { Look } from './looks'
import type { At } from './matrixgrid'

interface Props {
  matrix: Matrix
  looks: { plain: Look[]; system: Look[] }
  rows: number[]
  columns: number[]
  differ?: Set<number>
  changed: Set<string>
  onOpen: (at: At, element: HTMLElement) => void
}

/** The matrix on a phone: one row after the other, its cells as lines under their kinds. */
export function MatrixList({ matrix, looks, rows, columns, differ, changed, onOpen }: Props) {
  const { t, pick } = useText()
  const [open, setOpen] = useState<number | undefined>(rows.length === 1 ? 0 : undefined)
  const kinds = [...new Set(columns.map((c) => matrix.columns[c]?.kind ?? ''))]
  const kindName = (kind: string) => {
    const label = matrix.kinds.find((k) => k.kind === kind)?.label
    return label ? pick(label) : kind
  }
  return (
    <ul className="mxl" tabIndex={-1}>
      {rows.map((r, at) => {
        const row = matrix.rows[r]
        if (!row) return null
        const isOpen = open === at
        return (
          <li key={r} className="mxl-row">
            <div className="mxl-head">
              <button type="button" className="mxl-name" aria-expanded={isOpen} onClick={() => setOpen(isOpen ? undefined : at)}>
                <Icon name={isOpen ? 'down' : 'right'} />
                {pick(row.label)}
              </button>
              <button
                type="button"
                className="quiet icon-only"
                aria-label={t('policy.row.titleOf', { name: pick(row.label) })}
                onClick={(event) => onOpen({ row: at, column: -1 }, event.currentTarget)}
              >
                <Icon name="more" />
              </button>
            </div>
            {isOpen &&
              kinds.map((kind) => (
                <section key={kind}>
                  <h2>{kindName(kind)}</h2>
                  <ul>
                    {columns.map((c, place) => {
                      const column = matrix.columns[c]
                      if (column?.kind !== kind) return null
                      const look = (kind === 'system' ? looks.system : looks.plain)[row.cells[c] ?? -1]
                      return (
                        <li key={c}>
                          <button
                            type="button"
                            className={`mxl-cell${differ?.has(c) ? ' differ' : ''}${changed.has(`${r} ${c}`) ? ' changed' : ''}`}
                            onClick={(event) => onOpen({ row: at, column: place }, event.currentTarget)}
                          >
                            <span>{pick(column.label)}</span>
                            <span className={`mx-cell ${look?.shade ?? 'none'}`}>{look?.text}</span>
                            <span className="sr-only">{look?.label}</span>
                          </button>
                        </li>
                      )
                    })}
                  </ul>
                </section>
              ))}
          </li>
        )
      })}
    </ul>
  )
}
