import { useKinds } from '@/api/kinds'
import { useMyPools } from '@/api/pools'
import { hasFailed } from '@/api/problem'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows, State } from '@/ui/states'
import { PoolCard } from './poolcard'
import './pools.css'

/** The pools that one reaches: what is left of each one's limits, and the way to what lies there. */
export default function PoolsPage() {
  const { t } = useText()
  const pools = useMyPools()
  const kinds = useKinds()
  useTitle(t('nav.pools'))
  const kind = kinds.data?.find((k) => k.name === 'customer')
  return (
    <div className="pools-page">
      <header>
        <h1>{t('nav.pools')}</h1>
        <p className="muted">{t('pools.text')}</p>
      </header>
      {hasFailed(pools) ? (
        <Failure error={pools.error} onRetry={() => void pools.refetch()} />
      ) : !pools.data ? (
        <BoneRows rows={4} />
      ) : pools.data.length === 0 ? (
        <State icon="pool" title={t('pools.none')} text={t('pools.noneText')} />
      ) : (
        <ul className="pool-cards" aria-busy={pools.isFetching}>
          {pools.data.map((pool) => (
            <li key={pool.id}>
              <PoolCard pool={pool} kind={kind} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
