import { useId, useState } from 'react'
import { hasFailed } from '@/api/problem'
import { useAway, useComeBack, useSetAway } from '@/api/requests'
import { PersonPicker } from '@/permission/personpicker'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'

const atStart = (day: string) => new Date(`${day}T00:00:00`).toISOString()
const atEnd = (day: string) => new Date(`${day}T23:59:59.999`).toISOString()

/** Who decides requests in one's stead while one is away. */
export function AwaySettings() {
  const { t, format } = useText()
  const problemText = useProblemText()
  const away = useAway()
  const set = useSetAway()
  const back = useComeBack()
  const id = useId()
  const [person, setPerson] = useState<{ id: string; name: string }>()
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  if (away.isPending) return <BoneRows rows={1} />
  if (hasFailed(away)) return <Failure error={away.error} onRetry={() => void away.refetch()} />
  const failure = set.error ?? back.error
  return (
    <>
      {away.data ? (
        <ul className="sessions">
          <li>
            <div className="device">
              <strong>{t('account.away.now', { who: away.data.stand_in.name })}</strong>
              <p>{t('account.away.window', { from: format.moment(away.data.from), until: format.moment(away.data.until) })}</p>
            </div>
            <button type="button" className="btn" disabled={back.isPending} onClick={() => back.mutate(undefined, { onSuccess: () => toast(t('account.away.ended')) })}>
              {t('account.away.end')}
            </button>
          </li>
        </ul>
      ) : (
        <form
          className="away-form"
          aria-label={t('account.away.title')}
          onSubmit={(event) => {
            event.preventDefault()
            if (person && until) set.mutate({ stand_in: person.id, from: from ? atStart(from) : undefined, until: atEnd(until) }, { onSuccess: () => toast(t('account.away.saved')) })
          }}
        >
          <div>
            <span>{t('account.away.person')}</span>
            <PersonPicker quiet labelled label={t('account.away.person')} hint={t('account.away.find')} person={person} onPerson={setPerson} />
          </div>
          <label htmlFor={`${id}-from`}>
            <span>{t('account.away.from')}</span>
            <input id={`${id}-from`} type="date" className="input" value={from} onChange={(event) => setFrom(event.target.value)} />
          </label>
          <label htmlFor={`${id}-until`}>
            <span>{t('account.away.until')}</span>
            <input id={`${id}-until`} type="date" className="input" required value={until} onChange={(event) => setUntil(event.target.value)} />
          </label>
          <button type="submit" className="btn" disabled={!person || !until || set.isPending}>
            {t('account.away.save')}
          </button>
        </form>
      )}
      {failure && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problemText(failure)}
        </p>
      )}
    </>
  )
}
