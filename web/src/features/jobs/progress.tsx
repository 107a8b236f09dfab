import type { Job } from '@/api/jobs'
import { useText } from '@/lib/usetext'

/** How far work is; without an end that is known, how much is done. */
export function Progress({ job }: { job: Job }) {
  const { t, format } = useText()
  const waiting = job.status === 'queued'
  const rows = t('jobs.rows', { count: job.done, n: format.integer(job.done) })
  return (
    <div className="job-progress">
      <progress aria-label={t('jobs.progress')} max={job.total ?? undefined} value={waiting || !job.total ? undefined : Math.min(job.done, job.total)} />
      <p role="status">
        {waiting ? t('jobs.queued') : job.total ? t('jobs.doneOf', { done: format.integer(job.done), total: format.integer(job.total) }) : rows}
      </p>
    </div>
  )
}

/** What became of the rows. */
export function Counts({ job }: { job: Job }) {
  const { t, format } = useText()
  const reverting = job.mode === 'revert' || job.mode === 'revert_dry'
  const trying = job.mode === 'dry' || job.mode === 'revert_dry'
  const list = (
    reverting
      ? ([
          ['deleted', job.deleted ?? 0],
          ['putBack', job.updated],
          ['kept', job.failed],
        ] as const)
      : ([
          ['created', job.created],
          ['updated', job.updated],
          ['unchanged', job.unchanged],
          ['failed', job.failed],
          ...(job.invented ? ([['invented', job.invented]] as const) : []),
        ] as const)
  ).map(([name, n]) => ({ name, n, bad: (name === 'failed' || name === 'kept') && n > 0 }))
  return (
    <dl className="job-counts">
      {list.map(({ name, n, bad }) => (
        <div key={name} className={bad ? 'bad' : undefined}>
          <dt>{t(`jobs.${trying ? 'would' : 'counts'}.${name}`)}</dt>
          <dd className="num">{format.integer(n)}</dd>
        </div>
      ))}
    </dl>
  )
}

const steps = ['file', 'columns', 'try', 'run', 'report'] as const

/** Where one is in an import. */
export function Steps({ at }: { at: (typeof steps)[number] }) {
  const { t } = useText()
  const now = steps.indexOf(at)
  return (
    <ol className="job-steps" aria-label={t('jobs.stepsLabel')}>
      {steps.map((step, i) => (
        <li key={step} aria-current={i === now ? 'step' : undefined} className={i < now ? 'past' : undefined}>
          <span className="num">{i + 1}</span>
          {t(`jobs.steps.${step}`)}
        </li>
      ))}
    </ol>
  )
}
