import { isUnderWay, type PoolRun, usePoolRuns, useRecycle } from '@/api/pools'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'

/** Recycling now: how far it is, its end before its time, and the runs before. */
export function Runs({ pool, recycles }: { pool: string; recycles: boolean }) {
  const { t } = useText()
  const problem = useProblemText()
  const runs = usePoolRuns(pool)
  const recycle = useRecycle(pool)
  const now = runs.data?.find(isUnderWay)
  const before = runs.data?.filter((run) => !isUnderWay(run)) ?? []
  return (
    <section className="pool-runs" aria-labelledby="pool-runs">
      <header>
        <h3 id="pool-runs">{t('pools.runs.title')}</h3>
        {!now && (
          <button type="button" className="btn" disabled={!recycles || recycle.isPending} onClick={() => recycle.mutate('begin')}>
            <Icon name="transfer" />
            {t('pools.runs.begin')}
          </button>
        )}
      </header>
      {!recycles && <p className="muted">{t('pools.runs.noRule')}</p>}
      {recycle.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {problem(recycle.error)}
        </p>
      )}
      {now && <UnderWay run={now} onCancel={() => recycle.mutate('cancel')} />}
      {runs.isPending ? (
        <BoneRows rows={3} />
      ) : hasFailed(runs) ? (
        <Failure error={runs.error} onRetry={() => void runs.refetch()} />
      ) : before.length === 0 ? (
        !now && <p className="muted">{t('pools.runs.none')}</p>
      ) : (
        <ul className="pool-run-list">
          {before.map((run) => (
            <Ended key={run.id} run={run} />
          ))}
        </ul>
      )}
    </section>
  )
}

function UnderWay({ run, onCancel }: { run: PoolRun; onCancel: () => void }) {
  const { t, format } = useText()
  const waiting = run.status === 'queued'
  return (
    <div className="pool-run-now">
      <progress aria-label={t('pools.runs.under')} max={run.total || undefined} value={waiting || !run.total ? undefined : Math.min(run.looked, run.total)} />
      <p role="status">
        {waiting ? t('pools.runs.queued') : t('pools.runs.far', { done: format.integer(run.looked), n: format.integer(run.total) })}
        {!waiting && ` ${t('pools.runs.so', { taken: format.integer(run.taken), warned: format.integer(run.warned), kept: format.integer(run.kept) })}`}
      </p>
      <button type="button" className="btn" onClick={onCancel}>
        {t('pools.runs.cancel')}
      </button>
    </div>
  )
}

function Ended({ run }: { run: PoolRun }) {
  const { t, format } = useText()
  return (
    <li>
      <time dateTime={run.created_at} className="num">
        {format.moment(run.created_at)}
      </time>
      <span className={run.status === 'done' ? 'tag' : 'tag pool-cut'}>{t(run.status === 'done' ? 'pools.runs.done' : 'pools.runs.cancelled')}</span>
      <span className="muted">{run.by ? t('pools.runs.by', { name: run.by.name }) : t('pools.runs.byItself')}</span>
      <span className="num">
        {t('pools.runs.looked', { n: format.integer(run.looked) })}
        {' · '}
        {t('pools.runs.so', { taken: format.integer(run.taken), warned: format.integer(run.warned), kept: format.integer(run.kept) })}
      </span>
    </li>
  )
}
