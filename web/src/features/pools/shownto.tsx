import { usePositions } from '@/api/packs'
import type { Clause } from '@/api/policytypes'
import { Chosen, useTitleOf } from '@/fields/chosen'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

interface Props {
  clauses: Clause[]
  onClauses: (clauses: Clause[]) => void
}

/** Those who see before a claim what is hidden from the others. */
export function ShownTo({ clauses, onClauses }: Props) {
  const { t, pick } = useText()
  const positions = usePositions()
  const add = (clause: Clause) => {
    if (!clauses.some((c) => JSON.stringify(c) === JSON.stringify(clause))) onClauses([...clauses, clause])
  }
  return (
    <div className="pool-shown">
      <h3>{t('pools.set.shownTo')}</h3>
      <p className="muted">{t('pools.set.shownToHint')}</p>
      <ul className="tags">
        {clauses.map((clause, at) => (
          <Chip key={JSON.stringify(clause)} clause={clause} onRemove={() => onClauses(clauses.filter((_, i) => i !== at))} />
        ))}
      </ul>
      <div className="pool-adds">
        <select className="input" aria-label={t('pools.set.addPosition')} value="" onChange={(event) => add({ position: event.target.value })}>
          <option value="">{t('pools.set.addPosition')}</option>
          {positions.data?.items.map((p) => (
            <option key={p.code} value={p.code}>
              {pick(p.label)}
            </option>
          ))}
        </select>
        <Chosen target="unit" ids={[]} label={t('pools.set.addUnit')} onChange={([unit]) => unit && add({ unit, below: true })} />
        <Chosen target="person" ids={[]} label={t('pools.set.addPerson')} onChange={([person]) => person && add({ person })} />
      </div>
    </div>
  )
}

function Chip({ clause, onRemove }: { clause: Clause; onRemove: () => void }) {
  const { t, pick } = useText()
  const positions = usePositions()
  const named = useTitleOf(clause.person ? 'person' : 'unit', clause.person ?? clause.unit ?? '')
  const position = positions.data?.items.find((p) => p.code === clause.position)
  const words = [
    position ? pick(position.label) : clause.position,
    clause.person ? named : '',
    clause.unit ? t(clause.below ? 'pools.say.below' : 'pools.say.unit', { unit: named }) : '',
  ]
    .filter(Boolean)
    .join(' · ')
  return (
    <li className="chip">
      {words}
      <button type="button" aria-label={t('rules.remove', { what: words })} onClick={onRemove}>
        <Icon name="close" />
      </button>
    </li>
  )
}
