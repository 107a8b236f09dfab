import type { Level, Mask, Masked } from '@/api/policytypes'
import type { RuleField } from '@/api/rules'
import { useText } from '@/lib/usetext'

export const isMasked = (level: string): level is Masked => level.startsWith('masked')

/** Any mask, where one level stands for all of them. */
export const broad = (level: Level) => (isMasked(level) ? 'masked' : level)

interface Props {
  label: string
  level: Masked
  /** The fields that the level is about. */
  fields: RuleField[]
  onLevel: (level: Masked) => void
}

/** How a masked value shows: by each field's own mask, or by one that suits at least one of the fields. */
export function MaskChoice({ label, level, fields, onLevel }: Props) {
  const { t } = useText()
  const suit = [...new Set(fields.flatMap((f) => f.masks))]
  return (
    <select className="input mask-choice" aria-label={t('rules.masks.label', { field: label })} value={level} onChange={(event) => onLevel(event.target.value as Masked)}>
      <option value="masked">{t('rules.masks.own')}</option>
      {suit.map((mask) => (
        <option key={mask} value={mask}>
          {t(`rules.masks.${mask.slice('masked:'.length) as Mask}`)}
        </option>
      ))}
    </select>
  )
}
