import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useId, useMemo, useState } from 'react'
import { type FigureBar, useFigures } from '@/api/figures'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { Icon } from '@/ui/icons'
import { Still } from '@/ui/states'
import { mainCurrency, shortNumber, weight } from './amount'
import { Chart } from './chart'
import { drill } from './drill'
import type { Bar } from './option'
import { filterOf, type Panel, seen } from './plan'

const ranked = 10

/** A chart with its table, each row of which opens its list. */
export function PanelCard({ panel }: { panel: Panel }) {
  const { t, lang, format } = useText()
  const navigate = useNavigate()
  const id = useId()
  const [table, setTable] = useState(false)
  const { ask } = panel
  const open = seen(ask.kind, ...panel.needs)
  const money = ask.sum ? seen(ask.kind, ask.sum.name, 'currency') : 'none'
  // Without the amounts the same is told by how many there are.
  const summed = ask.sum !== undefined && money !== 'none'
  const figures = useFigures(
    ask.kind.name,
    { filter: filterOf(ask), group: ask.group, measure: summed && ask.sum ? `sum:${ask.sum.name}` : undefined },
    open !== 'none',
  )
  const name = useGroupName(panel)
  const currency = summed ? mainCurrency(figures.data?.groups ?? []) : undefined
  const groups = useMemo(() => arranged(panel, figures.data?.groups ?? [], currency), [panel, figures.data, currency])
  const bars = useMemo<Bar[]>(
    () =>
      groups.map((g) => ({
        key: g.key,
        label: name(g, true),
        value: weight(g, currency),
        note: currency === undefined ? undefined : t('figures.count', { count: g.count, n: format.integer(g.count) }),
      })),
    [groups, name, currency, t, format],
  )
  const write = useCallback(
    (value: number) => (currency ? format.money('0', currency).replace(/[\d.,]/g, '') : '') + shortNumber(value, lang),
    [currency, format, lang],
  )
  const toList = useCallback(
    (key: string) => {
      const f = drill(ask, key)
      if (f) void navigate({ to: '/records/$kind', params: { kind: ask.kind.name }, search: { f } })
    },
    [ask, navigate],
  )

  const title = t(`figures.panels.${panel.name}`)
  const empty = !figures.data?.groups.some((g) => g.count > 0)
  const notes = [
    ask.sum && !summed ? t('figures.moneyHiddenCounts') : undefined,
    money === 'some' && summed ? t('figures.some') : undefined,
    figures.data?.other ? t('figures.other', { count: figures.data.other.groups }) : undefined,
  ].filter(Boolean)
  return (
    <section className={`panel card panel-${panel.name}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {open !== 'none' && !empty && (
          <button type="button" className="quiet" aria-pressed={table} onClick={() => setTable(!table)}>
            {t(table ? 'figures.showChart' : 'figures.showTable')}
          </button>
        )}
      </header>
      {open === 'none' ? (
        <p className="panel-none">
          <Icon name="lock" />
          {t('figures.hidden')}
        </p>
      ) : figures.isPending ? (
        <div role="status" aria-label={t('app.loading')}>
          <span className="bone panel-bone" />
          <Still />
        </div>
      ) : hasFailed(figures) ? (
        <Failure error={figures.error} onRetry={() => void figures.refetch()} />
      ) : empty ? (
        <p className="panel-none">
          <Icon name="empty" />
          {t('figures.empty')}
        </p>
      ) : table ? (
        <Twin groups={groups} title={title} name={name} summed={summed} panel={panel} />
      ) : (
        <Chart shape={panel.shape} bars={bars} label={t('figures.chartLabel', { title })} write={write} onOpen={toList} />
      )}
      {notes.length > 0 && <p className="panel-note">{notes.join(t('figures.between'))}</p>}
    </section>
  )
}

/** Every key in its place, or the first of a ranking. */
function arranged(panel: Panel, groups: FigureBar[], currency: string | undefined): FigureBar[] {
  const found = (key: string) => groups.find((g) => g.key === key)
  if (panel.keys) return panel.keys.filter((key) => !panel.retired?.includes(key) || found(key)).map((key) => found(key) ?? { key, count: 0 })
  return [...groups].sort((a, b) => weight(b, currency) - weight(a, currency)).slice(0, ranked)
}

function useGroupName(panel: Panel) {
  const { t, pick, lang } = useText()
  const { kind, group = '' } = panel.ask
  return useCallback(
    (bar: FigureBar, short = false) => {
      if (bar.title) return bar.title
      if (bar.key === '') return t('figures.missing')
      const field = kind.fields.find((f) => f.name === group)
      const choice = (field?.choices ?? (group === 'stage' ? kind.stages : undefined))?.find((c) => c.code === bar.key)
      if (choice) return pick(choice.label)
      if (/^\d{4}-\d\d$/.test(bar.key)) {
        const options: Intl.DateTimeFormatOptions = short ? { month: 'short', timeZone: 'UTC' } : { year: 'numeric', month: 'long', timeZone: 'UTC' }
        return new Intl.DateTimeFormat(lang, options).format(new Date(`${bar.key}-01T00:00:00Z`))
      }
      return field?.type === 'ref' ? t('record.unreadable') : bar.key
    },
    [kind, group, t, pick, lang],
  )
}

interface TwinProps {
  groups: FigureBar[]
  title: string
  name: (bar: FigureBar) => string
  summed: boolean
  panel: Panel
}

/** What the chart shows, as a table. */
function Twin({ groups, title, name, summed, panel }: TwinProps) {
  const { t, format, pick } = useText()
  const { ask } = panel
  return (
    <div className="twin" tabIndex={0} role="region" aria-label={title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('figures.group')}</th>
            <th scope="col">{t('figures.howMany')}</th>
            {summed && ask.sum && <th scope="col">{pick(ask.sum.label)}</th>}
          </tr>
        </thead>
        <tbody>
          {groups.map((g) => (
            <tr key={g.key}>
              <th scope="row">
                <Link to="/records/$kind" params={{ kind: ask.kind.name }} search={{ f: drill(ask, g.key) }}>
                  {name(g)}
                </Link>
              </th>
              <td className="num">{format.integer(g.count)}</td>
              {summed && (
                <td className="num">
                  {Object.entries(g.sum ?? {}).map(([currency, sum]) => (
                    <div key={currency}>{format.money(sum, currency || undefined)}</div>
                  ))}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
