import { type AuditCheck, type AuditFinding, isChecking } from '@/api/auditlog'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

/** What came of the last verification, or how far the one under way is. */
export function LastCheck({ check }: { check: AuditCheck | undefined }) {
  const { t, format } = useText()
  if (!check) return <span className="muted">{t('audit.never')}</span>
  if (isChecking(check)) {
    const total = Math.max(check.total, 1)
    return (
      <div className="seal-progress" role="status">
        <progress value={Math.min(check.looked, total)} max={total} aria-label={t('audit.checking')} />
        <span className="muted num">{t('audit.progress', { n: format.number(check.looked), total: format.number(check.total) })}</span>
      </div>
    )
  }
  const when = t('audit.by', { name: check.by?.name ?? '', at: format.moment(check.finished_at ?? check.created_at) })
  const report = check.report
  if (check.status !== 'done' || !report) {
    return (
      <span className="seal-state bad">
        <Icon name="warn" />
        {t('audit.broke')} <span className="muted">{when}</span>
      </span>
    )
  }
  const found = report.findings.length + (report.more ?? 0)
  if (found === 0) {
    return (
      <span className="seal-state good">
        <Icon name="check" />
        {t('audit.whole', { count: report.size, n: format.number(report.size) })} <span className="muted">{when}</span>
        {report.archives && <span className="muted">{t('audit.kept.checked', { n: format.number(report.archives.length), checked: format.number(report.archives.filter((one) => one.checked).length) })}</span>}
      </span>
    )
  }
  return (
    <div role="alert">
      <span className="seal-state bad">
        <Icon name="warn" />
        {t('audit.found', { count: found, n: format.number(found) })} <span className="muted">{when}</span>
      </span>
      <ul className="seal-findings" aria-label={t('audit.places')}>
        {report.findings.slice(0, 20).map((finding, i) => (
          <li key={i}>
            <Finding finding={finding} />
          </li>
        ))}
      </ul>
    </div>
  )
}

const flaws = ['changed', 'dropped', 'inserted', 'reordered', 'hash', 'rewritten', 'head', 'unsigned', 'unlogged', 'misindexed'] as const

/** Where, then what. */
function Finding({ finding }: { finding: AuditFinding }) {
  const { t, format } = useText()
  const where = []
  if (finding.until && finding.until > finding.leaf + 1) where.push(t('audit.leaves', { from: format.number(finding.leaf), to: format.number(finding.until - 1) }))
  else if (finding.leaf >= 0) where.push(t('audit.leaf', { n: format.number(finding.leaf) }))
  if (finding.seq) where.push(t('audit.entry', { n: finding.seq }))
  const flaw = flaws.find((one) => one === finding.flaw)
  return (
    <>
      <strong>{where.join(' · ')}</strong> {flaw ? t(`audit.flaws.${flaw}`) : finding.text}
    </>
  )
}
