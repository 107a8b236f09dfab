import { type KeyboardEvent, useRef } from 'react'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { noon, plusDays, plusMonths } from './dates'
import type { DaysProps } from './days'
import { Due } from './due'

interface Props extends DaysProps {
  days: string[]
  /** The day that takes the focus. */
  on: string
  /** How many a day shows; the rest stand behind a button. */
  most?: number
  onDay: (day: string) => void
  onMore: (day: string) => void
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

/** Weeks of days. Arrow keys walk from day to day, Enter or a press makes something due there. */
export function MonthGrid({ days, on, most, onDay, onMore, ...rest }: Props) {
  const { t, lang } = useText()
  const grid = useRef<HTMLDivElement>(null)
  const weekday = new Intl.DateTimeFormat(lang, { weekday: 'short' })
  const whole = new Intl.DateTimeFormat(lang, { dateStyle: 'full' })
  const weeks = Array.from({ length: days.length / 7 }, (_, i) => days.slice(i * 7, i * 7 + 7))

  const key = (event: KeyboardEvent<HTMLDivElement>) => {
    const day = (event.target as HTMLElement).dataset.day
    if (!day || event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && rest.onCreate) {
      event.preventDefault()
      rest.onCreate(day)
      return
    }
    const step = steps[event.key]
    const next =
      step !== undefined
        ? plusDays(day, step)
        : event.key === 'PageUp' || event.key === 'PageDown'
          ? plusMonths(day, event.key === 'PageUp' ? -1 : 1)
          : undefined
    if (next === undefined) return
    event.preventDefault()
    onDay(next)
    requestAnimationFrame(() => requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus()))
  }

  return (
    <div
      ref={grid}
      className={most === undefined ? 'month week' : 'month'}
      role="grid"
      aria-label={t('lists.calendar.label')}
      onKeyDown={key}
    >
      <div role="row" className="month-row head">
        {(weeks[0] ?? []).map((day) => (
          <div key={day} role="columnheader">
            {weekday.format(noon(day))}
          </div>
        ))}
      </div>
      {weeks.map((week) => (
        <div key={week[0]} role="row" className="month-row">
          {week.map((day) => {
            const items = rest.byDay.get(day) ?? []
            const other = most !== undefined && day.slice(0, 7) !== on.slice(0, 7)
            return (
              <div
                key={day}
                role="gridcell"
                data-day={day}
                tabIndex={day === on ? 0 : -1}
                aria-label={t('lists.calendar.day', { day: whole.format(noon(day)), count: items.length })}
                aria-current={day === rest.today ? 'date' : undefined}
                className={`month-day${other ? ' other' : ''}`}
                onClick={(event) => {
                  if (!(event.target as Element).closest('a, button')) rest.onCreate?.(day)
                }}
              >
                <span className="month-date num">
                  {Number(day.slice(8))}
                  {rest.onCreate && (
                    <button
                      type="button"
                      tabIndex={-1}
                      className="month-plus"
                      aria-label={t('lists.calendar.create', { day: whole.format(noon(day)) })}
                      onClick={() => rest.onCreate?.(day)}
                    >
                      <Icon name="plus" />
                    </button>
                  )}
                </span>
                <ul>
                  {items.slice(0, most).map((item) => (
                    <li key={item.id}>
                      <Due item={item} {...rest} />
                    </li>
                  ))}
                </ul>
                {most !== undefined && items.length > most && (
                  <button type="button" className="month-more" onClick={() => onMore(day)}>
                    {t('lists.calendar.more', { n: String(items.length - most) })}
                  </button>
                )}
              </div>
            )
          })}
        </div>
      ))}
    </div>
  )
}
