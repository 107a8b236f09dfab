import { useState } from 'react'
import type { Clause } from '@/api/policytypes'
import { Chosen } from '@/fields/chosen'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import type { PartProps } from './part'
import { clauseWords, type Namer } from './words'

/** 谁: everyone, positions, units, people; and whom it leaves out. */
export function EditWho({ rule, named, onChange }: PartProps) {
  const { t } = useText()
  const set = (part: 'any' | 'except', clauses: Clause[]) => onChange({ ...rule, who: { ...rule.who, [part]: clauses } })
  return (
    <div className="edit-who">
      <Clauses title={t('rules.who.speaks')} clauses={rule.who.any} named={named} onChange={(c) => set('any', c)} />
      <Clauses title={t('rules.who.but')} clauses={rule.who.except ?? []} named={named} except onChange={(c) => set('except', c)} />
    </div>
  )
}

interface ClausesProps {
  title: string
  clauses: Clause[]
  named: Namer
  except?: boolean
  onChange: (clauses: Clause[]) => void
}

const sorts = ['position', 'unit', 'person', 'everyone'] as const

function Clauses({ title, clauses, named, except, onChange }: ClausesProps) {
  const text = useText()
  const { t } = text
  const [adding, setAdding] = useState<(typeof sorts)[number] | undefined>(clauses.length === 0 && !except ? 'position' : undefined)
  const add = (clause: Clause) => {
    if (!clauses.some((c) => JSON.stringify(c) === JSON.stringify(clause))) onChange([...clauses, clause])
    setAdding(undefined)
  }
  return (
    <fieldset className="clauses">
      <legend>{title}</legend>
      <ul className="clause-list">
        {clauses.map((clause, i) => {
          const words = clauseWords(text, named, clause)
          return (
            <li key={JSON.stringify(clause)} className="chip">
              {words}
              <button type="button" aria-label={t('rules.remove', { what: words })} onClick={() => onChange(clauses.filter((_, at) => at !== i))}>
                <Icon name="close" />
              </button>
            </li>
          )
        })}
        {clauses.length === 0 && <li className="muted">{t(except ? 'rules.who.noExcept' : 'rules.who.nobody')}</li>}
      </ul>
      <div className="segments" role="group" aria-label={t('rules.who.add')}>
        {sorts
          .filter((sort) => !(except && sort === 'everyone'))
          .map((sort) => (
            <button
              key={sort}
              type="button"
              aria-pressed={adding === sort}
              onClick={() => (sort === 'everyone' ? add({ everyone: true }) : setAdding(adding === sort ? undefined : sort))}
            >
              <Icon name="plus" />
              {t(`rules.who.sorts.${sort}`)}
            </button>
          ))}
      </div>
      {adding === 'person' && <Chosen target="person" ids={[]} label={t('rules.who.sorts.person')} onChange={(ids) => ids[0] && add({ person: ids[0] })} />}
      {(adding === 'position' || adding === 'unit') && <Appointed named={named} withPosition={adding === 'position'} onAdd={add} />}
    </fieldset>
  )
}

/** A position, a unit, or a position within a unit. */
function Appointed({ named, withPosition, onAdd }: { named: Namer; withPosition: boolean; onAdd: (clause: Clause) => void }) {
  const { t, pick } = useText()
  const [position, setPosition] = useState('')
  const [unit, setUnit] = useState<string>()
  const [below, setBelow] = useState(true)
  const ready = withPosition ? position !== '' : unit !== undefined
  return (
    <div className="appointed">
      {withPosition && (
        <select className="input" aria-label={t('rules.who.sorts.position')} value={position} onChange={(event) => setPosition(event.target.value)}>
          <option value="" disabled>
            {t('rules.who.choosePosition')}
          </option>
          {named.positions.map((p) => (
            <option key={p.code} value={p.code}>
              {pick(p.label)}
            </option>
          ))}
        </select>
      )}
      <Chosen
        target="unit"
        single
        ids={unit ? [unit] : []}
        label={t(withPosition ? 'rules.who.onlyUnit' : 'rules.who.sorts.unit')}
        onChange={(ids) => setUnit(ids[0])}
      />
      {unit && (
        <label className="check">
          <input type="checkbox" checked={below} onChange={(event) => setBelow(event.target.checked)} />
          {t('rules.withBelow')}
        </label>
      )}
      <button
        type="button"
        className="btn"
        disabled={!ready}
        onClick={() => onAdd({ ...(position ? { position } : {}), ...(unit ? { unit, ...(below ? { below: true } : {}) } : {}) })}
      >
        {t('rules.who.take')}
      </button>
    </div>
  )
}
