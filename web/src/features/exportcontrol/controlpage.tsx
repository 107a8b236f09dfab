import { useState } from 'react'
import { useBlockedExports, useExportLimits } from '@/api/exportcontrol'
import { hasFailed } from '@/api/problem'
import { PolicyTabs } from '@/fields/policytabs'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows, State } from '@/ui/states'
import { BlockedItems, BlockedPeople } from './blocked'
import { Limits } from './limits'
import './control.css'

/** How much people may export in a day, and which exports were refused. */
export default function ControlPage({ may }: { may: boolean }) {
  const { t } = useText()
  useTitle(t('asks.control.title'))
  const limits = useExportLimits()
  const blocked = useBlockedExports()
  const [only, setOnly] = useState<string>()
  return (
    <div className="export-control">
      <PolicyTabs />
      <div className="export-control-body">
        <h1 className="sr-only">{t('asks.control.title')}</h1>
        <section className="card" aria-labelledby="limits-title">
          {limits.isPending && <BoneRows rows={3} />}
          {hasFailed(limits) && <Failure error={limits.error} onRetry={() => void limits.refetch()} />}
          {limits.data && <Limits key={limits.data.version} limits={limits.data} may={may} />}
        </section>
        <section className="card" aria-labelledby="blocked-title">
          <h2 id="blocked-title">{t('asks.control.blocked')}</h2>
          <p className="muted">{t('asks.control.blockedText')}</p>
          {blocked.isPending && <BoneRows rows={4} />}
          {hasFailed(blocked) && <Failure error={blocked.error} onRetry={() => void blocked.refetch()} />}
          {blocked.data?.people.length === 0 && <State icon="empty" title={t('asks.control.none')} text={t('asks.control.noneText')} />}
          {blocked.data && blocked.data.people.length > 0 && (
            <>
              <BlockedPeople people={blocked.data.people} only={only} onOnly={setOnly} />
              <BlockedItems items={blocked.data.items.filter((item) => only === undefined || item.person.id === only)} />
            </>
          )}
        </section>
      </div>
    </div>
  )
}
