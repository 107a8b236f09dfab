import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { hasFailed } from '@/api/problem'
import { useList, useShortList } from '@/api/records'
import type { Field, Item, Kind } from '@/api/types'
import { bothTexts, quote } from '@/lib/conditions'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { mayEdit } from '@/permission/access'
import { DragPiece, DropPlace } from '@/ui/drag'
import { Icon } from '@/ui/icons'
import { Still } from '@/ui/states'
import { BoardCard } from './boardcard'
import { passage, usePassageText } from './gate'
import type { ListSearch } from './search'

interface Props {
  kind: Kind
  stage: string
  label: string
  filter: string | undefined
  search: ListSearch
  fields: string
  shown: Field[]
  money?: Field
  dragged?: Item
  onMove: (item: Item, to: string) => void
  onOpen: (item: Item) => void
}

const cardHeight = 118

/** One stage: its own endless list, with its count, and its sum where every amount is plain. */
export function BoardColumn({ kind, stage, label, filter, search, fields, shown, money, dragged, onMove, onOpen }: Props) {
  const { t, format } = useText()
  const passageText = usePassageText(kind)
  const scroller = useRef<HTMLDivElement>(null)
  const mine = bothTexts(`r.stage == ${quote(stage)}`, filter)
  const list = useList(kind.name, { filter: mine, q: search.q, sort: search.sort, fields })
  const summed = money?.level === 'plain'
  const sums = useShortList(kind.name, { filter: mine, q: search.q, limit: 1, fields: kind.title, sum: money?.name }, summed)
  // A card that was moved leaves at once: its new column may have been read again before this one.
  const items = useMemo(
    () => list.data?.pages.flatMap((page) => page.items).filter((item) => (item.fields.stage ?? stage) === stage) ?? [],
    [list.data, stage],
  )
  const total = list.data?.pages[0]?.total
  // The virtualizer keeps its own state and asks for a render itself.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => cardHeight,
    gap: 8,
    overscan: 4,
    getItemKey: (index) => items[index]?.id ?? index,
    useFlushSync: false,
  })
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError && last >= items.length - 8) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, last, items.length])

  const way = dragged && dragged.fields.stage !== stage ? passage(kind, dragged, stage) : undefined
  const shut = way !== undefined && (way.barred !== undefined || way.locked)
  const amounts = Object.entries(sums.data?.sums?.[money?.name ?? ''] ?? {})
  return (
    <DropPlace<string> id={stage} place={stage} disabled={shut} className={`board-column${shut ? ' shut' : ''}`}>
      <header className="board-head">
        <h2>
          {label}
          {total && (
            <span className="board-count num">
              {format.number(total.count)}
              {total.capped && '+'}
            </span>
          )}
        </h2>
        {money && (
          <p className="board-sum num">
            {summed
              ? amounts.length > 0
                ? amounts.map(([currency, sum]) => format.money(sum, currency || undefined)).join(' + ')
                : t('app.empty')
              : t('lists.board.partly', { field: t('lists.board.amounts') })}
          </p>
        )}
        {way && (
          <p className={shut ? 'board-gate shut' : 'board-gate'}>
            <Icon name={shut ? 'lock' : 'info'} />
            {passageText(stage, way)}
          </p>
        )}
      </header>
      <div ref={scroller} className="board-list" role="region" aria-label={label} tabIndex={0} aria-busy={list.isPending}>
        {list.isPending && (
          <div role="status" aria-label={t('app.loading')}>
            <span className="bone board-bone" />
            <Still />
          </div>
        )}
        {hasFailed(list) && <Failure error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && items.length === 0 && <p className="board-none">{t('lists.board.none')}</p>}
        <ul style={{ height: virtual.getTotalSize() }}>
          {rows.map((row) => {
            const item = items[row.index]
            if (!item) return null
            return (
              <li
                key={row.key}
                ref={virtual.measureElement}
                data-index={row.index}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <DragPiece<Item> id={item.id} piece={item} disabled={!mayEdit(item, 'stage')} className="board-piece">
                  <BoardCard kind={kind} item={item} shown={shown} onMove={onMove} onOpen={onOpen} />
                </DragPiece>
              </li>
            )
          })}
        </ul>
        {isFetchingNextPage && <p className="board-none">{t('list.loadingMore')}</p>}
        {isFetchNextPageError && (
          <button type="button" className="btn" onClick={() => void fetchNextPage()}>
            {t('app.retry')}
          </button>
        )}
      </div>
    </DropPlace>
  )
}
