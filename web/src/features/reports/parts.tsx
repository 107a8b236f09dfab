import type { ReactNode } from 'react'
import type { Report } from '@/api/reports'
import { useText } from '@/lib/usetext'
import '@/ui/logtable.css'

// The parts of a report: each a table, or a word that there is nothing.

interface PartProps {
  title: string
  heads: string[]
  rows: ReactNode[][]
  more?: number
}

const isNumber = (cell: ReactNode) => typeof cell === 'string' && /^[\d,]+$/.test(cell)

function Part({ title, heads, rows, more }: PartProps) {
  const { t, format } = useText()
  const looks = heads.map((_, n) => (rows.every((cells) => isNumber(cells[n])) ? 'num' : undefined))
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p className="muted">{t('reports.empty')}</p>
      ) : (
        <div className="log-table report-table" role="region" aria-label={title} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {heads.map((head, n) => (
                  <th key={head} scope="col" className={looks[n]}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((cells, i) => (
                <tr key={i}>
                  {cells.map((cell, n) => (
                    <td key={n} data-head={heads[n]} className={looks[n]}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more ? <p className="muted">{t('reports.more', { n: format.integer(more) })}</p> : null}
    </section>
  )
}

interface Props {
  report: Report
}

export function Looked({ report }: Props) {
  const { t, format } = useText()
  const n = format.integer
  return (
    <Part
      title={t('reports.looked')}
      heads={[t('reports.person'), t('reports.unit'), t('reports.deeds.seen'), t('reports.before'), t('reports.deeds.opened'), t('reports.deeds.rows'), t('reports.deeds.reveals'), t('reports.deeds.denials')]}
      rows={report.looked.map((l) => [l.name, l.unit, n(l.seen), n(l.before.seen), n(l.opened), n(l.rows), n(l.reveals), n(l.denials)])}
      more={report.more.looked}
    />
  )
}

export function Exports({ report }: Props) {
  const { t, pick, format } = useText()
  return (
    <Part
      title={t('reports.exported')}
      heads={[t('reports.person'), t('reports.when'), t('reports.data'), t('reports.rows'), t('reports.purpose')]}
      rows={report.exports.map((x) => [x.by.name, format.moment(x.at), pick(x.label), format.integer(x.rows), x.purpose])}
      more={report.more.exports}
    />
  )
}

const verdicts = ['justified', 'unjustified', 'follow_up'] as const

export function Emergencies({ report }: Props) {
  const { t, pick, format } = useText()
  return (
    <Part
      title={t('reports.emergencies')}
      heads={[t('reports.person'), t('reports.when'), t('reports.data'), t('reports.reason'), t('reports.verdict')]}
      rows={report.emergencies.map((e) => [e.by.name, format.moment(e.at), pick(e.label), e.reason, t(`reports.verdicts.${verdicts.find((v) => v === e.verdict) ?? 'none'}`)])}
    />
  )
}

export function Grants({ report }: Props) {
  const { t, pick, format } = useText()
  const states = (g: Report['grants'][number]) => [g.given && t('reports.states.given'), t(`reports.states.${!g.ended ? 'open' : g.revoked ? 'revoked' : 'ended'}`)].filter(Boolean).join(t('app.comma'))
  return (
    <Part
      title={t('reports.grants')}
      heads={[t('reports.giver'), t('reports.receiver'), t('reports.data'), t('reports.until'), t('reports.state')]}
      rows={report.grants.map((g) => [g.giver.name, g.receiver.name, pick(g.label), format.moment(g.until), states(g)])}
      more={report.more.grants}
    />
  )
}

const detectors = ['hour', 'fresh', 'slow', 'row', 'night', 'place', 'chunks', 'leaver', 'reveals', 'denials', 'honey'] as const

export function Unusual({ report }: Props) {
  const { t, format } = useText()
  return (
    <Part
      title={t('reports.unusual')}
      heads={[t('reports.person'), t('reports.unit'), t('reports.what'), t('reports.alerts'), t('reports.confirmed'), t('reports.dismissed')]}
      rows={report.unusual.flatMap((u) =>
        u.alerts.map((a) => [u.name, u.unit, t(`reports.detectors.${detectors.find((d) => d === a.detector) ?? 'other'}`), format.integer(a.count), format.integer(a.confirmed), format.integer(a.dismissed)]),
      )}
    />
  )
}

export function RuleChanges({ report }: Props) {
  const { t, format } = useText()
  return (
    <Part
      title={t('reports.changes')}
      heads={[t('reports.version'), t('reports.when'), t('reports.by'), t('reports.note')]}
      rows={report.changes.map((c) => [format.integer(c.number), format.moment(c.at), c.by?.name ?? t('reports.setup'), [c.note, c.alone && t('reports.alone')].filter(Boolean).join(' · ')])}
    />
  )
}
