import type { BlockedExports } from '@/api/exportcontrol'
import { useText } from '@/lib/usetext'
import '@/ui/logtable.css'

interface PeopleProps {
  people: BlockedExports['people']
  only: string | undefined
  onOnly: (person: string | undefined) => void
}

/** How often each was refused; a press shows the attempts of one alone. */
export function BlockedPeople({ people, only, onOnly }: PeopleProps) {
  const { t, format } = useText()
  return (
    <ul className="blocked-people">
      {people.map((p) => (
        <li key={p.person.id}>
          <button
            type="button"
            aria-pressed={only === p.person.id}
            aria-label={`${t('asks.control.only', { name: p.person.name })}, ${t('asks.control.times', { n: format.number(p.count) })}`}
            onClick={() => onOnly(only === p.person.id ? undefined : p.person.id)}
          >
            <strong>{p.person.name}</strong>
            <span className="num">{t('asks.control.times', { n: format.number(p.count) })}</span>
            <span className="muted">{format.moment(p.last)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

const codes = ['export', 'needs_approval', 'export_day', 'export_changed', 'job', 'job_file'] as const
const channels = ['web', 'api', 'export'] as const

/** The attempts: who, when, what and why; on a phone one below the other. */
export function BlockedItems({ items }: { items: BlockedExports['items'] }) {
  const { t, pick, format } = useText()
  return (
    <div className="log-table blocked-table" role="region" aria-label={t('asks.control.attempts')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('asks.control.at')}</th>
            <th scope="col">{t('asks.control.who')}</th>
            <th scope="col">{t('asks.control.what')}</th>
            <th scope="col">{t('asks.control.why')}</th>
            <th scope="col">{t('asks.control.whence')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item, i) => (
            <tr key={`${item.at} ${i}`}>
              <td className="num">{format.moment(item.at)}</td>
              <td>{item.person.name}</td>
              <td>{item.kind && item.kind_label ? pick(item.kind_label) : t('asks.control.file')}</td>
              <td>{t(`asks.control.codes.${codes.find((code) => code === item.code) ?? 'other'}`)}</td>
              <td className="muted">{[t(`asks.control.channels.${channels.find((c) => c === item.channel) ?? 'other'}`), item.address].filter(Boolean).join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
