import type { AuditItem } from '@/api/auditlog'
import { auditAbsent } from '@/api/auditwords'
import { useText } from '@/lib/usetext'
import { itemText } from '@/permission/problemtext'

const recycledWhy = ['warned', 'idle', 'no_deal', 'leaver'] as const
const barring = ['forbidden', 'unpermitted', 'scope', 'second_factor', 'absent'] as const

/** Why it was allowed or refused: the rules by their scenes, what was answered, what for, and by which policy. */
export function AuditWhy({ item }: { item: AuditItem }) {
  const { t, pick, format } = useText()
  const named = (rules: AuditItem['rules']) => rules.map((rule) => (rule.scene?.zh ? pick(rule.scene) : rule.id))
  const recycled = item.action === 'recycled' && recycledWhy.find((one) => one === item.code)
  const barred = barring.find((one) => one === item.barred)
  const near = named(item.near ?? [])
  /** What was answered, where its words need nothing that the entry does not keep. */
  const answered = (code: string) => {
    const text = t('problem.codes', { returnObjects: true }) as Record<string, string>
    const own = t('audit.answers', { returnObjects: true }) as Record<string, string | undefined>
    const words = own[auditAbsent.some((one) => one === code) ? 'absent' : code] ?? (text[code]?.includes('{{') ? undefined : itemText(t, { code, detail: '', at: '' }))
    return words ? t('audit.answered', { words }) : t('audit.refusedFor', { code })
  }
  const reasons = [
    ...(barred ? [t(`audit.barred.${barred}`, { rules: named(item.rules).join(t('audit.comma')) })] : named(item.rules)),
    near.length > 0 && t('audit.near', { rules: near.join(t('audit.comma')) }),
    item.code && (recycled ? t(`audit.recycled.${recycled}`) : answered(item.code)),
    item.reason && t('audit.reason', { reason: item.reason }),
  ].filter(Boolean)
  return (
    <>
      {reasons.slice(0, 2).join(' · ')}
      {reasons.length > 2 && (
        <details>
          <summary>{t('audit.moreReasons', { n: format.number(reasons.length - 2) })}</summary>
          {reasons.slice(2).join(' · ')}
        </details>
      )}
      {item.epoch > 0 && <span className="muted audit-epoch">{t('audit.epoch', { n: item.epoch })}</span>}
    </>
  )
}
