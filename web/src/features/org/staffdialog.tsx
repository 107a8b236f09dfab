import { useState } from 'react'
import { useHandOut } from '@/api/company'
import { queries } from '@/api/freshness'
import { lacking, lookAtStaff, sendStaff, type StaffJob, type StaffSheet } from '@/api/staff'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Dialog } from '@/ui/dialog'
import { Icon } from '@/ui/icons'
import { Handed } from './handed'

/** A staff list: chosen, tried over all rows, run; and then the first passwords. */
export function StaffDialog({ onClose }: { onClose: () => void }) {
  const { t, pick, format } = useText()
  const problemText = useProblemText()
  const [file, setFile] = useState<File>()
  const [sheet, setSheet] = useState<StaffSheet>()
  const [makes, setMakes] = useState(true)
  const [job, setJob] = useState<StaffJob>()
  const [stage, setStage] = useState<'choose' | 'trying' | 'tried' | 'running' | 'ran'>('choose')
  const [failure, setFailure] = useState<string>()
  const busy = stage === 'trying' || stage === 'running'
  const missing = sheet ? lacking(sheet) : []

  const tryIt = async (chosen: File, found: StaffSheet, make: boolean, run: boolean) => {
    setStage(run ? 'running' : 'trying')
    setFailure(undefined)
    try {
      setJob(await sendStaff(chosen, found, run, make, setJob))
      setStage(run ? 'ran' : 'tried')
      if (run) void queries.invalidateQueries()
    } catch (error) {
      setFailure(problemText(error))
      setStage('choose')
    }
  }
  const take = async (chosen: File | undefined) => {
    if (!chosen) return
    setFile(chosen)
    setJob(undefined)
    try {
      const found = await lookAtStaff(chosen)
      setSheet(found)
      if (lacking(found).length === 0) await tryIt(chosen, found, makes, false)
    } catch (error) {
      setFailure(problemText(error))
    }
  }
  const template = `\uFEFF${t('company.staff.headings')}\r\n`

  if (stage === 'ran' && job?.status === 'done') return <AccountsDialog title={t('company.staff.ran', { n: format.number(job.created) })} onClose={onClose} />
  return (
    <Dialog
      title={t('company.staff.title')}
      wide
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t('company.cancel')}
          </button>
          <button
            type="button"
            className="btn primary"
            disabled={busy || stage !== 'tried' || job?.failed !== 0}
            onClick={() => file && sheet && void tryIt(file, sheet, makes, true)}
          >
            {t('company.staff.run', { n: format.number((job?.created ?? 0) + (job?.updated ?? 0)) })}
          </button>
        </>
      }
    >
      <div className="change-form">
        <p className="muted">{t('company.staff.lead')}</p>
        <div className="staff-row">
          <label className="btn staff-file">
            <Icon name="plus" />
            {file ? file.name : t('company.staff.choose')}
            <input type="file" className="sr-only" accept=".csv,.xlsx" onChange={(event) => void take(event.target.files?.[0])} />
          </label>
          <a className="quiet" download={t('company.staff.template')} href={`data:text/csv;charset=utf-8,${encodeURIComponent(template)}`}>
            <Icon name="download" />
            {t('company.staff.getTemplate')}
          </a>
        </div>
        <label className="o-check">
          <input
            type="checkbox"
            checked={makes}
            disabled={busy}
            onChange={(event) => {
              setMakes(event.target.checked)
              if (file && sheet) void tryIt(file, sheet, event.target.checked, false)
            }}
          />
          {t('company.staff.makes')}
        </label>
        {missing.length > 0 && (
          <p className="note bad" role="alert">
            {t('company.staff.missing', { fields: missing.map((field) => pick(field.label)).join(t('app.comma')) })}
          </p>
        )}
        {busy && (
          <p role="status">
            <span className="spinner" aria-hidden="true" /> {t(stage === 'trying' ? 'company.staff.trying' : 'company.staff.running', { n: format.number(job?.done ?? 0) })}
          </p>
        )}
        {stage === 'tried' && job && <Tried job={job} />}
        {stage === 'ran' && job?.status !== 'done' && <p className="note bad">{t('company.staff.failed')}</p>}
        {failure && (
          <p className="note bad" role="alert">
            {failure}
          </p>
        )}
      </div>
    </Dialog>
  )
}

function Tried({ job }: { job: StaffJob }) {
  const { t, format } = useText()
  const codes = t('problem.codes', { returnObjects: true }) as Record<string, string>
  const own = t('company.staff.codes', { returnObjects: true }) as Record<string, string>
  return (
    <section aria-live="polite">
      <p className={job.failed > 0 ? 'note bad' : 'note'}>
        {t(job.failed > 0 ? 'company.staff.wrong' : 'company.staff.right', { n: format.number(job.failed > 0 ? job.failed : job.done) })}
      </p>
      {(job.problems ?? []).length > 0 && (
        <ul className="staff-problems">
          {(job.problems ?? []).slice(0, 20).map((problem, index) => (
            <li key={index}>
              <strong>{t('company.staff.row', { n: problem.row })}</strong> {problem.column} · {own[problem.code] ?? codes[problem.code] ?? problem.code}
              {problem.params?.unit !== undefined && `: ${String(problem.params.unit)}`}
              {problem.params?.position !== undefined && `: ${String(problem.params.position)}`}
            </li>
          ))}
        </ul>
      )}
      {job.errors_url && job.failed > 0 && (
        <a href={job.errors_url} download>
          {t('company.staff.errors')}
        </a>
      )}
    </section>
  )
}

/** Accounts for who has none: one-time passwords to hand out. */
export function AccountsDialog({ title, unit, onClose }: { title?: string; unit?: string; onClose: () => void }) {
  const { t } = useText()
  const problemText = useProblemText()
  const out = useHandOut()
  return (
    <Dialog
      title={title ?? t('company.accounts.title')}
      wide
      onCancel={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t('company.close')}
          </button>
          {!out.data && (
            <button type="button" className="btn primary" disabled={out.isPending} onClick={() => out.mutate(unit ? { unit } : {})}>
              {t('company.accounts.open')}
            </button>
          )}
        </>
      }
    >
      {out.data ? <Handed list={out.data.items} empty={t('company.accounts.none')} /> : <p>{t('company.accounts.text')}</p>}
      {out.isError && <p className="note bad">{problemText(out.error)}</p>}
    </Dialog>
  )
}
