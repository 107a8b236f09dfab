import { useId } from 'react'
import type { Level, Mask, Masked } from '@/api/policytypes'
import type { RuleField } from '@/api/rules'
import { useText } from '@/lib/usetext'
import './maskchoice.css'

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

/** How many examples stand beside a mask of many fields. */
const most = 3

/** How a masked value shows: by each field's own mask, or by one that suits at least one of the fields; with what it leaves of a value. */
export function MaskChoice({ label, level, fields, onLevel }: Props) {
  const { t } = useText()
  const id = useId()
  const suit = [...new Set(fields.flatMap((f) => f.masks))]
  // Of a field that the mask does not suit nothing is left.
  const left = fields.map((f) => f.examples[f.masks.indexOf(level === 'masked' ? f.mask : level)] ?? f.examples[0] ?? '')
  const examples = [...new Set(left)].sort((a, b) => b.length - a.length).slice(0, most)
  return (
    <span className="mask">
      <small id={id} className="muted num">
        {t('rules.masks.example', { values: examples.join(t('rules.comma')) })}
      </small>
      <select className="input mask-choice" aria-label={t('rules.masks.label', { field: label })} aria-describedby={id} value={level} onChange={(event) => onLevel(event.target.value as Masked)}>
        <option value="masked">{t('rules.masks.own')}</option>
        {suit.map((mask) => (
          <option key={mask} value={mask}>
            {t(`rules.masks.${mask.slice('masked:'.length) as Mask}`)}
          </option>
        ))}
      </select>
    </span>
  )
}
