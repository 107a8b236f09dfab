import { useMemo } from 'react'
import type { Statistics, StatisticsBar, StatisticsField } from '@/api/statistics'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { mainCurrency, shortNumber } from './amount'
import { Chart } from './chart'
import type { Bar } from './option'

interface Props {
  told: Statistics
  by?: StatisticsField
  of?: StatisticsField
  average: boolean
}

/** How many groups that are not shown are named. */
const mostNames = 30

/** The answer as a chart and a table. What is not shown says so, and never why. */
export function StatisticsAnswer({ told, by, of, average }: Props) {
  const { t, lang, format } = useText()
  const name = useName(by)
  const shown = useMemo(() => told.groups.filter((g) => g.shown), [told])
  const currency = of ? mainCurrency(shown.map((g) => ({ count: g.count ?? 0, sum: g.sum }))) : undefined
  const value = (g: StatisticsBar) => (of ? Number((average ? g.average : g.sum)?.[currency ?? ''] ?? 0) : (g.count ?? 0))
  const bars: Bar[] = shown.map((g) => ({ key: g.key, label: name(g), value: value(g), note: t('statistics.about', { n: format.integer(g.count ?? 0) }) }))
  const months = by?.ask.startsWith('month(') ?? false
  // A month stays in its place; of others, what is told comes first, and what is not is said once.
  const rows = months ? told.groups : shown
  const withheld = months ? [] : told.groups.filter((g) => !g.shown)
  const names = [...new Set(withheld.map(name))]
  const amount = (all: Record<string, string> | undefined) => Object.entries(all ?? {}).map(([unit, x]) => (unit ? format.money(x, unit) : format.number(Number(x))))
  return (
    <>
      {shown.length === 0 && (
        <p className="panel-none">
          <Icon name="shield" />
          {t('statistics.empty', { n: told.least })}
        </p>
      )}
      {by && shown.length > 0 && (
        <Chart shape={months ? 'line' : 'rank'} bars={bars} label={t('statistics.chart')} write={(x) => shortNumber(x, lang)} onOpen={() => undefined} />
      )}
      {told.groups.length > 0 && (
        <div className="twin statistics-table" tabIndex={0} role="region" aria-label={t('statistics.table')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('figures.group')}</th>
                <th scope="col">{t('statistics.count')}</th>
                {of && <th scope="col">{t('statistics.sum')}</th>}
                {of && <th scope="col">{t('statistics.average')}</th>}
              </tr>
            </thead>
            <tbody>
              {rows.map((g) => (
                <tr key={g.key}>
                  <th scope="row">{name(g)}</th>
                  {g.shown ? (
                    <>
                      <td className="num">{t('statistics.about', { n: format.integer(g.count ?? 0) })}</td>
                      {of && <Amounts list={amount(g.sum)} none="" />}
                      {of && <Amounts list={amount(g.average)} none={t('statistics.noAverage', { n: 2 * told.least })} />}
                    </>
                  ) : (
                    <Withheld of={of} least={told.least} />
                  )}
                </tr>
              ))}
              {withheld.length > 0 && (
                <tr>
                  <th scope="row">
                    {names.length === withheld.length && names.length <= mostNames
                      ? names.join(t('app.comma'))
                      : t('statistics.others', { n: format.integer(withheld.length), names: names.slice(0, mostNames).join(t('app.comma')) })}
                  </th>
                  <Withheld of={of} least={told.least} />
                </tr>
              )}
            </tbody>
          </table>
        </div>
      )}
      <p className="panel-note">
        {t('statistics.asOf', { at: format.moment(told.at), base: told.base, n: told.least })} {t('statistics.left', { n: format.integer(told.left) })}
      </p>
    </>
  )
}

function Withheld({ of, least }: { of?: StatisticsField; least: number }) {
  const { t } = useText()
  return (
    <td colSpan={of ? 3 : 1} className="muted">
      {t('statistics.withheld', { n: least })}
    </td>
  )
}

function Amounts({ list, none }: { list: string[]; none: string }) {
  return (
    <td className={list.length ? 'num' : 'muted'}>
      {list.map((x) => (
        <div key={x}>{x}</div>
      ))}
      {list.length === 0 && none}
    </td>
  )
}

function useName(by?: StatisticsField) {
  const { t, pick, lang } = useText()
  return (bar: StatisticsBar) => {
    if (bar.title) return bar.title
    if (!by) return t('statistics.together')
    if (bar.key === '') return t('figures.missing')
    const choice = by.choices?.find((c) => c.code === bar.key)
    if (choice) return pick(choice.label)
    if (by.type === 'bool') return t(bar.key === 'true' ? 'statistics.yes' : 'statistics.no')
    if (/^\d{4}-\d\d$/.test(bar.key)) {
      return new Intl.DateTimeFormat(lang, { year: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${bar.key}-01T00:00:00Z`))
    }
    return by.type === 'ref' ? t('statistics.unnamed') : bar.key
  }
}
