import { Link } from '@tanstack/react-router'
import { fieldOf } from '@/api/kinds'
import type { PoolStanding } from '@/api/pools'
import { useShortList } from '@/api/records'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { hiddenWords } from './hiddenwords'

/** One pool as a person works with it. */
export function PoolCard({ pool, kind }: { pool: PoolStanding; kind?: Kind }) {
  const text = useText()
  const { t, format } = text
  // How much lies there is counted where one may filter by the pool.
  const counts = kind !== undefined && fieldOf(kind, 'pool')?.filter === true
  const list = useShortList('customer', { filter: `r.pool == '${pool.id}'`, limit: 1, fields: 'pool', count: 'capped' }, counts)
  const total = list.data?.total
  const asks = pool.asks ?? []
  const claims = pool.can.includes('claim') || asks.includes('claim')
  const left = (most: number, used: number) => format.integer(Math.max(0, most - used))
  const fact = (key: 'claims' | 'held' | 'views' | 'coolDown', value: string, low = false) => (
    <div className={low ? 'low' : undefined}>
      <dt>{t(`pools.card.${key}`)}</dt>
      <dd>{value}</dd>
    </div>
  )
  const of = (n: number, most: number) => (most > 0 ? t('pools.card.of', { n: format.integer(n), most: format.integer(most) }) : format.integer(n))
  return (
    <article className="card pool-card">
      <header>
        <h2>
          <Link to="/records/$kind" params={{ kind: 'customer' }} search={{ f: [['pool', 'eq', pool.id]] }}>
            <Icon name="pool" />
            {pool.name}
          </Link>
        </h2>
        {total && <p className="muted num">{total.capped ? t('pools.card.over', { n: format.integer(total.count) }) : t('pools.card.lies', { count: total.count, n: format.integer(total.count) })}</p>}
      </header>
      {claims && (
        <dl className="pool-facts num">
          {fact('claims', pool.claims_per_day > 0 ? t('pools.card.left', { n: left(pool.claims_per_day, pool.claims_today), most: format.integer(pool.claims_per_day) }) : t('pools.card.open'), pool.claims_per_day > 0 && pool.claims_today >= pool.claims_per_day)}
          {fact('held', of(pool.held, pool.claims_held), pool.claims_held > 0 && pool.held >= pool.claims_held)}
          {pool.views_per_day > 0 && !pool.can.includes('assign') && fact('views', t('pools.card.left', { n: left(pool.views_per_day, pool.views_today), most: format.integer(pool.views_per_day) }), pool.views_today >= pool.views_per_day)}
          {fact('coolDown', pool.cool_down_days > 0 ? t('pools.card.days', { count: pool.cool_down_days, n: format.integer(pool.cool_down_days) }) : t('pools.card.noCoolDown'))}
        </dl>
      )}
      {pool.hidden.length > 0 && (
        <p className="pool-hidden">
          <Icon name="lock" />
          {t('pools.card.hidden', { fields: hiddenWords(text, kind?.fields ?? [], pool.hidden) })}
        </p>
      )}
      <footer>
        <span className="tags">
          {pool.can.map((act) => (
            <span key={act} className="tag">
              {t(`pools.may.${act as 'claim'}`)}
            </span>
          ))}
          {asks.map((act) => (
            <span key={act} className="tag">
              <Icon name="shield" />
              {t(`pools.may.asks.${act as 'claim'}`)}
            </span>
          ))}
        </span>
        <Link to="/records/$kind" params={{ kind: 'customer' }} search={{ f: [['pool', 'eq', pool.id]] }} className="btn">
          {t('pools.card.go')}
        </Link>
      </footer>
    </article>
  )
}
