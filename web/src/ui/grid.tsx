import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type KeyboardEvent, type MouseEvent, type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { usePrinting } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import type { Column, Picking } from './columns'
import { GridHead } from './gridhead'
import { GridRow, type RowActs } from './gridrow'
import { inSteps } from './insteps'
import './grid.css'

/** Changing a cell where it stands. */
export interface Editing<Row> {
  at?: { row: string; column: string }
  onBegin: (row: Row, column: string) => void
  /** Draws the cell that is being changed. */
  editor: (row: Row, column: string) => ReactNode
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
  picking?: Picking<Row>
  editing?: Editing<Row>
  onWidth?: (column: string, width: number) => void
}

const everyRow = ({ count }: { count: number }) => Array.from({ length: count }, (_, i) => i)

const lineHeight = 40
const cardHeight = 132
export const pickWidth = 44

const tracksOf = (columns: { width: number; grow?: boolean }[], picking: boolean) => {
  const tracks = columns.map(({ width, grow }) => (grow ? `minmax(${width}px, 1fr)` : `${width}px`))
  return { '--tracks': [...(picking ? [`${pickWidth}px`] : []), ...tracks].join(' ') } as CSSProperties
}

/** A press on a row opens it, unless it was meant for something in the row. */
const meantForRow = (target: EventTarget) => !(target as Element).closest('a, button, input, label, .popover, .cell-editor')

/**
 * An endless virtual list. Only the rows in sight are in the document, so 100,000 of them scroll
 * like 50; the next page is asked for a screen before the end.
 */
export function Grid<Row>(props: Props<Row>) {
  const { label, columns, rows, rowKey, onSort, more, onMore, card, picking, editing, onWidth } = props
  const { t } = useText()
  const scroller = useRef<HTMLDivElement>(null)
  const height = card ? cardHeight : lineHeight
  // A new function here would have all rows measured again with every frame.
  const keyAt = useCallback(
    (index: number) => {
      const row = rows[index]
      return row === undefined ? index : rowKey(row)
    },
    [rows, rowKey],
  )
  const [standing] = useState(inSteps)
  const printing = usePrinting()
  // The virtualizer keeps its own state and asks for a render itself.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 4,
    rangeExtractor: printing ? everyRow : standing,
    gap: card ? 8 : 0,
    getItemKey: keyAt,
    useFlushSync: false,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0

  useEffect(() => {
    if (more === 'some' && last >= rows.length - 15) onMore()
  }, [more, last, rows.length, onMore])

  // Rows are drawn again only when they change: what they call reads the latest props.
  const latest = useRef(props)
  useLayoutEffect(() => {
    latest.current = props
  })
  const acts = useRef<RowActs<Row>>({
    pick: (index, range) => latest.current.picking?.onPick(index, range),
    pickLabel: (row) => latest.current.picking?.label(row) ?? '',
    editor: (row, column) => latest.current.editing?.editor(row, column),
  })

  const begin = useCallback((cell: HTMLElement) => {
    const now = latest.current
    const row = now.rows[Number(cell.closest<HTMLElement>('[data-index]')?.dataset.index)]
    const column = now.columns[Number(cell.dataset.col)]
    if (row === undefined || !column || !now.editing) return false
    now.editing.onBegin(row, column.key)
    return true
  }, [])

  // Arrow keys walk from cell to cell, F2 or Enter changes one; Enter on its title opens a row.
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const target = event.target as HTMLElement
    const line = target.closest<HTMLElement>('[data-index]')
    if (!line || event.nativeEvent.isComposing || target.closest('.cell-editor, .popover')) return
    const at = target.closest<HTMLElement>('[data-col]')
    const column = Number(at?.dataset.col ?? 0)
    if (editing && at && (event.key === 'F2' || (event.key === 'Enter' && target === at))) {
      if (begin(at)) event.preventDefault()
      return
    }
    const down = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const right = editing ? (event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0) : 0
    if (down === 0 && right === 0) return
    event.preventDefault()
    const row = Math.min(Math.max(Number(line.dataset.index) + down, 0), rows.length - 1)
    const next = Math.min(Math.max(column + right, 0), columns.length - 1)
    if (down !== 0) virtual.scrollToIndex(row, { align: 'auto' })
    requestAnimationFrame(() => focusCell(scroller.current, row, next))
  }

  const press = (event: MouseEvent<HTMLDivElement>) => {
    const line = (event.target as Element).closest<HTMLElement>('[data-index]')
    if (!line || !meantForRow(event.target)) return
    const cell = (event.target as Element).closest<HTMLElement>('[data-col]')
    if (editing && cell && cell.dataset.col !== '0') {
      cell.focus({ preventScroll: true })
      return
    }
    const row = rows[Number(line.dataset.index)]
    if (row !== undefined) props.onOpen(row)
  }

  const choosing = picking !== undefined
  const width = columns.reduce((sum, column) => sum + column.width, choosing ? pickWidth : 0)
  // Head and rows take their columns from one place; a size for each cell would be set a hundred times a frame.
  const tracks = useMemo(() => tracksOf(columns, choosing), [columns, choosing])
  const role = editing ? 'grid' : 'table'

  return (
    <div
      ref={scroller}
      className={`grid ${card ? 'cards' : ''} ${picking ? 'picking' : ''}`}
      style={tracks}
      role="region"
      aria-label={label}
      tabIndex={0}
      // An attribute, and not state: what stays at the left has to stay from the first frame on.
      onScroll={({ currentTarget: box }) => box.toggleAttribute('data-aside', box.scrollLeft > 0)}
      onKeyDown={walk}
      onClick={press}
      onDoubleClick={(event) => {
        const cell = (event.target as Element).closest<HTMLElement>('[data-col]')
        // The second press would otherwise mark a word.
        if (cell && meantForRow(event.target) && begin(cell)) getSelection()?.removeAllRanges()
      }}
    >
      <div
        role={role}
        aria-label={label}
        aria-rowcount={more === 'none' ? rows.length + 1 : -1}
        aria-colcount={columns.length + (picking ? 1 : 0)}
        aria-multiselectable={picking && editing ? true : undefined}
      >
        {!card && <GridHead columns={columns} width={width} picking={picking} onSort={onSort} onWidth={onWidth} />}
        <div className="grid-body" role="rowgroup" style={{ height: virtual.getTotalSize(), minWidth: card ? 0 : width }}>
          {items.map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            const key = rowKey(row)
            return (
              <GridRow
                key={item.key}
                row={row}
                index={item.index}
                start={item.start}
                columns={columns}
                grid={editing !== undefined}
                picked={picking ? picking.picked.has(key) || picking.all : undefined}
                editing={editing?.at?.row === key ? editing.at.column : undefined}
                acts={acts}
                card={card}
                measure={card ? virtual.measureElement : undefined}
              />
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

/** The title of a row takes the focus by its link, any other cell by itself. */
export function focusCell(within: HTMLElement | null, row: number, column: number) {
  const cell = within?.querySelector<HTMLElement>(`[data-index="${row}"] [data-col="${column}"]`)
  const line = within?.querySelector<HTMLElement>(`[data-index="${row}"] .row-link`)
  const to = column === 0 ? (line ?? cell) : cell
  to?.focus({ preventScroll: column === 0 })
  if (column !== 0) cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
