import { useEffect, useMemo, useState } from 'react'
import { rereadLists, saveCells } from '@/api/celledit'
import { hasFailed } from '@/api/problem'
import { useList } from '@/api/records'
import type { Item, Kind } from '@/api/types'
import { bothTexts } from '@/lib/conditions'
import { usePhone } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { mayCreate } from '@/permission/access'
import { Failure } from '@/permission/failure'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { useUndo } from '@/ui/undo'
import { Agenda } from './agenda'
import { dayOf, dayOfValue, days, mondayOf, monthDays, plusDays, plusMonths, within } from './dates'
import { useRefusal } from './gate'
import { dueField } from './layouts'
import { MonthGrid } from './monthgrid'
import { QuickCreate, quickKind } from './quickcreate'
import type { ListSearch, Span } from './search'
import './calendar.css'

interface Props {
  kind: Kind
  filter: string | undefined
  search: ListSearch
  onSearch: (search: ListSearch, replace?: boolean) => void
  onOpen: (item: Item) => void
}

/** How many records a calendar reads for what it shows; more are for the table. */
const most = 1000
const agendaDays = 30

/** What is due, by month, week or as a list of days: mine or everybody's that one may see. */
export default function Calendar({ kind, filter, search, onSearch, onOpen }: Props) {
  const { t, lang } = useText()
  const phone = usePhone()
  const today = dayOf(new Date())
  const on = search.on ?? today
  const span: Span | 'month' = search.span ?? (phone ? 'agenda' : 'month')
  const field = dueField(kind)
  const [making, setMaking] = useState<string>()
  const [refused, setRefused] = useState<string>()
  const done = useUndo()
  const refusal = useRefusal(kind)

  const shown = useMemo(
    () => (span === 'month' ? monthDays(on) : span === 'week' ? days(mondayOf(on), 7) : days(on, agendaDays)),
    [span, on],
  )
  const range = field && within(field, span === 'agenda' ? plusDays(shown[0] ?? on, -90) : (shown[0] ?? on), plusDays(shown.at(-1) ?? on, 1))
  const whose = search.whose === 'mine' ? 'r.owner == p.id' : undefined
  const list = useList(kind.name, {
    filter: bothTexts(bothTexts(range, whose), filter),
    q: search.q,
    sort: field?.sort ? field.name : undefined,
    fields: [kind.title, 'stage', 'owner', 'customer', 'priority', field?.name].filter((n) => n && kind.fields.some((f) => f.name === n)).join(','),
  })
  const { hasNextPage, isFetching, fetchNextPage } = list
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data])
  useEffect(() => {
    if (hasNextPage && !isFetching && items.length < most) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage, items.length])

  const byDay = useMemo(() => {
    const map = new Map<string, Item[]>()
    for (const item of items) {
      const value = field && item.fields[field.name]
      if (typeof value !== 'string' || !field) continue
      const day = dayOfValue(value, field.type)
      map.set(day, [...(map.get(day) ?? []), item])
    }
    return map
  }, [items, field])

  if (!field) return null
  const live = kind.stages?.filter((stage) => !stage.retired) ?? []
  // What comes with Guan, or the company's own in its place. Only of tasks is it one tick.
  const finished = kind.name === 'task' ? (live.find((stage) => stage.code === 'done') ?? live.find((stage) => stage.outcome !== undefined))?.code : undefined
  const toggle = (item: Item) => {
    const before = item.fields.stage ?? null
    const to = before === finished ? (live[0]?.code ?? null) : (finished ?? null)
    const write = (version: number, stage: typeof before) => saveCells(kind.name, { id: item.id, version, fields: { stage } })
    setRefused(undefined)
    write(item.version, to)
      .then((saved) => {
        done(t(to === finished ? 'lists.calendar.finished' : 'lists.calendar.reopened', { title: saved.title }), () => write(saved.version, before))
      })
      .catch((error: unknown) => {
        setRefused(refusal(error))
        void rereadLists(kind.name)
      })
  }
  const go = (step: number) =>
    onSearch({ ...search, on: span === 'month' ? plusMonths(on, step) : plusDays(on, step * (span === 'week' ? 7 : agendaDays)) }, true)
  const may = mayCreate(kind) && quickKind(kind, field)
  const title = new Intl.DateTimeFormat(lang, { year: 'numeric', month: 'long' }).format(new Date(`${on}T12:00:00`))
  const shared = { kind, field, finished, byDay, today, onOpen, onToggle: finished ? toggle : undefined, onCreate: may ? setMaking : undefined }

  return (
    <div className="calendar">
      <div className="calendar-bar">
        <button type="button" className="btn" onClick={() => onSearch({ ...search, on: undefined }, true)}>
          {t('lists.calendar.today')}
        </button>
        <button type="button" className="quiet icon-only" aria-label={t('lists.calendar.before')} onClick={() => go(-1)}>
          <Icon name="left" />
        </button>
        <button type="button" className="quiet icon-only" aria-label={t('lists.calendar.after')} onClick={() => go(1)}>
          <Icon name="right" />
        </button>
        <h2 aria-live="polite">{title}</h2>
        <div className="segments words" role="group" aria-label={t('lists.calendar.whose')}>
          {(['mine', undefined] as const).map((one) => (
            <button key={one ?? 'all'} type="button" aria-pressed={search.whose === one} onClick={() => onSearch({ ...search, whose: one })}>
              {t(one ? 'lists.calendar.mine' : 'lists.calendar.team')}
            </button>
          ))}
        </div>
        <div className="segments words" role="group" aria-label={t('lists.calendar.span')}>
          {(['month', 'week', 'agenda'] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={span === one}
              onClick={() => onSearch({ ...search, span: one === 'month' ? undefined : one })}
            >
              {t(`lists.calendar.spans.${one}`)}
            </button>
          ))}
        </div>
      </div>
      {refused && (
        <p className="note bad" role="alert">
          {refused}
        </p>
      )}
      {list.hasNextPage && items.length >= most && <p className="note warn">{t('lists.calendar.many', { n: String(most) })}</p>}
      {hasFailed(list) ? (
        <Failure error={list.error} onRetry={() => void list.refetch()} />
      ) : list.isPending ? (
        <BoneRows />
      ) : span === 'agenda' ? (
        <Agenda {...shared} days={shown} from={on} />
      ) : (
        <MonthGrid
          {...shared}
          days={shown}
          on={on}
          most={span === 'month' ? 3 : undefined}
          onDay={(day) => onSearch({ ...search, on: day }, true)}
          onMore={(day) => onSearch({ ...search, on: day, span: 'agenda' })}
        />
      )}
      {making && (
        <QuickCreate
          kind={kind}
          field={field}
          day={making}
          onClose={() => setMaking(undefined)}
          onMade={(item) => {
            setMaking(undefined)
            toast(t('form.created', { title: item.title }))
          }}
        />
      )}
    </div>
  )
}
