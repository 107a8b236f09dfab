import { Link } from '@tanstack/react-router'
import { isOpen, type Job, type JobType, useCancel } from '@/api/jobs'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { Progress } from './progress'
import { useTrouble } from './trouble'

interface Props {
  type: JobType
  jobs: Job[]
  kinds: Kind[]
  /** Whose name stands beside each. */
  everybody: boolean
}

/** Imports or exports, the newest first, with what can still be done with each. */
export function HistoryTable({ type, jobs, kinds, everybody }: Props) {
  const { t, pick, format } = useText()
  const cancel = useCancel(type)
  const trouble = useTrouble()
  const label = (job: Job) => {
    const kind = kinds.find((k) => k.name === job.kind)
    return kind ? pick(kind.label) : job.kind
  }
  const title = (job: Job) =>
    type === 'imports' ? t(`jobs.titles.${job.mode ?? 'run'}`, { kind: label(job) }) : t(job.record ? 'jobs.exportOne' : 'jobs.exportOf', { kind: label(job), format: (job.format ?? '').toUpperCase() })
  const counts = (job: Job) => {
    if (type === 'exports') return t('jobs.rows', { count: job.done, n: format.integer(job.done) })
    const parts = (['created', 'updated', 'unchanged', 'deleted', 'failed'] as const)
      .map((name) => [name, job[name] ?? 0] as const)
      .filter(([, n]) => n > 0)
      .map(([name, n]) => t(`jobs.short.${name}`, { n: format.integer(n) }))
    return parts.length > 0 ? parts.join(t('jobs.between')) : t('jobs.rows', { count: job.done, n: format.integer(job.done) })
  }
  return (
    <ul className="card history">
      {jobs.map((job) => (
        <li key={job.id}>
          <span className={`job-mark ${job.status}`} aria-hidden="true">
            <Icon name={job.status === 'done' ? 'check' : job.status === 'failed' ? 'warn' : job.status === 'cancelled' ? 'close' : 'down'} />
          </span>
          <div className="history-what">
            {type === 'imports' && !everybody ? (
              <Link to="/data/imports/$id" params={{ id: job.id }}>
                {title(job)}
              </Link>
            ) : (
              <strong>{title(job)}</strong>
            )}
            <span className="muted">
              {[job.name, job.purpose, job.by?.name, format.moment(job.created_at)].filter(Boolean).join(t('jobs.dot'))}
            </span>
          </div>
          <div className="history-how">
            {isOpen(job) ? (
              <Progress job={job} />
            ) : (
              <>
                <span className={`job-status ${job.status}`}>{t(`jobs.status.${job.status}`)}</span>
                <span className="muted">{job.status === 'failed' && !everybody ? (trouble(job) ?? counts(job)) : counts(job)}</span>
              </>
            )}
          </div>
          <div className="history-act">
            {isOpen(job) && !everybody && (
              <button type="button" className="btn" disabled={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
                {t('jobs.cancel')}
              </button>
            )}
            {job.file_url && (
              <a className="btn primary" href={job.file_url} download>
                <Icon name="down" />
                {t('jobs.download')}
              </a>
            )}
            {job.errors_url && (
              <a className="btn" href={job.errors_url} download>
                {t('jobs.errorFile')}
              </a>
            )}
            {job.file_url && job.expires_at && <span className="muted">{t('jobs.expires', { time: format.moment(job.expires_at) })}</span>}
          </div>
        </li>
      ))}
    </ul>
  )
}
