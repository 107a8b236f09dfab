import { Link } from '@tanstack/react-router'
import { useFigures } from '@/api/figures'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { mainCurrency, shortNumber } from './amount'
import { filterOf, seen, type Ask, type Tile } from './plan'

const none = { filter: undefined }

const measureOf = (ask: Ask) => (ask.sum ? `sum:${ask.sum.name}` : undefined)

/** One figure, and the list that it is of. */
export function TileCard({ tile }: { tile: Tile }) {
  const { t, lang, format, pick } = useText()
  const { ask, previous } = tile
  const open = seen(ask.kind, ...tile.needs)
  const enabled = open !== 'none'
  const now = useFigures(ask.kind.name, { filter: filterOf(ask), measure: measureOf(ask) }, enabled)
  const then = useFigures(ask.kind.name, previous ? { filter: filterOf(previous), measure: measureOf(previous) } : none, enabled && previous !== undefined)
  const title = t(`figures.tiles.${tile.name}`)

  if (!enabled) {
    return (
      <div className="tile card">
        <h2>{title}</h2>
        <p className="tile-locked">
          <Icon name="lock" />
          {t(ask.sum ? 'figures.moneyHidden' : 'figures.hidden')}
        </p>
      </div>
    )
  }
  const bar = now.data?.groups[0]
  const currency = ask.sum ? mainCurrency(now.data?.groups ?? []) : undefined
  const value = currency === undefined ? (bar?.count ?? 0) : Number(bar?.sum?.[currency] ?? 0)
  const before = then.data?.groups[0]
  const old = currency === undefined ? (before?.count ?? 0) : Number(before?.sum?.[currency] ?? 0)
  const exact = currency === undefined ? format.integer(value) : format.money(bar?.sum?.[currency] ?? '0', currency || undefined)
  const mark = currency === undefined ? '' : format.money('0', currency || undefined).replace(/[\d.,]/g, '')
  if (hasFailed(now)) {
    return (
      <div className="tile card" role="alert">
        <h2>{title}</h2>
        <p className="tile-locked">{t('figures.failed')}</p>
        <button type="button" className="btn" onClick={() => void now.refetch()}>
          {t('app.retry')}
        </button>
      </div>
    )
  }
  return (
    <Link to="/records/$kind" params={{ kind: ask.kind.name }} search={{ f: ask.rows }} className="tile card" title={now.isPending ? undefined : exact}>
      <h2>{title}</h2>
      {now.isPending ? (
        <span className="bone tile-bone" role="status" aria-label={t('app.loading')} />
      ) : (
        <p className="tile-value num">
          {mark}
          {shortNumber(value, lang)}
          {ask.sum && bar && <small>{t('figures.records', { count: bar.count, n: format.integer(bar.count), kind: pick(ask.kind.label) })}</small>}
        </p>
      )}
      <p className="tile-note">
        {open === 'some' && ask.sum ? t('figures.some') : previous && then.data ? <Turn now={value} then={old} /> : t(`figures.tileNotes.${tile.name}`)}
      </p>
    </Link>
  )
}

/** More or less than in the period before. */
function Turn({ now, then }: { now: number; then: number }) {
  const { t } = useText()
  if (then === 0) return <span>{t(now === 0 ? 'figures.same' : 'figures.fromNothing')}</span>
  const percent = Math.round(((now - then) / Math.abs(then)) * 100)
  if (percent === 0) return <span>{t('figures.same')}</span>
  return (
    <span className={percent > 0 ? 'turn up' : 'turn down'}>
      <Icon name={percent > 0 ? 'up' : 'down'} />
      {t(percent > 0 ? 'figures.more' : 'figures.less', { percent: Math.abs(percent) })}
    </span>
  )
}
