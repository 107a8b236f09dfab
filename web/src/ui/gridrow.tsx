import { memo, type ReactNode, type RefObject } from 'react'
import type { Column } from './columns'

/** What a row calls: always the latest, so that a row need not be drawn again for it. */
export interface RowActs<Row> {
  pick: (index: number, range: boolean) => void
  pickLabel: (row: Row) => string
  editor: (row: Row, column: string) => ReactNode
}

interface Props<Row> {
  row: Row
  index: number
  start: number
  columns: Column<Row>[]
  grid: boolean
  /** undefined where rows are not chosen. */
  picked?: boolean
  /** The column that is being changed. */
  editing?: string
  acts: RefObject<RowActs<Row>>
  card?: (row: Row) => ReactNode
  measure?: (element: HTMLElement | null) => void
}

const classOf = (column: { key: string; end?: boolean }, at: number, editing?: string) =>
  `cell${at === 0 ? ' stick first' : ''}${column.end ? ' end' : ''}${editing === column.key ? ' edited' : ''}`

function Plain<Row>({ row, index, start, columns, grid, picked, editing, acts, card, measure }: Props<Row>) {
  const box = picked !== undefined && (
    <label className="pick">
      <input
        type="checkbox"
        checked={picked}
        aria-label={acts.current.pickLabel(row)}
        onChange={(event) => acts.current.pick(index, (event.nativeEvent as unknown as MouseEvent).shiftKey)}
      />
    </label>
  )
  const cell = grid ? 'gridcell' : 'cell'
  return (
    <div
      ref={measure}
      data-index={index}
      className={picked ? 'grid-row picked' : 'grid-row'}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={grid ? picked : undefined}
      style={{ top: start, zIndex: editing ? 2 : undefined }}
    >
      {card ? (
        <div role={cell} className="card-cell">
          {box}
          {card(row)}
        </div>
      ) : (
        <>
          {box && (
            <div role={cell} className="cell pick-cell stick">
              {box}
            </div>
          )}
          {columns.map((column, at) => (
            <div
              key={column.key}
              role={cell}
              data-col={at}
              tabIndex={grid ? -1 : undefined}
              className={classOf(column, at, editing)}
            >
              {editing === column.key ? acts.current.editor(row, column.key) : column.cell(row)}
            </div>
          ))}
        </>
      )}
    </div>
  )
}

export const GridRow = memo(Plain, (a, b) => a.editing === undefined && b.editing === undefined && same(a, b)) as typeof Plain

function same<Row>(a: Readonly<Props<Row>>, b: Readonly<Props<Row>>) {
  return (
    a.row === b.row &&
    a.index === b.index &&
    a.start === b.start &&
    a.columns === b.columns &&
    a.grid === b.grid &&
    a.picked === b.picked &&
    a.card === b.card &&
    a.measure === b.measure
  )
}
