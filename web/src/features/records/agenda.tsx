import { hasEnded } from '@/api/kinds'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { State } from '@/ui/states'
import { noon } from './dates'
import { Due } from './due'
import type { DaysProps } from './days'

interface Props extends DaysProps {
  days: string[]
  from: string
}

/** What is overdue, then day by day what is due. */
export function Agenda({ days, from, byDay, ...rest }: Props) {
  const { t, lang } = useText()
  const whole = new Intl.DateTimeFormat(lang, { month: 'long', day: 'numeric', weekday: 'long' })
  const over = [...byDay]
    .filter(([day]) => day < from && day < rest.today)
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([, items]) => items)
    .filter((item) => !hasEnded(rest.kind, item.fields.stage))
  const filled = days.filter((day) => byDay.has(day))
  const create = rest.onCreate && (
    <button type="button" className="btn" onClick={() => rest.onCreate?.(rest.today > from ? rest.today : from)}>
      <Icon name="plus" />
      {t('lists.calendar.createHere')}
    </button>
  )
  if (over.length === 0 && filled.length === 0) {
    return (
      <State icon="calendar" title={t('lists.calendar.none')} text={t('lists.calendar.noneHint')}>
        {create}
      </State>
    )
  }
  return (
    <div className="agenda" role="region" aria-label={t('lists.calendar.label')} tabIndex={0}>
      {over.length > 0 && (
        <section>
          <h3 className="due-over">{t('lists.calendar.overdueN', { n: String(over.length) })}</h3>
          <ul>
            {over.map((item) => (
              <li key={item.id}>
                <Due item={item} long {...rest} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {filled.map((day) => (
        <section key={day}>
          <h3>
            {whole.format(noon(day))}
            {day === rest.today && <span className="tag">{t('lists.calendar.today')}</span>}
          </h3>
          <ul>
            {(byDay.get(day) ?? []).map((item) => (
              <li key={item.id}>
                <Due item={item} long {...rest} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {create}
    </div>
  )
}
