import { emergencyStates } from '@/api/choices'
import { type Emergency, type EmergencyScope, useEmergencies, useEmergencyPeople } from '@/api/emergencies'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows, State } from '@/ui/states'
import type { EmergencySearch } from './search'
import { ReviewTag } from './reviewtag'
import { openedText } from './words'
import '@/ui/picklist.css'

interface Props {
  scope: EmergencyScope
  search: EmergencySearch
  onSearch: (search: EmergencySearch) => void
}

/** Emergencies as a list, the newest first; those of many people can be narrowed. */
export function EmergencyList({ scope, search, onSearch }: Props) {
  const { t } = useText()
  const narrowed = scope === 'all' ? { state: search.state, person: search.person } : {}
  const list = useEmergencies({ scope, ...narrowed })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      {scope === 'all' && <Filters search={search} onSearch={onSearch} />}
      {list.isPending && <BoneRows rows={4} />}
      {hasFailed(list) && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <State icon="shield" title={t(`emergency.none.${scope}`)} text={t(`emergency.noneText.${scope}`)} />}
      <ul className="pick-list">
        {items.map((one) => (
          <li key={one.id}>
            <button type="button" aria-current={search.id === one.id ? 'true' : undefined} onClick={() => onSearch({ ...search, id: one.id })}>
              <Line one={one} now={list.dataUpdatedAt} />
            </button>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <button type="button" className="btn emergencies-more" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('emergency.older')}
        </button>
      )}
    </>
  )
}

function Line({ one, now }: { one: Emergency; now: number }) {
  const text = useText()
  const { t, format } = text
  return (
    <>
      <span className="pick-line">
        <strong>{openedText(text, one)}</strong>
        <ReviewTag state={one.review} />
      </span>
      <span className="pick-words">{one.reason}</span>
      <span className="pick-line muted">
        <span>{format.ago(one.from, now)}</span>
        {(one.review === 'waiting' || one.review === 'late') && <span className={one.review === 'late' ? 'emergency-late' : undefined}>{t('emergency.due', { when: format.moment(one.due_at) })}</span>}
      </span>
    </>
  )
}

function Filters({ search, onSearch }: Omit<Props, 'scope'>) {
  const { t } = useText()
  const people = useEmergencyPeople()
  return (
    <div className="emergency-filters">
      <label>
        <span className="sr-only">{t('emergency.state')}</span>
        <select className="input" value={search.state ?? ''} onChange={(event) => onSearch({ ...search, id: undefined, state: emergencyStates.find((s) => s === event.target.value) })}>
          <option value="">{t('emergency.everyState')}</option>
          {emergencyStates.map((state) => (
            <option key={state} value={state}>
              {t(`emergency.states.${state}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="sr-only">{t('emergency.person')}</span>
        <select className="input" value={search.person ?? ''} onChange={(event) => onSearch({ ...search, id: undefined, person: event.target.value || undefined })}>
          <option value="">{t('emergency.everybody')}</option>
          {(people.data ?? []).map(({ person }) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
