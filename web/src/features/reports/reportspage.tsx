import { useId, useState } from 'react'
import { hasFailed } from '@/api/problem'
import { type ReportItem, useAskReport, useReports } from '@/api/reports'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { BoneRows, State } from '@/ui/states'
import { toast } from '@/ui/toast'
import './reports.css'

/** One's own monthly reports; who administers or audits asks for one out of turn. */
export default function ReportsPage({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useText()
  useTitle(t('reports.title'))
  const reports = useReports()
  if (hasFailed(reports)) return <Failure error={reports.error} onRetry={() => void reports.refetch()} />
  return (
    <div className="reports-page">
      <h1>{t('reports.title')}</h1>
      <p className="muted">{t('reports.lead')}</p>
      {reports.data?.can.includes('ask') && <Ask />}
      {reports.data && reports.data.waiting.length > 0 && (
        <p className="note" role="status">
          {t('reports.waiting', { months: reports.data.waiting.join(t('app.comma')) })}
        </p>
      )}
      {!reports.data && <BoneRows rows={4} />}
      {reports.data?.items.length === 0 && <State icon="shield" title={t('reports.none')} text={t('reports.noneText')} />}
      {reports.data && <List items={reports.data.items} onOpen={onOpen} />}
    </div>
  )
}

function List({ items, onOpen }: { items: ReportItem[]; onOpen: (id: string) => void }) {
  const { t, format } = useText()
  return (
    <ul className="reports-list">
      {items.map((r) => (
        <li key={r.id}>
          <button type="button" onClick={() => onOpen(r.id)}>
            <strong className="num">{r.month}</strong>
            <span>{t(`reports.roles.${r.role}`)}</span>
            {r.preliminary && <span className="report-early">{t('reports.preliminary')}</span>}
            <span className="muted">{t('reports.made', { at: format.moment(r.made_at) })}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function Ask() {
  const { t } = useText()
  const problem = useProblemText()
  const ask = useAskReport()
  const [month, setMonth] = useState(() => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7))
  const field = useId()
  return (
    <form
      className="reports-ask"
      aria-label={t('reports.ask')}
      onSubmit={(event) => {
        event.preventDefault()
        ask.mutate(month, { onSuccess: () => toast(t('reports.asked')) })
      }}
    >
      <label htmlFor={field}>{t('reports.month')}</label>
      <input id={field} className="input" type="month" required value={month} onChange={(event) => setMonth(event.target.value)} />
      <button type="submit" className="btn" disabled={month === '' || ask.isPending}>
        {t('reports.ask')}
      </button>
      {ask.error && (
        <p className="form-fault" role="alert">
          {problem(ask.error)}
        </p>
      )}
    </form>
  )
}
