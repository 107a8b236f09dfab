import type { AuditItem } from '@/api/auditlog'
import { auditActs } from '@/api/auditwords'
import { useText } from '@/lib/usetext'

const lists = ['audit_entries', 'audit_retention', 'audit_erasure', 'alerts', 'alert', 'honey', 'blocked_exports', 'exports', 'imports', 'reports', 'report', 'rehearsed'] as const
const refusals = ['org', 'people', 'policy', 'audit', 'tokens', 'duplicates', 'break_glass', 'emergency_people', 'request', 'attach', 'download', 'comment', 'who_can'] as const

/** An act, or what an operation is called that was refused, in words. */
export function useActOf() {
  const { t } = useText()
  return (action: string) => {
    const refused = refusals.find((one) => one === action)
    return refused ? t(`audit.refusals.${refused}`) : t(`audit.act.${auditActs.find((one) => one === action) ?? 'other'}`)
  }
}

/** What was done, or was refused, in words. */
export function useAct() {
  const { t } = useText()
  const actOf = useActOf()
  return (item: AuditItem) => {
    const list = item.action === 'list' && lists.find((one) => one === item.operation)
    if (list) return t(`audit.lists.${list}`)
    return item.action === 'refused' && item.refused ? t('audit.refusedAct', { act: actOf(item.refused) }) : actOf(item.action)
  }
}
