import { useState } from 'react'
import { type Counts, useEmergencyPeople } from '@/api/emergencies'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows, State } from '@/ui/states'

const columns = ['month', 'quarter', 'open', 'waiting', 'late', 'unjustified', 'missed'] as const
const narrow = ['every', 'late', 'unjustified', 'missed'] as const

/** How often people opened records, and what the reviews found. */
export function PeopleTable({ onPerson }: { onPerson: (id: string) => void }) {
  const { t } = useText()
  const people = useEmergencyPeople()
  const [only, setOnly] = useState<(typeof narrow)[number]>('every')
  if (people.isPending) return <BoneRows rows={4} />
  if (!people.data || hasFailed(people)) return <Failure error={people.error} onRetry={() => void people.refetch()} />
  if (people.data.length === 0) return <State icon="shield" title={t('emergency.none.people')} text={t('emergency.noneText.people')} />
  const rows = people.data.filter((row) => only === 'every' || row[only] > 0)
  return (
    <>
      <label className="emergency-filters">
        <span className="sr-only">{t('emergency.only')}</span>
        <select className="input" value={only} onChange={(event) => setOnly(narrow.find((n) => n === event.target.value) ?? 'every')}>
          {narrow.map((n) => (
            <option key={n} value={n}>
              {t(`emergency.narrow.${n}`)}
            </option>
          ))}
        </select>
      </label>
      <ul className="people-counts">
        {rows.map((row) => (
          <Person key={row.person.id} row={row} onPerson={onPerson} />
        ))}
      </ul>
    </>
  )
}

function Person({ row, onPerson }: { row: Counts; onPerson: (id: string) => void }) {
  const { t, format } = useText()
  return (
    <li>
      <button type="button" className="quiet" onClick={() => onPerson(row.person.id)}>
        {row.person.name}
      </button>
      <dl>
        {columns.map((column) => (
          <div key={column} className={row[column] > 0 && (column === 'late' || column === 'unjustified') ? 'emergency-late' : undefined}>
            <dt>{t(`emergency.counts.${column}`)}</dt>
            <dd className="num">{format.number(row[column])}</dd>
          </div>
        ))}
      </dl>
    </li>
  )
}
