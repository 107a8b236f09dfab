import { useNavigate } from '@tanstack/react-router'
import { useCallback, useDeferredValue, useMemo } from 'react'
import { fieldOf } from '@/api/kinds'
import { problemOf } from '@/api/problem'
import { useList } from '@/api/records'
import type { Item, Kind, ListQuery } from '@/api/types'
import { bothTexts, positionInRaw, simpleText } from '@/lib/conditions'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { itemText, useProblemText } from '@/permission/problemtext'
import { columnsOf } from './columns'
import { type ListState, ListView } from './listview'
import { isNarrowed, type ListSearch, nextSort, toSimple } from './search'

interface Props {
  kind: Kind
  search: ListSearch
  onSearch: (search: ListSearch) => void
}

/** The list of one kind: asks for its pages and hands what came to the view. */
export function ListPage({ kind, search, onSearch }: Props) {
  const { t, pick } = useText()
  const navigate = useNavigate()
  const problemText = useProblemText()
  useTitle(pick(kind.plural ?? kind.label))

  const columns = useMemo(() => columnsOf(kind, search.cols), [kind, search.cols])
  const simple = useMemo(() => simpleText(toSimple(search), kind.fields), [search, kind.fields])
  const query = useMemo<ListQuery>(() => {
    const names = new Set([...columns.map((c) => c.name), kind.title, ...(kind.subtitle ?? [])])
    if (fieldOf(kind, 'currency') && columns.some((c) => c.type === 'money')) names.add('currency')
    return {
      filter: bothTexts(simple, search.cel),
      q: search.q,
      sort: search.sort,
      fields: [...names].join(','),
    }
  }, [columns, kind, simple, search.cel, search.q, search.sort])

  const list = useList(kind.name, query)
  const items = useDeferredValue(useMemo(() => list.data?.pages.flatMap((p) => p.items) ?? [], [list.data]))
  const { fetchNextPage, isFetchingNextPage } = list

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
    status: list.isPending && !wrongFilter ? 'loading' : list.isError && items.length === 0 ? 'error' : 'ready',
    items,
    total: list.data?.pages[0]?.total,
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

  return (
    <ListView
      kind={kind}
      columns={columns}
      search={search}
      narrowed={isNarrowed(search)}
      state={state}
      onSearch={onSearch}
      onMore={more}
      onRetry={() => void list.refetch()}
      onSort={(key) => onSearch({ ...search, sort: nextSort(search.sort, key) })}
      onOpen={(item: Item) => void navigate({ to: '/records/$kind/$id', params: { kind: kind.name, id: item.id } })}
    />
  )
}

/** Says where in the text written by hand the server found the mistake. */
function filterFault(t: ReturnType<typeof useText>['t'], at: string, simple: string | undefined, raw: string) {
  const place = at.replace(/^filter /, '')
  const [, line, column] = /^(\d+):(\d+)$/.exec(positionInRaw(place, simple, raw)) ?? []
  return line && column ? t('filter.position', { line, column }) : ''
}
