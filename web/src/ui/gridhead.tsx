import { memo, type PointerEvent, useEffect, useRef, useState } from 'react'
import { useText } from '@/lib/usetext'
import type { Column, Picking } from './columns'
import { Icon } from './icons'

interface Props<Row> {
  columns: Column<Row>[]
  width: number
  picking?: Picking<Row>
  onSort: (key: string) => void
  onWidth?: (column: string, width: number) => void
}

function Plain<Row>({ columns, width, picking, onSort, onWidth }: Props<Row>) {
  return (
    <div className="grid-head" role="rowgroup" style={{ minWidth: width }}>
      <div role="row" aria-rowindex={1} className="grid-heads">
        {picking && (
          <div role="columnheader" className="pick-cell stick">
            <PickAll picking={picking} />
          </div>
        )}
        {columns.map((column, index) => (
          <div
            key={column.key}
            role="columnheader"
            aria-label={column.title}
            aria-sort={column.sort}
            className={`${index === 0 ? 'stick first' : ''} ${column.end ? 'end' : ''}`}
          >
            {column.sort ? (
              <button type="button" className="grid-sort" onClick={() => onSort(column.key)}>
                <span className="grid-title">{column.title}</span>
                <Icon name={column.sort === 'ascending' ? 'up' : 'down'} />
              </button>
            ) : (
              <span className="grid-title">{column.title}</span>
            )}
            {onWidth && <Handle column={column} onWidth={onWidth} />}
          </div>
        ))}
      </div>
    </div>
  )
}

/** It stays as it is while rows come and go beneath it. */
export const GridHead = memo(Plain) as typeof Plain

function PickAll({ picking }: { picking: Pick<Picking<never>, 'picked' | 'all' | 'onPickAll' | 'allLabel'> }) {
  const box = useRef<HTMLInputElement>(null)
  const some = picking.picked.size > 0 && !picking.all
  useEffect(() => {
    if (box.current) box.current.indeterminate = some
  }, [some])
  return (
    <label className="pick">
      <input
        ref={box}
        type="checkbox"
        checked={picking.all}
        aria-label={picking.allLabel}
        onChange={(event) => picking.onPickAll(event.target.checked)}
      />
    </label>
  )
}

const least = 60
const most = 1000
const step = 20

/** The edge of a column: dragged, or moved with the arrow keys. */
function Handle<Row>({ column, onWidth }: { column: Column<Row>; onWidth: (column: string, width: number) => void }) {
  const { t } = useText()
  const from = useRef({ x: 0, width: 0 })
  const [moved, setMoved] = useState(0)
  const fit = (width: number) => Math.round(Math.min(Math.max(width, least), most))
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { x: event.clientX, width: event.currentTarget.parentElement?.offsetWidth ?? column.width }
  }
  const end = (event: PointerEvent<HTMLDivElement>) => {
    if (moved !== 0) onWidth(column.key, fit(from.current.width + event.clientX - from.current.x))
    setMoved(0)
  }
  return (
    <div
      className={moved === 0 ? 'grid-edge' : 'grid-edge moving'}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('list.width', { column: column.title })}
      aria-valuenow={column.width}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      style={moved === 0 ? undefined : { transform: `translateX(${moved}px)` }}
      onPointerDown={begin}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) setMoved(event.clientX - from.current.x)
      }}
      onPointerUp={end}
      onPointerCancel={() => setMoved(0)}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowRight' ? step : event.key === 'ArrowLeft' ? -step : 0
        if (by === 0) return
        event.preventDefault()
        event.stopPropagation()
        onWidth(column.key, fit(column.width + by))
      }}
    />
  )
}
