import { useMemo, useRef, useState } from 'react'
import type { Matrix, MatrixWho } from '@/api/matrix'
import type { Draft } from '@/api/policytypes'
import { usePhone } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Panel } from '@/ui/popover'
import { State } from '@/ui/states'
import { CellPanel, HoverPanel } from './cellpanel'
import { CompareBar } from './comparebar'
import { CopyDialog } from './copydialog'
import { changedCells, differing, looksOf, telling, whoKey } from './looks'
import { type At, MatrixGrid } from './matrixgrid'
import { MatrixList } from './matrixlist'
import { MatrixTools } from './matrixtools'
import { RowMenu } from './rowmenu'
import type { MatrixSearch } from './search'
import type { Policy } from './usepolicy'
import './parts.css'
import './matrix.css'

interface Props {
  matrix: Matrix
  /** The same as it is in force, while a draft is looked at. */
  before?: Matrix
  refreshing: boolean
  draft?: Draft
  policy: Policy
  search: MatrixSearch
  onSearch: (search: MatrixSearch) => void
}

interface Pressed {
  at: At
  element: HTMLElement
}

/** The indices of what the search and the comparison leave. */
function useShown(matrix: Matrix, search: MatrixSearch) {
  return useMemo(() => {
    const all = search.ids ? matrix.rows.map((_, i) => i) : telling(matrix)
    const place = (key: string | undefined) => (key ? matrix.rows.findIndex((row) => whoKey(row.who) === key) : -1)
    const [a, b] = [place(search.a), place(search.b)]
    const compared = a >= 0 && b >= 0
    const differ = compared ? differing(matrix, a, b) : undefined
    const needle = (search.q ?? '').toLowerCase()
    const has = (...labels: ({ zh: string; en: string } | string | undefined)[]) =>
      labels.some((l) => (typeof l === 'string' ? [l] : l ? [l.zh, l.en] : []).some((text) => text.toLowerCase().includes(needle)))
    let rows = compared ? [a, b] : all
    let columns = matrix.columns.map((_, i) => i)
    if (needle) {
      const kinds = new Map(matrix.kinds.map((k) => [k.kind, k.label]))
      const found = columns.filter((i) => has(matrix.columns[i]?.label, kinds.get(matrix.columns[i]?.kind ?? '')))
      const people = rows.filter((i) => has(matrix.rows[i]?.label, matrix.rows[i]?.login))
      if (found.length > 0 || people.length === 0) columns = found
      if (people.length > 0 || found.length === 0) rows = people
    }
    if (differ && search.diff) columns = columns.filter((i) => differ.has(i))
    return { rows, columns, differ, compared }
  }, [matrix, search.ids, search.a, search.b, search.q, search.diff])
}

export function MatrixView({ matrix, before, refreshing, draft, policy, search, onSearch }: Props) {
  const { t } = useText()
  const phone = usePhone()
  const looks = useMemo(() => looksOf(t, matrix), [t, matrix])
  const changed = useMemo(() => changedCells(matrix, before), [matrix, before])
  const { rows, columns, differ, compared } = useShown(matrix, search)
  const [pressed, setPressed] = useState<Pressed>()
  const [hovered, setHovered] = useState<Pressed>()
  const [copying, setCopying] = useState<MatrixWho>()
  const anchor = useRef<HTMLElement>(null)

  const open = (at: At, element: HTMLElement) => {
    anchor.current = element
    setPressed({ at, element })
  }
  const close = () => {
    setPressed(undefined)
    document.querySelector<HTMLElement>('.mx, .mxl')?.focus()
  }
  const row = pressed && matrix.rows[rows[pressed.at.row] ?? -1]
  const column = pressed && matrix.columns[columns[pressed.at.column] ?? -1]

  return (
    <>
      <MatrixTools matrix={matrix} policy={policy} search={search} onSearch={onSearch} />
      {(compared || search.a) && (
        <CompareBar matrix={matrix} differ={differ} search={search} onSearch={onSearch} />
      )}
      <div className={refreshing ? 'mx-body refreshing' : 'mx-body'} aria-busy={refreshing}>
        {matrix.rows.length === 0 ? (
          <State icon="person" title={t('policy.matrix.noRows')} text={t('policy.matrix.noRowsHint')} />
        ) : rows.length === 0 || columns.length === 0 ? (
          <State
            icon="search"
            title={search.diff && compared ? t('policy.compare.same') : t('policy.matrix.noMatch')}
          />
        ) : phone ? (
          <MatrixList matrix={matrix} looks={looks} rows={rows} columns={columns} differ={differ} changed={changed} onOpen={open} />
        ) : (
          <MatrixGrid
            matrix={matrix}
            looks={looks}
            rows={rows}
            columns={columns}
            differ={differ}
            changed={changed}
            onOpen={open}
            onHover={(at, element) => setHovered(at && element && !pressed ? { at, element } : undefined)}
          />
        )}
      </div>
      {hovered && !pressed && (
        <HoverPanel
          matrix={matrix}
          looks={looks}
          row={rows[hovered.at.row] ?? -1}
          column={columns[hovered.at.column] ?? -1}
          beside={hovered.element}
        />
      )}
      {row && pressed && (
        <Panel
          key={pressed.element.id}
          id="mx-panel"
          label={column ? t('policy.cell.title') : t('policy.row.title')}
          wide={Boolean(column)}
          anchor={anchor}
          onClose={close}
          onLeave={() => setPressed(undefined)}
        >
          {column ? (
            <CellPanel row={row} column={column} matrix={matrix} draft={draft} />
          ) : (
            <RowMenu
              row={row}
              search={search}
              mayEdit={policy.mayEdit}
              onSearch={(next) => {
                close()
                onSearch(next)
              }}
              onCopy={() => {
                close()
                setCopying(row.who)
              }}
            />
          )}
        </Panel>
      )}
      {copying && <CopyDialog from={copying} policy={policy} onClose={() => setCopying(undefined)} />}
    </>
  )
}
