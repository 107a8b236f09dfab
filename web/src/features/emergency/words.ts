import type { Emergency } from '@/api/emergencies'
import type { useText } from '@/lib/usetext'

/** Who opened what, by its name for whom may see it. */
export const openedText = ({ t, pick }: ReturnType<typeof useText>, one: Emergency): string =>
  one.record.title ? t('emergency.opens', { who: one.person.name, what: one.record.title }) : t('emergency.opensOne', { who: one.person.name, kind: pick(one.kind_label) })
