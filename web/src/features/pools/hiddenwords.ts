import type { FieldRule } from '@/api/policytypes'
import type { FieldClass } from '@/api/types'
import type { Text } from '@/lib/usetext'

export interface NamedField {
  name: string
  label: { zh: string; en: string }
}

/** What a pool hides, in words: classes and fields. */
export function hiddenWords({ t, pick }: Text, fields: NamedField[], hidden: FieldRule[]): string {
  return hidden
    .map((rule) => {
      if (rule.class) return t(`classes.${rule.class as FieldClass}`)
      const field = fields.find((f) => f.name === rule.field)
      return field ? pick(field.label) : (rule.field ?? '')
    })
    .join(t('app.comma'))
}
