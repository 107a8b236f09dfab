import type { PoolMember } from '@/api/pools'
import { Chosen, useTitleOf } from '@/fields/chosen'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

/** The units whose people the pool is open to. */
export function FormUnits({ open, onOpen }: { open: PoolMember[]; onOpen: (open: PoolMember[]) => void }) {
  const { t } = useText()
  return (
    <fieldset className="settings-set">
      <legend>{t('pools.set.units')}</legend>
      <p className="muted">{t('pools.set.unitsHint')}</p>
      <ul className="pool-members">
        {open.map((member) => (
          <Member
            key={member.unit}
            member={member}
            onBelow={(below) => onOpen(open.map((m) => (m.unit === member.unit ? { unit: m.unit, ...(below ? { below: true } : {}) } : m)))}
            onRemove={() => onOpen(open.filter((m) => m.unit !== member.unit))}
          />
        ))}
      </ul>
      <Chosen
        target="unit"
        ids={[]}
        label={t('pools.set.addUnit')}
        onChange={([unit]) => unit && !open.some((m) => m.unit === unit) && onOpen([...open, { unit, below: true }])}
      />
    </fieldset>
  )
}

function Member({ member, onBelow, onRemove }: { member: PoolMember; onBelow: (below: boolean) => void; onRemove: () => void }) {
  const { t } = useText()
  const unit = useTitleOf('unit', member.unit)
  return (
    <li>
      <Icon name="org" />
      <span>{unit}</span>
      <label className="check">
        <input type="checkbox" checked={member.below ?? false} onChange={(event) => onBelow(event.target.checked)} />
        {t('rules.withBelow')}
      </label>
      <button type="button" className="quiet icon-only" aria-label={t('rules.remove', { what: unit })} onClick={onRemove}>
        <Icon name="close" />
      </button>
    </li>
  )
}
