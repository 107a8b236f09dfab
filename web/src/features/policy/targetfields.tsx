import { useId } from 'react'
import { useText } from '@/lib/usetext'
import { usePlaceNames } from './names'
import { PersonSearch } from './personsearch'
import type { Clause } from '@/api/policytypes'
import { inOrder } from './unitorder'
import { places } from './search'

interface Props {
  value: Clause
  onChange: (who: Clause) => void
}

/** Chooses a position, a unit or a person; what keyboards and phones use instead of dragging. */
export function TargetFields({ value, onChange }: Props) {
  const { t, pick } = useText()
  const names = usePlaceNames()
  const id = useId()
  const on = 'person' in value ? 'person' : 'unit' in value ? 'unit' : 'position'
  const units = inOrder(names.units)
  const start: Record<(typeof places)[number], Clause> = {
    position: { position: '' },
    unit: { unit: '', below: true },
    person: { person: '' },
  }
  return (
    <div className="target-fields">
      <div className="segments" role="group" aria-label={t('policy.assign.on')}>
        {places.map((place) => (
          <button key={place} type="button" aria-pressed={on === place} onClick={() => onChange(start[place])}>
            {t(`policy.sorts.${place}`)}
          </button>
        ))}
      </div>
      {on === 'position' && (
        <select
          id={id}
          className="input"
          aria-label={t('policy.sorts.position')}
          value={value.position ?? ''}
          onChange={(event) => onChange({ position: event.target.value })}
        >
          <option value="">{t('form.choose')}</option>
          {names.positions.map((p) => (
            <option key={p.code} value={p.code}>
              {pick(p.label)}
            </option>
          ))}
        </select>
      )}
      {on === 'unit' && (
        <>
          <select
            id={id}
            className="input"
            aria-label={t('policy.sorts.unit')}
            value={value.unit ?? ''}
            onChange={(event) => onChange({ unit: event.target.value, below: value.below })}
          >
            <option value="">{t('form.choose')}</option>
            {units.map(({ unit, depth }) => (
              <option key={unit.id} value={unit.id}>
                {'\u2003'.repeat(depth)}
                {unit.name}
              </option>
            ))}
          </select>
          <label className="check">
            <input
              type="checkbox"
              checked={value.below ?? false}
              onChange={(event) => onChange({ unit: value.unit, below: event.target.checked || undefined })}
            />
            {t('policy.assign.below')}
          </label>
        </>
      )}
      {on === 'person' && <PersonSearch chosen={value.person} onChoose={(person) => onChange({ person })} />}
    </div>
  )
}

/** Whether a target is chosen and not only begun. */
export const isChosen = (who: Clause): boolean => Boolean(who.position || who.unit || who.person)
