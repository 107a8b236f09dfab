import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import type { Matrix } from '@/api/matrix'
import { useText } from '@/lib/usetext'
import type { Look } from './looks'
import { chunkSize, columnWidth, headWidth, MatrixHeads, MatrixLine, rowHeight } from './matrixline'

export interface At {
  /** Indices into what is shown; column -1 is the head of the row. */
  row: number
  column: number
}

interface Props {
  matrix: Matrix
  looks: { plain: Look[]; system: Look[] }
  /** Which rows and columns are shown, by their indices in the matrix. */
  rows: number[]
  columns: number[]
  /** Columns in which the compared rows differ; cells, as "row column", that the draft changes. */
  differ?: Set<number>
  changed: Set<string>
  onOpen: (at: At, element: HTMLElement) => void
  onHover: (at: At | undefined, element?: HTMLElement) => void
}

/** A press or a pointer names its cell by the id of the element: "mx-row-column". */
function cellOf(target: EventTarget): { at: At; element: HTMLElement } | undefined {
  const element = (target as Element).closest<HTMLElement>('[id^="mx-"]')
  const [, row, column] = /^mx-(\d+)-(\d+|h)$/.exec(element?.id ?? '') ?? []
  if (!element || row === undefined || column === undefined) return undefined
  return { at: { row: Number(row), column: column === 'h' ? -1 : Number(column) }, element }
}

/**
 * The matrix, virtual both ways: rows one by one, columns by the few, so that scrolling makes only
 * what comes into sight. One element has the focus; the arrow keys move the active cell.
 */
export function MatrixGrid({ matrix, looks, rows, columns, differ, changed, onOpen, onHover }: Props) {
  const { t } = useText()
  const scroller = useRef<HTMLDivElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [active, setActive] = useState<At>({ row: 0, column: 0 })
  // The virtualizers keep their own state and ask for a render themselves.
  // eslint-disable-next-line react-hooks/incompatible-library
  const down = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 4,
    useFlushSync: false,
  })
  const across = useVirtualizer({
    horizontal: true,
    count: Math.ceil(columns.length / chunkSize),
    getScrollElement: () => scroller.current,
    estimateSize: () => chunkSize * columnWidth,
    overscan: 1,
    useFlushSync: false,
  })
  useEffect(() => () => clearTimeout(timer.current), [])

  const row = Math.min(active.row, rows.length - 1)
  const column = Math.min(active.column, columns.length - 1)
  const chunks = across.getVirtualItems()
  const from = chunks[0]?.index ?? 0
  const to = (chunks.at(-1)?.index ?? -1) + 1
  const idOf = (at: At) => `mx-${at.row}-${at.column < 0 ? 'h' : at.column}`

  const go = (at: At) => {
    const next = { row: Math.min(Math.max(at.row, 0), rows.length - 1), column: Math.min(Math.max(at.column, -1), columns.length - 1) }
    setActive(next)
    onHover(undefined)
    const box = scroller.current
    if (!box) return
    const top = next.row * rowHeight
    const left = next.column * columnWidth
    const inSight = { height: box.clientHeight - headHeight, width: box.clientWidth - headWidth }
    if (top < box.scrollTop) box.scrollTop = top
    else if (top + rowHeight > box.scrollTop + inSight.height) box.scrollTop = top + rowHeight - inSight.height
    if (next.column < 0) return
    if (left < box.scrollLeft) box.scrollLeft = left
    else if (left + columnWidth > box.scrollLeft + inSight.width) box.scrollLeft = left + columnWidth - inSight.width
  }

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.target !== scroller.current) return
    const page = 10
    const moves: Record<string, At> = {
      ArrowDown: { row: row + 1, column },
      ArrowUp: { row: row - 1, column },
      ArrowRight: { row, column: column + 1 },
      ArrowLeft: { row, column: column - 1 },
      PageDown: { row: row + page, column },
      PageUp: { row: row - page, column },
      Home: { row: event.ctrlKey ? 0 : row, column: -1 },
      End: { row: event.ctrlKey ? rows.length - 1 : row, column: columns.length - 1 },
    }
    const move = moves[event.key]
    if (move) {
      event.preventDefault()
      go(move)
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      const element = document.getElementById(idOf({ row, column }))
      if (element) onOpen({ row, column }, element)
    }
  }

  const point = (event: PointerEvent) => {
    clearTimeout(timer.current)
    const found = event.pointerType === 'mouse' ? cellOf(event.target) : undefined
    if (!found || found.at.column < 0) return onHover(undefined)
    timer.current = setTimeout(() => onHover(found.at, found.element), 400)
  }

  const click = (event: MouseEvent) => {
    const found = cellOf(event.target)
    if (!found) return
    clearTimeout(timer.current)
    setActive(found.at)
    onHover(undefined)
    onOpen(found.at, found.element)
  }

  return (
    <div
      ref={scroller}
      className="mx"
      role="grid"
      aria-label={t('policy.matrix.title')}
      aria-rowcount={rows.length + 2}
      aria-colcount={columns.length + 1}
      aria-activedescendant={rows.length > 0 ? idOf({ row, column }) : undefined}
      tabIndex={0}
      onKeyDown={press}
      onClick={click}
      onPointerOver={point}
      onPointerLeave={() => {
        clearTimeout(timer.current)
        onHover(undefined)
      }}
      onScroll={() => {
        clearTimeout(timer.current)
        onHover(undefined)
      }}
    >
      <div className="mx-space" role="presentation" style={{ width: headWidth + columns.length * columnWidth, height: headHeight + rows.length * rowHeight }}>
        <MatrixHeads matrix={matrix} columns={columns} from={from} to={to} differ={differ} />
        {down.getVirtualItems().map((item) => (
          <MatrixLine
            key={rows[item.index]}
            matrix={matrix}
            looks={looks}
            at={item.index}
            row={rows[item.index] ?? 0}
            columns={columns}
            from={from}
            to={to}
            differ={differ}
            changed={changed}
          />
        ))}
        <div
          className="mx-active"
          aria-hidden="true"
          style={{
            width: column < 0 ? headWidth : columnWidth,
            transform: `translate(${column < 0 ? 0 : headWidth + column * columnWidth}px, ${headHeight + row * rowHeight}px)`,
          }}
        />
      </div>
    </div>
  )
}

const headHeight = 72
