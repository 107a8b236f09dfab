import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import type { Field, Item, Kind, Total } from '@/api/types'
import { usePhone } from '@/lib/hooks'
import { withTexts } from '@/lib/i18n'
import { type Text, useText } from '@/lib/usetext'
import { mayCreate, needsApproval } from '@/permission/access'
import { Failure } from '@/permission/failure'
import { heldMark } from '@/permission/heldmark'
import type { Column, Picking } from '@/ui/columns'
import { type Editing, Grid } from '@/ui/grid'
import { Icon } from '@/ui/icons'
import { BoneRows, State } from '@/ui/states'
import { Card } from './card'
import { ColumnChooser } from './columnchooser'
import { isEnd, widthIn } from './columns'
import { LayoutSwitch } from './layoutswitch'
import { SearchBox } from './searchbox'
import { SortSelect } from './sortselect'
import { activeConditions, type Layout, type ListSearch } from './search'
import { TitleLink } from './titlelink'
import { fieldValue } from '@/fields/value'
import './records.css'

const FilterPanel = lazy(() => withTexts(['lists'], import('./filterpanel')))

export interface ListState {
  status: 'loading' | 'error' | 'ready'
  items: Item[]
  total?: Total
  refreshing: boolean
  more: 'none' | 'some' | 'loading' | 'failed'
  error?: unknown
  /** What the server found wrong in the filter, and where. */
  filterError?: string
}

interface Props {
  kind: Kind
  columns: Field[]
  search: ListSearch
  narrowed: boolean
  state: ListState
  /** Not a table: what is drawn stands in children. */
  layout?: Layout
  viewMenu?: ReactNode
  picking?: Picking<Item>
  editing?: Editing<Item>
  rowActs?: (item: Item) => ReactNode
  /** What is offered for the chosen rows. */
  foot?: ReactNode
  children?: ReactNode
  onSearch: (search: ListSearch) => void
  onSort: (key: string) => void
  onOpen: (item: Item) => void
  onMore: () => void
  onRetry: () => void
}

export function ListView(props: Props) {
  const { kind, search, state, layout, onSearch } = props
  const { t, pick } = useText()
  const phone = usePhone()
  const [filtering, setFiltering] = useState(Boolean(state.filterError))
  const name = pick(kind.plural ?? kind.label)
  const count = activeConditions(search, kind) + (search.cel ? 1 : 0)
  return (
    <section className="list-page">
      <header className="list-top">
        <div className="list-title">
          <h1>{name}</h1>
          {props.viewMenu}
          {!layout && <Count state={state} />}
        </div>
        <div className="list-tools">
          <SearchBox
            value={search.q ?? ''}
            label={t('list.search', { kind: name })}
            onChange={(q) => onSearch({ ...search, q: q || undefined })}
          />
          <button
            type="button"
            className={count > 0 ? 'quiet on' : 'quiet'}
            aria-expanded={filtering}
            onClick={() => setFiltering(!filtering)}
          >
            <Icon name="filter" />
            {count > 0 ? t('filter.active', { count }) : t('list.filter')}
          </button>
          {phone && !layout && (
            <SortSelect
              columns={props.columns}
              sort={search.sort}
              onSort={(sort) => onSearch({ ...search, sort })}
            />
          )}
          {layout !== 'calendar' && (
            <ColumnChooser kind={kind} columns={props.columns} search={search} onSearch={onSearch} />
          )}
          <LayoutSwitch kind={kind} layout={layout} search={search} onSearch={onSearch} />
          {kind.can.includes('import') && !phone && (
            <Link to="/data/imports/new" search={{ kind: kind.name }} className="quiet">
              <Icon name="up" />
              {t('nav.imports')}
            </Link>
          )}
          {mayCreate(kind) && (
            <Link to="/records/$kind/new" params={{ kind: kind.name }} className="btn primary">
              <Icon name="plus" />
              {t('list.create', { kind: pick(kind.label) })}
            </Link>
          )}
        </div>
      </header>
      {(filtering || state.filterError) && (
        <Suspense fallback={<div className="filter-panel" aria-busy="true" />}>
          <FilterPanel
            key={JSON.stringify([search.f, search.any, search.cel])}
            kind={kind}
            search={search}
            error={state.filterError}
            onApply={onSearch}
          />
        </Suspense>
      )}
      <div className={state.refreshing ? 'list-body refreshing' : 'list-body'} aria-busy={state.refreshing}>
        {layout ? props.children : <Body {...props} name={name} />}
      </div>
      {props.foot}
    </section>
  )
}

function Count({ state }: { state: ListState }) {
  const { t, format } = useText()
  const { total, status, refreshing } = state
  return (
    <span className="list-count num" role="status">
      {status === 'loading' && t('list.counting')}
      {status === 'ready' && total && total.capped && t('list.over', { n: format.number(total.count) })}
      {status === 'ready' && total && !total.capped && (
        <>{t('list.count', { count: total.count, n: format.number(total.count) })}</>
      )}
      {refreshing && <span className="sr-only">{t('list.refetching')}</span>}
    </span>
  )
}

function Body({ kind, columns, search, narrowed, state, name, ...on }: Props & { name: string }) {
  const text = useText()
  const { t } = text
  const phone = usePhone()
  const grid = useMemo(
    () => columns.map((field): Column<Item> => column(kind, field, text, search, on.rowActs)),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [columns, kind, text, search.sort, search.w, on.rowActs],
  )
  const card = useMemo(
    () => (phone ? (item: Item) => <Card kind={kind} item={item} columns={columns} acts={on.rowActs?.(item)} /> : undefined),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [phone, kind, columns, on.rowActs],
  )
  if (state.status === 'loading') return <BoneRows />
  if (state.status === 'error' && !state.filterError) {
    return <Failure error={state.error} onRetry={on.onRetry} />
  }
  if (state.items.length === 0 && state.filterError) {
    return <State icon="filter" title={t('filter.mend')} text={t('filter.mendHint')} />
  }
  if (state.items.length === 0 && narrowed) {
    return (
      <State icon="search" title={t('list.noMatch', { kind: name })} text={t('list.noMatchHint')}>
        <button
          type="button"
          className="btn"
          onClick={() => on.onSearch({ ...search, f: undefined, any: undefined, cel: undefined, q: undefined })}
        >
          {t('list.clearAll')}
        </button>
      </State>
    )
  }
  if (state.items.length === 0) {
    return <State icon="empty" title={t('list.noData', { kind: name })} text={t('list.noDataHint', { kind: name })} />
  }
  return (
    <Grid
      label={t('list.table', { kind: name })}
      columns={grid}
      rows={state.items}
      rowKey={(item) => item.id}
      onOpen={on.onOpen}
      onSort={on.onSort}
      more={state.more}
      onMore={on.onMore}
      card={card}
      picking={on.picking}
      editing={on.editing}
      onWidth={(name, width) => on.onSearch({ ...search, w: { ...search.w, [name]: width } })}
    />
  )
}

/** A value with the sign of what is changed with approval only. */
const marked = (item: Item, field: Field, text: Text, value: ReactNode): ReactNode =>
  needsApproval(item, field.name) ? (
    <span className="held-cell">
      {value}
      {heldMark(text)}
    </span>
  ) : (
    value
  )

function column(kind: Kind, field: Field, text: Text, { sort, w }: ListSearch, acts: Props['rowActs']): Column<Item> {
  const isTitle = field.name === kind.title
  const order = sort === field.name ? 'ascending' : sort === `-${field.name}` ? 'descending' : 'none'
  return {
    key: field.name,
    title: text.pick(field.label),
    width: widthIn(w, field, isTitle),
    grow: isTitle && w?.[field.name] === undefined,
    end: isEnd(field),
    sort: field.sort ? order : undefined,
    cell: (item) =>
      !isTitle ? (
        marked(item, field, text, fieldValue({ kind, item, field, short: true }, text))
      ) : acts ? (
        <>
          <TitleLink kind={kind} item={item} />
          {acts(item)}
        </>
      ) : (
        <TitleLink kind={kind} item={item} />
      ),
  }
}
