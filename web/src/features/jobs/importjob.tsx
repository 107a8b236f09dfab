import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { isOpen, type Job, recordsChanged, useCancel, useImport, useJob, useRevert } from '@/api/jobs'
import type { Kind } from '@/api/types'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { BoneRows } from '@/ui/states'
import { Looked } from './looked'
import { Problems } from './problems'
import { Counts, Progress, Steps } from './progress'
import { useTrouble } from './trouble'
import type { ImportSearch } from './search'
import './jobs.css'

interface Props {
  id: string
  kinds: Kind[]
  search: ImportSearch
}

/** One import: under way, tried, done or taken back. */
export default function ImportJob({ id, kinds, search }: Props) {
  const { t } = useText()
  const found = useJob('imports', id)
  const job = found.data
  const ended = job && !isOpen(job) && (job.mode === 'run' || job.mode === 'revert')
  useTitle(t('jobs.import'))
  useEffect(() => {
    if (ended) void recordsChanged()
  }, [ended])
  if (found.isPending) return <BoneRows />
  if (!job) return <Failure page error={found.error} onRetry={() => void found.refetch()} />
  return <ImportJobView job={job} kind={kinds.find((k) => k.name === job.kind)} search={search} />
}

const stepOf = (job: Job) => (job.mode === 'dry' ? 'try' : isOpen(job) ? 'run' : 'report')

export function ImportJobView({ job, kind, search }: { job: Job; kind?: Kind; search: ImportSearch }) {
  const { t, pick, format } = useText()
  const cancel = useCancel('imports')
  const trouble = useTrouble()
  const label = kind ? pick(kind.label) : job.kind
  const reverting = job.mode === 'revert' || job.mode === 'revert_dry'
  return (
    <div className="jobs">
      <header className="jobs-head">
        <div>
          <h1>{t(`jobs.titles.${job.mode ?? 'run'}`, { kind: label })}</h1>
          <p>
            {job.name}
            {job.finished_at && t('jobs.endedAt', { time: format.moment(job.finished_at) })}
          </p>
        </div>
        <Link to="/data/imports" className="btn">
          {t('jobs.history')}
        </Link>
      </header>
      {!reverting && <Steps at={stepOf(job)} />}
      {isOpen(job) ? (
        <div className="card job-card">
          <Progress job={job} />
          <p className="muted">{t('jobs.background')}</p>
          <button type="button" className="btn" disabled={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
            {t('jobs.cancel')}
          </button>
        </div>
      ) : (
        <>
          <Outcome job={job} text={trouble(job)} />
          <div className="card job-card">
            <Counts job={job} />
          </div>
          <Looked job={job} />
          <Problems job={job} kind={kind} />
          {job.mode === 'dry' && job.status === 'done' && <RunBar job={job} search={search} />}
          {(job.mode === 'run' || job.mode === 'revert_dry') && <RevertBar job={job} />}
        </>
      )}
    </div>
  )
}

function Outcome({ job, text }: { job: Job; text?: string }) {
  const { t } = useText()
  const good = job.status === 'done'
  const partly = good && job.failed > 0
  return (
    <p className={`note ${!good ? 'bad' : partly ? 'warn' : 'good'}`} role="status">
      <Icon name={good && !partly ? 'check' : 'warn'} />
      {text ?? t(`jobs.outcome.${job.mode ?? 'run'}.${job.status === 'cancelled' ? 'cancelled' : good ? (partly ? 'partly' : 'good') : 'failed'}`)}
    </p>
  )
}

function RunBar({ job, search }: { job: Job; search: ImportSearch }) {
  const { t, format } = useText()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const run = useImport()
  const [part, setPart] = useState(true)
  const good = job.created + job.updated
  const go = () => run.mutate({ from: job.id, mode: 'run', atomic: part || job.failed === 0 ? 'row' : 'job' }, { onSuccess: (next) => void navigate({ to: '/data/imports/$id', params: { id: next.id } }) })
  if (job.next) {
    return (
      <footer className="jobs-foot">
        <Link to="/data/imports/$id" params={{ id: job.next }} className="btn">
          {t('jobs.seeRun')}
        </Link>
      </footer>
    )
  }
  return (
    <footer className="jobs-foot">
      {run.error && (
        <p className="note bad" role="alert">
          {problemText(run.error)}
        </p>
      )}
      {job.failed > 0 && (
        <label className="map-check">
          <input type="checkbox" checked={part} onChange={(event) => setPart(event.target.checked)} />
          {t('jobs.partly')}
        </label>
      )}
      {search.upload && (
        <Link to="/data/imports/new" search={{ kind: job.kind, upload: search.upload }} className="btn">
          {t('jobs.back')}
        </Link>
      )}
      <button type="button" className="btn primary" disabled={run.isPending || good === 0 || (job.failed > 0 && !part)} onClick={go}>
        {good === 0 ? t('jobs.nothingToRun') : t('jobs.run', { count: good, n: format.integer(good) })}
      </button>
      {job.expires_at && <p className="muted">{t('jobs.fileUntil', { time: format.moment(job.expires_at) })}</p>}
    </footer>
  )
}

/** Taking an import back is first shown, then done. */
function RevertBar({ job }: { job: Job }) {
  const { t, format } = useText()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const of = job.mode === 'revert_dry' ? (job.from ?? '') : job.id
  const revert = useRevert(of)
  const mode = job.mode === 'revert_dry' ? 'run' : 'dry'
  const may = job.mode === 'revert_dry' ? job.updated + (job.deleted ?? 0) > 0 : job.revert_until !== undefined
  const go = () => revert.mutate(mode, { onSuccess: (next) => void navigate({ to: '/data/imports/$id', params: { id: next.id } }) })
  return (
    <footer className="jobs-foot">
      {revert.error && (
        <p className="note bad" role="alert">
          {problemText(revert.error)}
        </p>
      )}
      {job.mode === 'revert_dry' && (
        <Link to="/data/imports/$id" params={{ id: of }} className="btn">
          {t('jobs.dontRevert')}
        </Link>
      )}
      {job.next && job.mode === 'run' && (
        <Link to="/data/imports/$id" params={{ id: job.next }} className="btn">
          {t('jobs.seeRevert')}
        </Link>
      )}
      {job.mode === 'run' && (
        <Link to="/records/$kind" params={{ kind: job.kind }} className="btn primary">
          {t('jobs.seeList')}
        </Link>
      )}
      {may && (
        <button type="button" className="btn danger" disabled={revert.isPending} onClick={go}>
          {t(mode === 'dry' ? 'jobs.revert' : 'jobs.revertNow')}
        </button>
      )}
      {job.revert_until && <p className="muted">{t('jobs.revertUntil', { time: format.moment(job.revert_until) })}</p>}
    </footer>
  )
}
