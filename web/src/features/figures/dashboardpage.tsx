import { useMemo, useState } from 'react'
import type { Kind, Me } from '@/api/types'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { State } from '@/ui/states'
import { PanelCard } from './panel'
import { panelsOf, type Plan, tilesOf } from './plan'
import type { DashboardSearch } from './search'
import { TileCard } from './tile'
import './figures.css'

interface Props {
  me: Me
  kinds: Kind[]
  search: DashboardSearch
  onSearch: (search: DashboardSearch) => void
}

const periods = ['month', 'quarter', 'year'] as const

/** The first page: one's own figures, or those of all that one may see. */
export default function DashboardPage({ me, kinds, search, onSearch }: Props) {
  const { t } = useText()
  const [now] = useState(() => Date.now())
  useTitle(t('figures.title'))
  const period = search.period ?? 'month'
  const mine = search.whose === 'mine'
  const plan = useMemo<Plan>(
    () => ({ kinds: new Map(kinds.filter((k) => me.kinds.includes(k.name)).map((k) => [k.name, k])), period, mine, now }),
    [kinds, me.kinds, period, mine, now],
  )
  const tiles = useMemo(() => tilesOf(plan), [plan])
  const panels = useMemo(() => panelsOf(plan), [plan])
  if (me.kinds.length === 0) return <State page icon="shield" title={t('nav.nothingTitle')} text={t('nav.nothing')} />
  return (
    <div className="dash">
      <header className="dash-head">
        <div>
          <h1>{t('figures.hello', { name: me.person.name })}</h1>
          <p>{t(mine ? 'figures.mineText' : 'figures.allText')}</p>
        </div>
        <div className="dash-tools">
          <div className="segments" role="group" aria-label={t('figures.whose')}>
            <button type="button" aria-pressed={!mine} onClick={() => onSearch({ ...search, whose: undefined })}>
              {t('figures.all')}
            </button>
            <button type="button" aria-pressed={mine} onClick={() => onSearch({ ...search, whose: 'mine' })}>
              {t('figures.mine')}
            </button>
          </div>
          <div className="segments" role="group" aria-label={t('figures.period')}>
            {periods.map((p) => (
              <button key={p} type="button" aria-pressed={p === period} onClick={() => onSearch({ ...search, period: p === 'month' ? undefined : p })}>
                {t(`figures.periods.${p}`)}
              </button>
            ))}
          </div>
        </div>
      </header>
      {tiles.length === 0 && panels.length === 0 && <State icon="empty" title={t('figures.nothing')} text={t('figures.nothingText')} />}
      <div className="tiles">
        {tiles.map((tile) => (
          <TileCard key={tile.name} tile={tile} />
        ))}
      </div>
      <div className="panels">
        {panels.map((panel) => (
          <PanelCard key={panel.name} panel={panel} />
        ))}
      </div>
      {panels.length > 0 && <p className="dash-foot">{t('figures.rule')}</p>}
    </div>
  )
}
