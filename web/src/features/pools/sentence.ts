import type { FieldClass, Label } from '@/api/types'
import type { Text } from '@/lib/usetext'
import type { PoolDraft } from './draft'
import { hiddenWords, type NamedField } from './hiddenwords'

/** What is set, as a few sentences. */
export function poolSentence(text: Text, draft: PoolDraft, unitName: (id: string) => string, fields: NamedField[], takes: Label | undefined): string {
  const { t, pick, format } = text
  const { open, settings } = draft
  const n = (value: number | undefined) => format.integer(value ?? 0)
  const units = open
    .map((m) => t(m.below ? 'pools.say.below' : 'pools.say.unit', { unit: unitName(m.unit) }))
    .join(t('app.comma'))
  const limits = [
    settings.claims_per_day ? t('pools.say.perDay', { n: n(settings.claims_per_day) }) : '',
    settings.claims_held ? t('pools.say.held', { n: n(settings.claims_held) }) : '',
    settings.views_per_day ? t('pools.say.views', { n: n(settings.views_per_day) }) : '',
    settings.cool_down_days ? t('pools.say.coolDown', { n: n(settings.cool_down_days) }) : '',
  ].filter(Boolean)
  const recycle = settings.recycle
  const rules = [
    recycle?.idle_days ? t('pools.say.idle', { n: n(recycle.idle_days) }) : '',
    recycle?.deal_days ? t('pools.say.deal', { n: n(recycle.deal_days) }) : '',
    recycle?.leavers ? t('pools.say.leavers') : '',
  ].filter(Boolean)
  const hidden = settings.hidden ?? []
  return [
    open.length > 0 ? t('pools.say.open', { units }) : t('pools.say.nobody'),
    settings.takes ? t('pools.say.takes', { condition: takes ? pick(takes) : '…' }) : t('pools.say.takesAll'),
    limits.length > 0 ? t('pools.say.limits', { limits: limits.join(t('pools.say.comma')) }) : t('pools.say.noLimits'),
    hidden.length > 0 ? t('pools.say.hidden', { fields: hiddenWords(text, fields, hidden) }) : '',
    rules.length > 0 ? t('pools.say.recycle', { rules: rules.join(t('pools.say.or')) }) : t('pools.say.noRecycle'),
    recycle?.warn_days && (recycle.idle_days || recycle.deal_days) ? t('pools.say.warn', { n: n(recycle.warn_days) }) : '',
  ]
    .filter(Boolean)
    .join('')
}

export const classes: FieldClass[] = ['general', 'contact', 'money', 'identity', 'communication', 'internal']
