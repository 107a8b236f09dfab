import { memo } from 'react'
import type { Matrix } from '@/api/matrix'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import type { Look } from './looks'

export const chunkSize = 4
export const columnWidth = 84
export const rowHeight = 36
export const headWidth = 208

interface Range {
  from: number
  to: number
}

interface HeadsProps extends Range {
  matrix: Matrix
  columns: number[]
  differ?: Set<number>
}

/** The two lines over the cells: kinds, and the actions or fields of each. */
export const MatrixHeads = memo(function MatrixHeads({ matrix, columns, from, to, differ }: HeadsProps) {
  const { t, pick } = useText()
  const bands: { kind: string; start: number; count: number }[] = []
  columns.forEach((c, place) => {
    const kind = matrix.columns[c]?.kind ?? ''
    const last = bands.at(-1)
    if (last?.kind === kind) last.count++
    else bands.push({ kind, start: place, count: 1 })
  })
  const kindName = (kind: string) => {
    const label = matrix.kinds.find((k) => k.kind === kind)?.label
    return label ? pick(label) : kind
  }
  return (
    <div className="mx-heads" role="rowgroup">
      <div role="row" aria-rowindex={1} className="mx-bands">
        <div role="columnheader" className="mx-corner" style={{ width: headWidth }} aria-colindex={1}>
          {t('policy.matrix.who')}
        </div>
        {bands.map((band) => (
          <div
            key={band.start}
            role="columnheader"
            aria-colindex={band.start + 2}
            aria-colspan={band.count}
            className="mx-band"
            style={{ left: headWidth + band.start * columnWidth, width: band.count * columnWidth }}
          >
            <span style={{ left: headWidth + 8 }}>{kindName(band.kind)}</span>
          </div>
        ))}
      </div>
      <div role="row" aria-rowindex={2} className="mx-names">
        {columns.slice(from * chunkSize, to * chunkSize).map((c, i) => {
          const place = from * chunkSize + i
          const column = matrix.columns[c]
          if (!column) return null
          return (
            <div
              key={c}
              role="columnheader"
              aria-colindex={place + 2}
              className={differ?.has(c) ? 'mx-name differ' : 'mx-name'}
              style={{ left: headWidth + place * columnWidth, width: columnWidth }}
              title={pick(column.label)}
            >
              <span>{pick(column.label)}</span>
            </div>
          )
        })}
      </div>
    </div>
  )
})

interface LineProps extends Range {
  matrix: Matrix
  looks: { plain: Look[]; system: Look[] }
  /** Its place among the rows that are shown, and in the matrix. */
  at: number
  row: number
  columns: number[]
  differ?: Set<number>
  changed: Set<string>
}

/** One row: its head, which stays, and the chunks of cells that are in sight. */
export const MatrixLine = memo(function MatrixLine(props: LineProps) {
  const { matrix, at, row, from, to } = props
  const { pick } = useText()
  const line = matrix.rows[row]
  if (!line) return null
  const chunks = Array.from({ length: to - from }, (_, i) => from + i)
  return (
    <div role="row" aria-rowindex={at + 3} className="mx-row" style={{ transform: `translateY(${at * rowHeight}px)` }}>
      <div role="rowheader" id={`mx-${at}-h`} aria-colindex={1} className="mx-head" style={{ width: headWidth }}>
        <span title={pick(line.label)}>{pick(line.label)}</span>
        <Icon name="more" />
      </div>
      {chunks.map((chunk) => (
        <Chunk
          key={chunk}
          chunk={chunk}
          matrix={matrix}
          looks={props.looks}
          at={at}
          row={row}
          columns={props.columns}
          differ={props.differ}
          changed={props.changed}
        />
      ))}
    </div>
  )
})

interface ChunkProps extends Omit<LineProps, 'from' | 'to'> {
  chunk: number
}

/** A few cells of a row. They are one element each: what they are is text and class. */
const Chunk = memo(function Chunk({ chunk, matrix, looks, at, row, columns, differ, changed }: ChunkProps) {
  const start = chunk * chunkSize
  const cells = matrix.rows[row]?.cells ?? []
  return (
    <div role="presentation" className="mx-chunk" style={{ left: headWidth + start * columnWidth }}>
      {columns.slice(start, start + chunkSize).map((c, i) => {
        const look = (matrix.columns[c]?.kind === 'system' ? looks.system : looks.plain)[cells[c] ?? -1]
        const marks = `${differ?.has(c) ? ' differ' : ''}${changed.has(`${row} ${c}`) ? ' changed' : ''}`
        return (
          <div
            key={c}
            role="gridcell"
            id={`mx-${at}-${start + i}`}
            aria-colindex={start + i + 2}
            aria-label={look?.label}
            className={`mx-cell ${look?.shade ?? 'none'}${marks}`}
          >
            {look?.text}
          </div>
        )
      })}
    </div>
  )
})
