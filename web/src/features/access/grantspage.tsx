import { useState } from 'react'
import type { Named } from '@/api/beneath'
import { useGrants } from '@/api/grants'
import { hasFailed } from '@/api/problem'
import { useRecordTitle } from '@/api/records'
import type { Kind, Me } from '@/api/types'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { PersonPicker } from '@/permission/personpicker'
import { BoneRows, State } from '@/ui/states'
import { GrantCard } from './grantcard'
import { asked, type GrantsSearch } from './search'
import { AccessTabs } from './tabs'
import './access.css'

interface Props {
  me: Me
  kinds: Kind[]
  search: GrantsSearch
  onSearch: (search: GrantsSearch) => void
}

const states = ['every', 'open', 'ending', 'unused'] as const

/** The temporary access that one gave and received; for administrators, everybody's. */
export default function GrantsPage({ me, kinds, search, onSearch }: Props) {
  const { t, pick } = useText()
  useTitle(t('access.grants.title'))
  const oversees = me.can.includes('policy') || me.can.includes('audit')
  const of = search.of === 'all' && !oversees ? undefined : search.of
  const grants = useGrants(asked({ ...search, of }))
  const mine = me.person.id
  const list = (grants.data?.pages.flatMap((page) => page.items) ?? []).filter((one) => of === 'all' || (of === 'received' ? one.receiver.id : one.giver.id) === mine)
  const scopes = [undefined, 'received' as const, ...(oversees ? ['all' as const] : [])]
  return (
    <div className="access-page">
      <AccessTabs />
      <header>
        <h1>{t('access.grants.title')}</h1>
        <p className="hint">{t('access.grants.hint')}</p>
      </header>
      <div className="grant-tools">
        <div className="segments" role="group" aria-label={t('access.grants.scope')}>
          {scopes.map((one) => (
            <button key={one ?? 'given'} type="button" aria-pressed={one === of} onClick={() => onSearch({ ...search, of: one, person: undefined })}>
              {t(`access.grants.${one ?? 'given'}`)}
            </button>
          ))}
        </div>
        <label>
          {t('access.grants.state')}
          <select
            className="input"
            value={search.state ?? 'every'}
            onChange={(event) => onSearch({ ...search, state: (['open', 'ending', 'unused'] as const).find((one) => one === event.target.value) })}
          >
            {states.map((one) => (
              <option key={one} value={one}>
                {t(`access.grants.states.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('access.grants.kind')}
          <select className="input" value={search.kind ?? ''} onChange={(event) => onSearch({ ...search, kind: event.target.value || undefined })}>
            <option value="">{t('access.grants.anyKind')}</option>
            {kinds.map((kind) => (
              <option key={kind.name} value={kind.name}>
                {pick(kind.label)}
              </option>
            ))}
          </select>
        </label>
        {of === 'all' && <PersonFilter person={search.person} onPerson={(person) => onSearch({ ...search, person })} />}
      </div>
      {grants.isPending && <BoneRows rows={4} />}
      {hasFailed(grants) && <Failure error={grants.error} onRetry={() => void grants.refetch()} />}
      {grants.data && list.length === 0 && !grants.hasNextPage && <State icon="empty" title={t('access.grants.none')} />}
      <ul className="grant-list">
        {list.map((one) => (
          <GrantCard key={one.id} grant={one} now={grants.dataUpdatedAt} />
        ))}
      </ul>
      {grants.hasNextPage && (
        <button type="button" className="btn" disabled={grants.isFetchingNextPage} onClick={() => void grants.fetchNextPage()}>
          {t('access.grants.more')}
        </button>
      )}
    </div>
  )
}

function PersonFilter({ person, onPerson }: { person?: string; onPerson: (person?: string) => void }) {
  const { t } = useText()
  const [chosen, setChosen] = useState<Named>()
  const title = useRecordTitle('person', person && chosen?.id !== person ? person : undefined)
  const shown = person ? (chosen?.id === person ? chosen : { id: person, name: title ?? person }) : undefined
  return (
    <div className="grant-person">
      <PersonPicker
        quiet
        person={shown}
        label={t('access.grants.person')}
        hint={t('access.grants.anyone')}
        onPerson={(next) => {
          setChosen(next)
          if (next?.id !== person) onPerson(next?.id)
        }}
      />
    </div>
  )
}
