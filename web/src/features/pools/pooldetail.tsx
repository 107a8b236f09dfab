import { useState } from 'react'
import { type OpenPool, useDropPool, usePoolStanding } from '@/api/pools'
import { hasFailed } from '@/api/problem'
import type { RuleKind } from '@/api/rules'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { FormDialog } from '@/ui/formdialog'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { draftOf } from './draft'
import { PoolForm } from './poolform'
import { Runs } from './runs'
import { useKept } from './usekept'

interface Props {
  pool: OpenPool
  kind: RuleKind
  kinds: RuleKind[]
  onGone: () => void
}

/** One pool: what is set, whether it can work, and its recycling. */
export function PoolDetail({ pool, kind, kinds, onGone }: Props) {
  const { t, format } = useText()
  const standing = usePoolStanding(pool.id)
  const st = useKept(standing.data)
  const problem = useProblemText()
  const drop = useDropPool()
  const [asking, setAsking] = useState(false)
  if (hasFailed(standing)) return <Failure error={standing.error} onRetry={() => void standing.refetch()} />
  if (!st) return <BoneRows rows={8} />
  return (
    <>
      <header className="pool-detail-head">
        <h2>{pool.name}</h2>
        {st.reach !== undefined && st.reach > 0 && <p className="muted">{t('pools.set.reach', { count: st.reach, n: format.integer(st.reach) })}</p>}
        <button type="button" className="btn danger" onClick={() => setAsking(true)}>
          <Icon name="trash" />
          {t('pools.set.delete')}
        </button>
      </header>
      {st.reach === 0 && (
        <p className="note warn" role="status">
          <Icon name="warn" />
          {t('pools.set.noReach')}
        </p>
      )}
      <PoolForm at={{ id: pool.id, version: st.version }} given={draftOf(pool, st)} kind={kind} kinds={kinds} onKept={() => undefined} />
      <Runs pool={pool.id} recycles={st.settings?.recycle !== undefined} />
      {asking && (
        <FormDialog
          title={t('pools.set.deleteTitle', { name: pool.name })}
          act={t('pools.set.delete')}
          danger
          off={drop.isPending}
          onAct={() =>
            drop.mutate(
              { id: pool.id, version: st.version },
              {
                onSuccess: () => {
                  toast(t('pools.set.deleted', { name: pool.name }))
                  onGone()
                },
              },
            )
          }
          onCancel={() => setAsking(false)}
        >
          <p>{t('pools.set.deleteText')}</p>
          {drop.error && (
            <p className="note bad" role="alert">
              <Icon name="warn" />
              {problem(drop.error)}
            </p>
          )}
        </FormDialog>
      )}
    </>
  )
}
