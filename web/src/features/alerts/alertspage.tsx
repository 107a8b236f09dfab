import { useAlerts } from '@/api/alerts'
import { hasFailed } from '@/api/problem'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows } from '@/ui/states'
import type { Me } from '@/api/types'
import { AlertDetail } from './alertdetail'
import { AlertList } from './alertlist'
import { Detectors } from './detectors'
import { HoneyMarks } from './honeymarks'
import { type AlertSearch, type AlertTab, alertTabs } from './search'
import { StreamPanel } from './streampanel'
import './alerts.css'

interface Props {
  me: Me
  search: AlertSearch
  onSearch: (search: AlertSearch) => void
}

/** What is out of the ordinary, for who watches: alerts beside the one that is open, and how they come about. */
export default function AlertsPage({ me, search, onSearch }: Props) {
  const { t } = useText()
  useTitle(t('alerts.title'))
  const audits = me.can.includes('audit')
  const policies = me.can.includes('policy')
  const tabs = alertTabs.filter((tab) => tab !== 'honey' || audits)
  const tab: AlertTab = tabs.find((one) => one === search.tab) ?? 'alerts'
  // What is refused as a whole has no parts to choose from.
  if (!audits && !policies) return <Refused />
  return (
    <div className={search.id ? 'alerts open' : 'alerts'}>
      <header className="alerts-head">
        <h1>{t('alerts.title')}</h1>
        <div className="segments" role="group" aria-label={t('alerts.which')}>
          {tabs.map((one) => (
            <button key={one} type="button" aria-pressed={tab === one} onClick={() => onSearch({ tab: one })}>
              {t(`alerts.tabs.${one}`)}
            </button>
          ))}
        </div>
      </header>
      {tab === 'alerts' && (
        <div className="alerts-body">
          <section className="alerts-side" aria-label={t('alerts.title')}>
            <AlertList search={search} onSearch={onSearch} />
          </section>
          <section className="alerts-main" aria-label={t('alerts.one')}>
            {search.id ? (
              <AlertDetail key={search.id} id={search.id} onBack={() => onSearch({ ...search, id: undefined })} />
            ) : (
              <p className="alerts-none muted">{t('alerts.choose')}</p>
            )}
          </section>
        </div>
      )}
      {tab === 'detectors' && <Detectors may={audits} />}
      {tab === 'honey' && <HoneyMarks />}
      {tab === 'stream' && <StreamPanel may={policies} />}
    </div>
  )
}

/** What the server says to who does not watch. */
function Refused() {
  const alerts = useAlerts({})
  return hasFailed(alerts) ? <Failure page error={alerts.error} onRetry={() => void alerts.refetch()} /> : <BoneRows rows={4} />
}
