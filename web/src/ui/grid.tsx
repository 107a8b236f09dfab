import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '@/lib/usetext'
import { Icon } from './icons'
import './grid.css'

export interface Column<Row> {
  key: string
  title: string
  width: number
  /** Takes its part of the width that is left. */
  grow?: boolean
  end?: boolean
  sort?: 'none' | 'ascending' | 'descending'
  cell: (row: Row) => ReactNode
}

interface Props<Row> {
  label: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  onOpen: (row: Row) => void
  onSort: (key: string) => void
  more: 'none' | 'some' | 'loading' | 'failed'
  onMore: () => void
  /** Draws a row as a card instead of a line of cells. */
  card?: (row: Row) => ReactNode
}

const lineHeight = 40
const cardHeight = 132

/** A press on a row opens it, unless it was meant for something in the row. */
const meantForRow = (target: EventTarget) => !(target as Element).closest('a, button, input, .popover')

/**
 * An endless virtual list. Only the rows in sight are in the document, so 100,000 of them scroll
 * like 50; the next page is asked for a screen before the end.
 */
export function Grid<Row>({ label, columns, rows, rowKey, onOpen, onSort, more, onMore, card }: Props<Row>) {
  const { t } = useText()
  const scroller = useRef<HTMLDivElement>(null)
  const [scrolled, setScrolled] = useState(false)
  const height = card ? cardHeight : lineHeight
  // The virtualizer keeps its own state and asks for a render itself.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: card ? 4 : 10,
    gap: card ? 8 : 0,
    getItemKey: (index) => {
      const row = rows[index]
      return row === undefined ? index : rowKey(row)
    },
    useFlushSync: false,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0

  useEffect(() => {
    if (more === 'some' && last >= rows.length - 15) onMore()
  }, [more, last, rows.length, onMore])

  // Arrow keys walk from row to row; Enter follows the link that has the focus.
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const row = (event.target as Element).closest<HTMLElement>('[data-index]')
    if (step === 0 || !row || event.nativeEvent.isComposing) return
    event.preventDefault()
    const next = Math.min(Math.max(Number(row.dataset.index) + step, 0), rows.length - 1)
    virtual.scrollToIndex(next, { align: 'auto' })
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"] .row-link`)?.focus()
    })
  }

  const size = (column: Column<Row>) => ({
    width: column.width,
    flex: column.grow ? `1 0 ${column.width}px` : `0 0 ${column.width}px`,
  })
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  const place = (index: number) => `${index === 0 ? 'stick' : ''} ${columns[index]?.end ? 'end' : ''}`

  return (
    <div
      ref={scroller}
      className={`grid ${card ? 'cards' : ''} ${scrolled ? 'scrolled' : ''}`}
      role="region"
      aria-label={label}
      tabIndex={0}
      onScroll={(event) => setScrolled(event.currentTarget.scrollLeft > 0)}
      onKeyDown={walk}
    >
      <div
        role="table"
        aria-label={label}
        aria-rowcount={more === 'none' ? rows.length + 1 : -1}
        aria-colcount={columns.length}
      >
        {!card && (
          <div className="grid-head" role="rowgroup" style={{ minWidth: width }}>
            <div role="row" aria-rowindex={1} className="grid-heads">
              {columns.map((column, index) => (
                <div
                  key={column.key}
                  role="columnheader"
                  aria-sort={column.sort}
                  className={place(index)}
                  style={size(column)}
                >
                  {column.sort ? (
                    <button type="button" className="grid-sort" onClick={() => onSort(column.key)}>
                      {column.title}
                      <Icon name={column.sort === 'ascending' ? 'up' : 'down'} />
                    </button>
                  ) : (
                    column.title
                  )}
                </div>
              ))}
            </div>
          </div>
        )}
        <div className="grid-body" role="rowgroup" style={{ height: virtual.getTotalSize(), minWidth: card ? 0 : width }}>
          {items.map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            return (
              <div
                key={item.key}
                ref={card ? virtual.measureElement : undefined}
                data-index={item.index}
                className="grid-row"
                role="row"
                aria-rowindex={item.index + 2}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={(event) => meantForRow(event.target) && onOpen(row)}
              >
                {card ? (
                  <div role="cell">{card(row)}</div>
                ) : (
                  columns.map((column, index) => (
                    <div key={column.key} role="cell" className={place(index)} style={size(column)}>
                      <span className="cell">{column.cell(row)}</span>
                    </div>
                  ))
                )}
              </div>
            )
          })}
        </div>
      </div>
      <div className="grid-foot" role="status">
        {more === 'loading' && t('list.loadingMore')}
        {more === 'none' && rows.length > 20 && t('list.end')}
        {more === 'failed' && (
          <>
            {t('list.moreFailed')}
            <button type="button" className="btn" onClick={onMore}>
              {t('app.retry')}
            </button>
          </>
        )}
      </div>
    </div>
  )
}
