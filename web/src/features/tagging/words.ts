import type { RuleKind } from '@/api/rules'
import type { TagTerm, TagWindow } from '@/api/taggroups'
import type { Text } from '@/lib/usetext'

/** A window in words: "in the last 90 days". */
export function windowWords({ t }: Text, w: TagWindow): string {
  const unit = t(`tagging.units.${w.unit}`, { count: w.to ?? w.from ?? 1 })
  const n = { unit, to: w.to ?? 0, from: w.from ?? 0 }
  switch (w.mode) {
    case 'this':
      return t(`tagging.thisUnit.${w.unit}`)
    case 'past':
      return t('tagging.windows.past', n)
    case 'each':
      return t('tagging.windows.each', n)
    case 'ago':
      return t(w.from && !w.to ? 'tagging.windows.agoFrom' : w.from ? 'tagging.windows.agoBetween' : 'tagging.windows.ago', n)
    case 'ahead':
      return t(w.from ? 'tagging.windows.aheadBetween' : 'tagging.windows.ahead', n)
  }
}

/** A term in words: "payments, paid on in this year: total amount more than 100,000 CNY". */
export function termWords(text: Text, kinds: RuleKind[], kind: RuleKind, term: TagTerm): string {
  const { t, pick } = text
  const relation = kind.relations.find((r) => r.name === term.relation)
  const on = relation ? kinds.find((k) => k.name === relation.kind) : kind
  const nameOf = (field: string | undefined) => {
    const found = on?.fields.find((f) => f.name === field)
    return found ? pick(found.label) : (field ?? '')
  }
  const window = term.window ? windowWords(text, term.window) : ''
  if (!relation) return t('tagging.say.own', { date: nameOf(term.date), window })
  const where = term.where ? t('tagging.say.where') : ''
  if (term.last) return t('tagging.say.last', { relation: pick(relation.label), date: nameOf(term.date ?? 'created_at'), where, window })
  const words = {
    relation: pick(relation.label),
    window: term.window ? t('tagging.say.window', { date: nameOf(term.date ?? 'created_at'), window }) : '',
    where,
    op: t(`tagging.ops.${term.op ?? 'ge'}`),
    value: term.value ?? '',
    currency: term.currency ?? '',
    sum: nameOf(term.sum),
  }
  return t(term.sum ? 'tagging.say.sum' : 'tagging.say.count', words)
}
