import { useId } from 'react'
import type { FieldParts } from '@/api/customfields'
import type { Mask } from '@/api/policytypes'
import type { RuleKind } from '@/api/rules'
import { useText } from '@/lib/usetext'
import { masksOf, maySearch, type Wrong } from './draft'
import { Said } from './said'

interface Props {
  kind: RuleKind
  parts: FieldParts
  made: boolean
  wrong: Record<string, Wrong>
  onParts: (part: Partial<FieldParts>) => void
}

/** How a field is filled in, found, masked and kept. */
export function FieldOptions({ kind, parts, made, wrong, onParts }: Props) {
  const { t } = useText()
  const id = useId()
  const encrypted = parts.type === 'text' && parts.encrypted === true
  const masks = masksOf(parts.type, encrypted)
  const mask = parts.mask?.slice('masked:'.length) as Mask | undefined
  const findable = maySearch(kind, parts)
  return (
    <>
      <div className="settings-grid">
        <label>
          {t('customfields.mask')}
          <select
            className="input"
            value={mask && masks.includes(mask) ? mask : 'constant'}
            aria-describedby={`${id}-mask-hint`}
            aria-invalid={wrong.mask ? true : undefined}
            onChange={(event) => onParts({ mask: event.target.value === 'constant' ? undefined : `masked:${event.target.value as Mask}` })}
          >
            {masks.map((one) => (
              <option key={one} value={one}>
                {t(`rules.masks.${one}`)}
              </option>
            ))}
          </select>
          <Said id={`${id}-mask`} wrong={wrong.mask} />
        </label>
        <p id={`${id}-mask-hint`} className="muted fields-wide">
          {t('customfields.maskHint')}
        </p>
      </div>
      <Check label={t('customfields.traits.required')} hint={t('customfields.requiredHint')} checked={parts.required ?? false} onChange={(required) => onParts({ required })} />
      {parts.type === 'text' && (
        <>
          <Check
            label={t('customfields.traits.search')}
            hint={t(findable ? 'customfields.searchHint' : encrypted ? 'customfields.searchEncrypted' : 'customfields.searchNot')}
            disabled={!findable}
            checked={findable && (parts.search ?? false)}
            wrong={wrong.search}
            onChange={(search) => onParts({ search })}
          />
          <Check
            label={t('customfields.encrypted')}
            hint={t('customfields.encryptedHint')}
            disabled={made}
            checked={encrypted}
            wrong={wrong.encrypted}
            onChange={(next) => onParts({ encrypted: next })}
          />
        </>
      )}
    </>
  )
}

interface CheckProps {
  label: string
  hint: string
  checked: boolean
  disabled?: boolean
  wrong?: Wrong
  onChange: (checked: boolean) => void
}

function Check({ label, hint, checked, disabled, wrong, onChange }: CheckProps) {
  const id = useId()
  return (
    <div className="fields-check">
      <input id={id} type="checkbox" disabled={disabled} checked={checked} aria-describedby={`${id}-hint`} onChange={(event) => onChange(event.target.checked)} />
      <div>
        <label htmlFor={id}>{label}</label>
        <p id={`${id}-hint`} className="muted">
          {hint}
        </p>
        <Said id={`${id}-wrong`} wrong={wrong} />
      </div>
    </div>
  )
}
