import { useState } from 'react'
import { type Standing, useStanding } from '@/api/emergencies'
import { hasFailed } from '@/api/problem'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { BreakGlass } from '@/permission/breakglass'
import { Failure } from '@/permission/failure'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { EmergencyDetail } from './emergencydetail'
import { EmergencyList } from './emergencylist'
import { PeopleTable } from './peopletable'
import type { EmergencySearch, EmergencyTab } from './search'
import { SettingsDialog } from './settingsdialog'
import './emergency.css'

interface Props {
  search: EmergencySearch
  onSearch: (search: EmergencySearch) => void
}

/** What was opened in an emergency: one's own, what one reviews, and that of one's people. */
export default function EmergencyPage({ search, onSearch }: Props) {
  const { t } = useText()
  useTitle(t('emergency.title'))
  const standing = useStanding(true)
  if (standing.isPending) return <BoneRows rows={6} />
  if (!standing.data || hasFailed(standing)) return <Failure page error={standing.error} onRetry={() => void standing.refetch()} />
  return <Emergencies standing={standing.data} search={search} onSearch={onSearch} />
}

function Emergencies({ standing, search, onSearch }: Props & { standing: Standing }) {
  const { t } = useText()
  const [setting, setSetting] = useState(false)
  const tabs: EmergencyTab[] = standing.oversees ? ['review', 'mine', 'all', 'people'] : ['mine', 'review']
  const tab = tabs.find((one) => one === search.tab) ?? (standing.for_me > 0 ? 'review' : standing.oversees ? 'all' : 'mine')
  return (
    <div className={search.id ? 'emergencies open' : 'emergencies'}>
      <section className="emergencies-side" aria-label={t('emergency.title')}>
        <header>
          <div className="emergencies-head">
            <h1>{t('emergency.title')}</h1>
            {standing.configure && (
              <button type="button" className="quiet icon-only" aria-label={t('emergency.settings')} title={t('emergency.settings')} onClick={() => setSetting(true)}>
                <Icon name="edit" />
              </button>
            )}
            <BreakGlass />
          </div>
          <div className="segments" role="group" aria-label={t('emergency.which')}>
            {tabs.map((one) => (
              <button key={one} type="button" aria-pressed={tab === one} onClick={() => onSearch({ tab: one })}>
                {t(`emergency.tabs.${one}`)}
                {one === 'review' && standing.for_me > 0 && <span className="emergencies-count">{standing.for_me}</span>}
              </button>
            ))}
          </div>
        </header>
        {tab === 'people' ? (
          <PeopleTable onPerson={(person) => onSearch({ tab: 'all', person })} />
        ) : (
          <EmergencyList key={tab} scope={tab} search={search} onSearch={(next) => onSearch({ ...next, tab })} />
        )}
      </section>
      <section className="emergencies-main" aria-label={t('emergency.one')}>
        {search.id ? (
          <EmergencyDetail key={search.id} id={search.id} onBack={() => onSearch({ ...search, tab, id: undefined })} />
        ) : (
          <p className="emergencies-none muted">{t('emergency.choose')}</p>
        )}
      </section>
      {setting && <SettingsDialog onClose={() => setSetting(false)} />}
    </div>
  )
}
