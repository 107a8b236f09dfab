import type { ReactNode } from 'react'
import { type JobType, useJobs } from '@/api/jobs'
import { hasFailed } from '@/api/problem'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows, State } from '@/ui/states'
import { HistoryTable } from './historytable'

interface Props {
  type: JobType
  kinds: Kind[]
  of: 'me' | 'everybody'
  /** Whether one may see everybody's. */
  oversees: boolean
  onOf: (of: 'me' | 'everybody') => void
  children?: ReactNode
}

export function History({ type, kinds, of, oversees, onOf, children }: Props) {
  const { t } = useText()
  const list = useJobs(type, of)
  const jobs = list.data?.pages.flatMap((p) => p.items) ?? []
  return (
    <section className="jobs-history" aria-label={t('jobs.history')}>
      <header>
        <h2>{t('jobs.history')}</h2>
        {oversees && (
          <div className="segments" role="group" aria-label={t('jobs.whose')}>
            {(['me', 'everybody'] as const).map((who) => (
              <button key={who} type="button" aria-pressed={of === who} onClick={() => onOf(who)}>
                {t(`jobs.of.${who}`)}
              </button>
            ))}
          </div>
        )}
      </header>
      {of === 'everybody' && <p className="muted">{t('jobs.everybodyText')}</p>}
      {list.isPending ? (
        <BoneRows rows={5} />
      ) : hasFailed(list) ? (
        <Failure error={list.error} onRetry={() => void list.refetch()} />
      ) : jobs.length === 0 ? (
        <State icon="empty" title={t(type === 'imports' ? 'jobs.noImports' : 'jobs.noExports')} text={t(type === 'imports' ? 'jobs.noImportsText' : 'jobs.noExportsText')}>
          {children}
        </State>
      ) : (
        <HistoryTable type={type} jobs={jobs} kinds={kinds} everybody={of === 'everybody'} />
      )}
      {list.hasNextPage && (
        <button type="button" className="btn" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('jobs.older')}
        </button>
      )}
    </section>
  )
}
