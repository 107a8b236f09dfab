import type { Job, RowProblem } from '@/api/jobs'
import type { Kind } from '@/api/types'
import { useText } from '@/lib/usetext'
import { itemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'

/** What was wrong with the first rows, by row and column. */
export function Problems({ job, kind }: { job: Job; kind?: Kind }) {
  const { t, pick, format } = useText()
  const list = job.problems ?? []
  const say = useRowText(kind)
  if (list.length === 0 && !job.errors_url) return null
  const reverting = job.mode === 'revert' || job.mode === 'revert_dry'
  const column = (p: RowProblem) => {
    const field = reverting || p.code === 'stage_gate' ? kind?.fields.find((f) => f.name === p.column) : undefined
    return field ? pick(field.label) : p.column || t('jobs.wholeRow')
  }
  return (
    <section className="job-problems">
      <header>
        <h2>{t(reverting ? 'jobs.notReverted' : 'jobs.problems', { count: job.failed, n: format.integer(job.failed) })}</h2>
        {job.errors_url && (
          <a className="btn" href={job.errors_url} download>
            <Icon name="down" />
            {t('jobs.errorFile')}
          </a>
        )}
      </header>
      <div className="job-table" tabIndex={0} role="region" aria-label={t('jobs.problemsTable')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('jobs.row')}</th>
              <th scope="col">{t('jobs.column')}</th>
              <th scope="col">{t('jobs.what')}</th>
            </tr>
          </thead>
          <tbody>
            {list.map((p, i) => (
              <tr key={i}>
                <td className="num">{p.row}</td>
                <td>{column(p)}</td>
                <td>{say(p)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {list.length > 0 && job.failed > list.length && <p className="muted">{t('jobs.firstOnly', { count: list.length })}</p>}
    </section>
  )
}

function useRowText(kind?: Kind) {
  const { t, pick } = useText()
  const codes = t('jobs.codes', { returnObjects: true }) as Record<string, string>
  const named = (names: unknown, of: { name: string; label: { zh: string; en: string } }[]) =>
    (Array.isArray(names) ? names : []).map((name: string) => pick(of.find((one) => one.name === name)?.label ?? { zh: name, en: name })).join(t('app.comma'))
  return (p: RowProblem) => {
    if (p.code === 'stage_gate' && kind && p.params) {
      const stages = (kind.stages ?? []).map((stage) => ({ name: stage.code, label: stage.label }))
      const stage = named([p.params.stage], stages)
      if (p.params.from) return t('jobs.gate.barred', { stage, from: named(p.params.from, stages) })
      return t('jobs.gate.needs', { stage, fields: named(p.params.fields, kind.fields) })
    }
    return (Object.hasOwn(codes, p.code) ? codes[p.code] : undefined) ?? itemText(t, p) ?? p.detail ?? p.code
  }
}
