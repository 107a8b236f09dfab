import type { AuditFact, AuditItem } from '@/api/auditlog'
import { auditFactKeys } from '@/api/auditwords'
import { useText } from '@/lib/usetext'
import { useActOf } from './useact'

/** What is the act's own, in words. */
export function AuditFacts({ item }: { item: AuditItem }) {
  const { t, pick, format } = useText()
  const actOf = useActOf()
  const value = (fact: AuditFact) => {
    if (fact.word !== undefined && (fact.key === 'action' || fact.key === 'who_can')) return actOf(fact.word)
    if (fact.word !== undefined) return t(`audit.words.${fact.key as 'what'}.${fact.word as 'back'}`, { defaultValue: fact.word })
    if (fact.number !== undefined) return format.number(fact.number)
    if (fact.at) return format.moment(fact.at)
    if (fact.person) return fact.person.name || `#${fact.person.id}`
    if (fact.label?.zh) return pick(fact.label)
    if (fact.ids) return fact.ids.map((id) => `#${id}`).join(t('audit.comma'))
    return fact.text ?? ''
  }
  const said = (item.facts ?? []).flatMap((fact) => {
    const key = auditFactKeys.find((one) => one === fact.key)
    if (key === 'days' && fact.number === 0) return [t('audit.keepsAll')]
    return key ? [t(`audit.facts.${key}`, { value: value(fact) })] : []
  })
  return said.length > 0 && <span className="muted"> {said.join(t('audit.comma'))}</span>
}
