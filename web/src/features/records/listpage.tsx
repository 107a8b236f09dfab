import { useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useCallback, useDeferredValue, useEffect, useMemo } from 'react'
import { fieldOf } from '@/api/kinds'
import type { Many } from '@/api/pools'
import { hasFailed, problemOf } from '@/api/problem'
import { useList } from '@/api/records'
import type { Item, Kind, ListQuery } from '@/api/types'
import { viewedPerson } from '@/api/viewas'
import { useViews } from '@/api/views'
import { bothTexts, positionInRaw, simpleText } from '@/lib/conditions'
import { usePhone, useTitle } from '@/lib/hooks'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { itemText, useProblemText } from '@/permission/problemtext'
import { BoneRows } from '@/ui/states'
import { columnsOf } from './columns'
import { useCellEditing } from './editing'
import { hasBoard, hasCalendar } from './layouts'
import { type ListState, ListView } from './listview'
import { isNarrowed, isUntouched, type ListSearch, nextSort, toSimple } from './search'
import { useSelection } from './selection'
import { ViewMenu } from './viewmenu'

const MassBar = lazy(() => withTexts(['lists'], import('./massbar')))
const Board = lazy(() => withTexts(['lists'], import('./board')))
const Calendar = lazy(() => withTexts(['lists'], import('./calendar')))

interface Props {
  kind: Kind
  search: ListSearch
  onSearch: (search: ListSearch, replace?: boolean) => void
  /** What can be done with the record of a row, and with the chosen ones. */
  rowActs?: (item: Item) => ReactNode
  massActs?: (items: Item[], match: Many['match'] | undefined, onDone: () => void) => ReactNode
}

/** The list of one kind: asks for its pages and hands what came to the view. */
export function ListPage({ kind, search, onSearch, rowActs, massActs }: Props) {
  const { t, pick } = useText()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const phone = usePhone()
  useTitle(pick(kind.plural ?? kind.label))

  // Who opens a list without a question gets the one they chose as theirs.
  const own = viewedPerson() === undefined
  const views = useViews(kind.name, own)
  const first = isUntouched(search) ? views.data?.find((view) => view.default && !view.closed) : undefined
  useEffect(() => {
    if (first) onSearch({ ...first.search, v: first.id }, true)
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [first?.id])

  const columns = useMemo(() => columnsOf(kind, search.cols), [kind, search.cols])
  const simple = useMemo(() => simpleText(toSimple(search), kind.fields), [search, kind.fields])
  const filter = bothTexts(simple, search.cel)
  const query = useMemo<ListQuery>(() => {
    const names = new Set([...columns.map((c) => c.name), kind.title, ...(kind.subtitle ?? [])])
    if (fieldOf(kind, 'currency') && columns.some((c) => c.type === 'money')) names.add('currency')
    // What can be done with a record of the pools is seen by whose it is and where it lies.
    if (rowActs) for (const name of ['owner', 'pool']) if (fieldOf(kind, name)) names.add(name)
    return { filter, q: search.q, sort: search.sort, fields: [...names].join(',') }
  }, [columns, kind, filter, search.q, search.sort, rowActs])

  const layout = search.as === 'board' && hasBoard(kind) ? 'board' : search.as === 'calendar' && hasCalendar(kind) ? 'calendar' : undefined
  const list = useList(kind.name, query, layout === undefined)
  // What is drawn may lag behind what has come; both are then of one answer.
  const shown = useDeferredValue(list.data)
  const items = useMemo(() => shown?.pages.flatMap((p) => p.items) ?? [], [shown])
  const { fetchNextPage, isFetchingNextPage } = list
  const selection = useSelection(items, JSON.stringify([kind.name, filter, search.q]))
  const editing = useCellEditing(kind, useMemo(() => columns.map((c) => ({ key: c.name })), [columns]))

  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])

  const problem = list.error && problemOf(list.error)
  // A refused filter is the writer's to mend, in the filter bar, so it does not empty the page.
  const wrongFilter = problem?.status === 400 || problem?.status === 422
  const fault = problem?.errors?.[0]
  const filterError = wrongFilter
    ? filterFault(t, fault?.at ?? '', simple, search.cel ?? '') +
      ((fault && itemText(t, fault)) ?? fault?.detail ?? problem.detail ?? problemText(list.error))
    : undefined

  const state: ListState = {
    status: hasFailed(list) ? 'error' : shown === undefined ? 'loading' : 'ready',
    items,
    total: shown?.pages[0]?.total,
    refreshing: list.isFetching && !list.isPending && !isFetchingNextPage,
    more: isFetchingNextPage
      ? 'loading'
      : list.isFetchNextPageError
        ? 'failed'
        : list.hasNextPage && !list.isPlaceholderData
          ? 'some'
          : 'none',
    error: list.error ?? undefined,
    filterError,
  }

  const open = (item: Item) => void navigate({ to: '/records/$kind/$id', params: { kind: kind.name, id: item.id } })
  const chosen = selection.every || selection.picked.size > 0
  return (
    <ListView
      kind={kind}
      columns={columns}
      search={search}
      narrowed={isNarrowed(search)}
      state={state}
      layout={layout}
      // Views are one's own; with other eyes there are none.
      viewMenu={own && <ViewMenu kind={kind} search={search} views={views} onSearch={onSearch} />}
      picking={{ ...selection, label: (item) => t('list.pick', { title: item.title }), allLabel: t('list.pickAll') }}
      editing={phone ? undefined : editing}
      rowActs={rowActs}
      onSearch={onSearch}
      onMore={more}
      onRetry={() => void list.refetch()}
      onSort={(key) => onSearch({ ...search, sort: nextSort(search.sort, key) })}
      onOpen={open}
      foot={
        chosen && (
          <Suspense>
            <MassBar
              kind={kind}
              selection={selection}
              total={state.total}
              filter={filter}
              search={search}
              fields={columns.map((c) => c.name)}
              more={massActs?.(
                selection.every ? items : items.filter((item) => selection.picked.has(item.id)),
                selection.every ? { filter, q: search.q, sort: search.sort } : undefined,
                selection.clear,
              )}
            />
          </Suspense>
        )
      }
    >
      {layout && (
        <Suspense fallback={<BoneRows />}>
          {layout === 'board' ? (
            <Board kind={kind} filter={filter} search={search} columns={columns} onOpen={open} />
          ) : (
            <Calendar kind={kind} filter={filter} search={search} onSearch={onSearch} onOpen={open} />
          )}
        </Suspense>
      )}
    </ListView>
  )
}

/** Says where in the text written by hand the server found the mistake. */
function filterFault(t: ReturnType<typeof useText>['t'], at: string, simple: string | undefined, raw: string) {
  const place = at.replace(/^filter /, '')
  const [, line, column] = /^(\d+):(\d+)$/.exec(positionInRaw(place, simple, raw)) ?? []
  return line && column ? t('filter.position', { line, column }) : ''
}
