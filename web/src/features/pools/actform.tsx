import { useId } from 'react'
import type { Named } from '@/api/beneath'
import { type Doing, type PoolAct, useMyPools } from '@/api/pools'
import { useText } from '@/lib/usetext'
import { PersonPicker } from '@/permission/personpicker'

export interface Filled {
  person?: Named
  pool?: string
  reason: string
}

/** What is to be said before the act can be done; undefined when nothing is lacking. */
export const lackOf = (act: PoolAct, { person, reason }: Filled): 'personNeeded' | 'reasonNeeded' | undefined =>
  act === 'assign' && !person ? 'personNeeded' : act === 'release' && reason.trim() === '' ? 'reasonNeeded' : undefined

export const doingOf = (act: PoolAct, { person, pool, reason }: Filled): Doing => ({ act, person: person?.id, pool, reason: reason.trim() })

/** Whom to give it to, or why and where to it goes back. */
export function ActForm({ act, filled, onFilled }: { act: PoolAct; filled: Filled; onFilled: (filled: Filled) => void }) {
  const { t } = useText()
  const id = useId()
  const pools = useMyPools(act === 'release')
  if (act === 'claim') return null
  if (act === 'assign') {
    return (
      <div className="pool-person">
        <PersonPicker
          label={t('pools.act.person')}
          hint={t('pools.act.personHint')}
          none={t('pools.act.personNone')}
          person={filled.person}
          onPerson={(person) => onFilled({ ...filled, person })}
        />
      </div>
    )
  }
  const choice = pools.data ?? []
  return (
    <>
      <label htmlFor={`${id}-reason`}>{t('pools.act.reason')}</label>
      <input
        id={`${id}-reason`}
        className="input"
        autoFocus
        maxLength={200}
        placeholder={t('pools.act.reasonHint')}
        value={filled.reason}
        onChange={(event) => onFilled({ ...filled, reason: event.target.value })}
      />
      {choice.length > 1 && (
        <>
          <label htmlFor={`${id}-pool`}>{t('pools.act.into')}</label>
          <select id={`${id}-pool`} className="input" value={filled.pool ?? ''} onChange={(event) => onFilled({ ...filled, pool: event.target.value || undefined })}>
            <option value="">{t('pools.act.intoOwn')}</option>
            {choice.map((pool) => (
              <option key={pool.id} value={pool.id}>
                {pool.name}
              </option>
            ))}
          </select>
        </>
      )}
      <p className="muted">{t('pools.act.releaseHint')}</p>
    </>
  )
}
