import { useState } from 'react'
import { useRecordTitle } from '@/api/records'
import type { Clause } from '@/api/policytypes'
import { useText } from '@/lib/usetext'
import { Ending } from '@/ui/ending'
import { Icon } from '@/ui/icons'
import { usePlaceNames } from './names'

/** Whom an assignment speaks of, with the sign of what they are. */
export function Who({ who }: { who: Clause }) {
  const { t } = useText()
  const names = usePlaceNames()
  const person = useRecordTitle('person', who.person)
  const icon = who.person ? 'user' : who.everyone ? 'globe' : who.position ? 'person' : 'org'
  const sort = who.person ? 'person' : who.everyone ? 'everyone' : who.position ? 'position' : 'unit'
  return (
    <span className="who">
      <Icon name={icon} />
      <span className="sr-only">{t(`policy.sorts.${sort}`)}</span>
      {who.person ? (person ?? t('policy.who.somebody')) : names.clause(who)}
    </span>
  )
}

/** From when until when, where there is an end. */
export function Window({ from, until }: { from?: string; until?: string }) {
  const { t, format } = useText()
  const [now] = useState(() => Date.now())
  if (!from && !until) return null
  return (
    <span className="window num">
      {from && until
        ? t('policy.window.both', { from: format.moment(from), until: format.moment(until) })
        : from
          ? t('policy.window.from', { from: format.moment(from) })
          : t('policy.window.until', { until: format.moment(until ?? '') })}{' '}
      <Ending until={until} now={now} />
    </span>
  )
}
