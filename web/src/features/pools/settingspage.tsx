import { useOpenPools } from '@/api/pools'
import { hasFailed, isRefused } from '@/api/problem'
import { useRuleKinds } from '@/api/rules'
import { useMe } from '@/api/session'
import { PolicyTabs } from '@/fields/policytabs'
import { usePhone, useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { NotFound } from '@/permission/notfound'
import { Icon } from '@/ui/icons'
import { BoneRows, State } from '@/ui/states'
import { newDraft } from './draft'
import { PoolDetail } from './pooldetail'
import { PoolForm } from './poolform'
import { useKept } from './usekept'
import '@/ui/settings.css'
import './pools.css'

interface Props {
  /** The pool that is open, "new" for one that is being made. */
  pool?: string
  onPool: (pool: string | undefined) => void
}

/** How the pools are worked with, for who has the right policy. */
export default function PoolSettingsPage({ pool, onPool }: Props) {
  const { t } = useText()
  const phone = usePhone()
  const me = useMe()
  const pools = useOpenPools()
  const kinds = useRuleKinds()
  useTitle(t('nav.poolSettings'))
  const failed = [pools, kinds].find(hasFailed)
  const again = () => void Promise.all([pools.refetch(), kinds.refetch()])
  const known = useKept(kinds.data)
  const list = useKept(pools.data)
  if (me.data && !me.data.can.includes('policy')) return <NotFound />
  if (failed && isRefused(failed.error)) return <Failure page error={failed.error} onRetry={again} />
  const kind = known?.find((k) => k.name === 'customer')
  // A wide screen shows one at once; a phone the list first.
  const open = pool ?? (phone ? undefined : list?.[0]?.id)
  const chosen = list?.find((p) => p.id === open)
  return (
    <div className="policy-page pools-settings">
      <PolicyTabs />
      {failed ? (
        <Failure error={failed.error} onRetry={again} />
      ) : !list || !known || !kind ? (
        <>
          <h1 className="sr-only">{t('nav.poolSettings')}</h1>
          <BoneRows />
        </>
      ) : (
        <div className="settings-split">
          {!(phone && open) && (
            <section className="settings-list pools-list" aria-labelledby="pools-title">
              <header>
                <h1 id="pools-title">{t('nav.poolSettings')}</h1>
                <button type="button" className="btn primary" onClick={() => onPool('new')}>
                  <Icon name="plus" />
                  {t('pools.set.new')}
                </button>
              </header>
              {list.length === 0 && <State icon="pool" title={t('pools.set.none')} text={t('pools.set.noneText')} />}
              <ul>
                {list.map((one) => (
                  <li key={one.id}>
                    <button type="button" aria-current={one.id === open ? 'true' : undefined} onClick={() => onPool(one.id)}>
                      <Icon name="pool" />
                      <span>{one.name}</span>
                      {(one.open ?? []).length === 0 && <span className="tag pool-cut">{t('pools.set.closed')}</span>}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {open && (
            <section className="settings-main pools-main" aria-label={chosen?.name ?? t('pools.set.new')}>
              {phone && (
                <button type="button" className="quiet" onClick={() => onPool(undefined)}>
                  <Icon name="left" />
                  {t('pools.set.back')}
                </button>
              )}
              {chosen ? (
                <PoolDetail key={chosen.id} pool={chosen} kind={kind} kinds={known} onGone={() => onPool(undefined)} />
              ) : open === 'new' ? (
                <>
                  <h2>{t('pools.set.new')}</h2>
                  <PoolForm given={newDraft} kind={kind} kinds={known} onKept={onPool} />
                </>
              ) : (
                <State icon="search" title={t('pools.set.gone')} />
              )}
            </section>
          )}
        </div>
      )}
    </div>
  )
}
