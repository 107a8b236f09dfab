import { Link } from '@tanstack/react-router'
import type { AlertEntry } from '@/api/alerts'
import { useKinds } from '@/api/kinds'
import { useText } from '@/lib/usetext'

const actions = ['read', 'list', 'export', 'downloaded', 'reveal', 'revealed', 'refused', 'edit', 'delete'] as const

/** The entries of the audit log behind an alert, the newest first. A link opens the record, for who may. */
export function Behind({ entries }: { entries: AlertEntry[] }) {
  const { t, pick, format } = useText()
  const kinds = useKinds()
  const nameOf = (name?: string) => {
    const kind = kinds.data?.find((k) => k.name === name)
    return kind ? pick(kind.label) : ''
  }
  return (
    <section className="alert-behind" aria-label={t('alerts.behind')}>
      <h3>{t('alerts.behind')}</h3>
      {entries.length === 0 && <p className="muted">{t('alerts.noEntries')}</p>}
      <ul>
        {entries.map((entry) => (
          <li key={entry.seq}>
            <span className="num muted">{format.moment(entry.at)}</span>
            <span>
              {t(`alerts.actions.${actions.find((one) => one === entry.action) ?? 'other'}`)} {nameOf(entry.kind)}
              {entry.records !== undefined && entry.records > 0 && ` · ${t('alerts.records', { count: entry.records, n: format.number(entry.records) })}`}
            </span>
            {entry.kind && entry.record ? (
              <Link to="/records/$kind/$id" params={{ kind: entry.kind, id: entry.record }}>
                {t('alerts.record', { id: entry.record })}
              </Link>
            ) : (
              <span />
            )}
            <span className="muted">{entry.address}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
