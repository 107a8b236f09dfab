import { hasFailed } from '@/api/problem'
import { type Report, reportFile, useReport } from '@/api/reports'
import { useTitle } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { BoneRows } from '@/ui/states'
import { Emergencies, Exports, Grants, Looked, RuleChanges, Unusual } from './parts'
import './reports.css'

/** One report, as it was made. */
export default function ReportPage({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useText()
  const report = useReport(id)
  useTitle(t('reports.title'))
  if (hasFailed(report)) return <Failure page error={report.error} onRetry={() => void report.refetch()} />
  return (
    <div className="reports-page">
      <button type="button" className="btn reports-back" onClick={onBack}>
        {t('reports.back')}
      </button>
      {report.data ? <Body report={report.data} /> : <BoneRows rows={12} />}
    </div>
  )
}

function Body({ report }: { report: Report }) {
  const { t, format } = useText()
  return (
    <article className="report">
      <header>
        <h1>
          {t('reports.one')} <span className="num">{report.month}</span> {report.preliminary && <span className="report-early">{t('reports.preliminary')}</span>}
        </h1>
        <div className="report-files">
          {(['zh', 'en'] as const).map((lang) => (
            <a key={lang} className="btn" href={reportFile(report.id, lang)} download>
              {t(`reports.${lang}`)}
            </a>
          ))}
        </div>
      </header>
      <dl>
        <dt>{t('reports.scope')}</dt>
        <dd>{report.role === 'head' ? report.units.join(t('app.comma')) : t('reports.everyone')}</dd>
        <dt>{t('reports.period')}</dt>
        <dd className="num">
          {format.moment(report.from)} – {format.moment(report.until)}
        </dd>
      </dl>
      <Summary report={report} />
      <Looked report={report} />
      <Exports report={report} />
      <Emergencies report={report} />
      <Grants report={report} />
      <Unusual report={report} />
      <RuleChanges report={report} />
    </article>
  )
}

const deeds = ['seen', 'opened', 'exports', 'rows', 'reveals', 'denials'] as const

function Summary({ report }: { report: Report }) {
  const { t, format } = useText()
  return (
    <section aria-label={t('reports.summary')}>
      <h2>{t('reports.summary')}</h2>
      <ul className="report-figures">
        {deeds.map((name) => (
          <li key={name}>
            <span className="muted">{t(`reports.deeds.${name}`)}</span>
            <strong className="num">{format.integer(report.total[name])}</strong>
            <small className="muted">
              {t('reports.before')} {format.integer(report.before[name])}
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}
