import { type Alert, useAlerts } from '@/api/alerts'
import { alertStates, detectors } from '@/api/choices'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows, State } from '@/ui/states'
import { useSaw } from './saw'
import type { AlertSearch } from './search'
import '@/ui/picklist.css'

interface Props {
  search: AlertSearch
  onSearch: (search: AlertSearch) => void
}

/** Alerts, the newest first. */
export function AlertList({ search, onSearch }: Props) {
  const { t } = useText()
  const list = useAlerts({ state: search.state, detector: search.detector })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <div className="alert-filters">
        <label>
          <span className="sr-only">{t('alerts.state')}</span>
          <select className="input" value={search.state ?? ''} onChange={(event) => onSearch({ ...search, id: undefined, state: alertStates.find((s) => s === event.target.value) })}>
            <option value="">{t('alerts.everyState')}</option>
            {alertStates.map((state) => (
              <option key={state} value={state}>
                {t(`alerts.states.${state}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span className="sr-only">{t('alerts.detector')}</span>
          <select className="input" value={search.detector ?? ''} onChange={(event) => onSearch({ ...search, id: undefined, detector: detectors.find((d) => d === event.target.value) })}>
            <option value="">{t('alerts.everyDetector')}</option>
            {detectors.map((detector) => (
              <option key={detector} value={detector}>
                {t(`alerts.names.${detector}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {list.isPending && <BoneRows rows={4} />}
      {hasFailed(list) && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <State icon="shield" title={t('alerts.none')} text={t('alerts.noneText')} />}
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
        <button type="button" className="btn alerts-more" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('alerts.older')}
        </button>
      )}
    </>
  )
}

function Line({ one, now }: { one: Alert; now: number }) {
  const { t, format } = useText()
  const saw = useSaw()
  return (
    <>
      <span className="pick-line">
        <strong>
          {one.person.name} · {t(`alerts.names.${one.detector}`)}
        </strong>
        <span className={`alert-state ${one.state}`}>{t(`alerts.states.${one.state}`)}</span>
      </span>
      <span className="pick-words">{saw(one).saw}</span>
      <span className="pick-line muted">
        <span>{format.ago(one.at, now)}</span>
        {one.done !== 'none' && <span>{t(`alerts.done.${one.done}`)}</span>}
      </span>
    </>
  )
}
