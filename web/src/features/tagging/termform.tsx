import { useState } from 'react'
import type { RuleKind } from '@/api/rules'
import type { TagTerm } from '@/api/taggroups'
import { ConditionEditor } from '@/fields/conditioneditor'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import { WindowForm } from './windowform'

interface Props {
  kind: RuleKind
  kinds: RuleKind[]
  term: TagTerm
  n: number
  onTerm: (term: TagTerm) => void
  onRemove: () => void
}

const ops = ['ge', 'gt', 'eq', 'le', 'lt'] as const
const sums = ['int', 'number', 'money']

/** One thing a rule asks: how many related records there are, what they add up to, or when a date of the record is. */
export function TermForm({ kind, kinds, term, n, onTerm, onRemove }: Props) {
  const { t, pick } = useText()
  const [narrowed, setNarrowed] = useState(term.where !== undefined)
  const relation = kind.relations.find((r) => r.name === term.relation)
  const on = relation ? kinds.find((k) => k.name === relation.kind) : kind
  if (!on) return null
  const dates = on.fields.filter((f) => f.type === 'date' || f.type === 'time')
  const measured = on.fields.filter((f) => sums.includes(f.type))
  const sum = measured.find((f) => f.name === term.sum)
  const currencies = on.fields.find((f) => f.name === 'currency')?.choices ?? []
  const choose = (name: string) => {
    setNarrowed(false)
    onTerm(name ? { relation: name, op: 'ge', value: '1', window: { mode: 'ago', unit: 'day', to: 90 } } : { date: dates[0]?.name, window: { mode: 'ago', unit: 'month', from: 6, to: 12 } })
  }
  const measure = (name: string) => {
    if (name === 'last') {
      onTerm({ relation: term.relation, where: term.where, last: true, date: dates[0]?.name, window: { mode: 'ago', unit: 'day', from: 90 } })
      return
    }
    const field = measured.find((f) => `sum:${f.name}` === name)
    onTerm({ ...term, last: undefined, op: term.op ?? 'ge', value: term.value ?? '1', sum: name.slice(4) || undefined, currency: field?.type === 'money' ? (term.currency ?? 'CNY') : undefined })
  }
  return (
    <div className="tagging-term" role="group" aria-label={t('tagging.term.of', { n })}>
      <div className="tagging-line">
        <label>
          {t('tagging.term.of', { n })}
          <select className="input" value={term.relation ?? ''} onChange={(event) => choose(event.target.value)}>
            {kind.relations
              .filter((r) => r.many)
              .map((r) => (
                <option key={r.name} value={r.name}>
                  {pick(r.label)}
                </option>
              ))}
            <option value="">{t('tagging.term.own')}</option>
          </select>
        </label>
        {relation && (
          <>
            <label>
              {t('tagging.term.measure')}
              <select className="input" value={term.last ? 'last' : term.sum ? `sum:${term.sum}` : ''} onChange={(event) => measure(event.target.value)}>
                <option value="">{t('tagging.term.count')}</option>
                {dates.length > 0 && <option value="last">{t('tagging.term.last')}</option>}
                {measured.map((f) => (
                  <option key={f.name} value={`sum:${f.name}`}>
                    {t('tagging.term.sumOf', { field: pick(f.label) })}
                  </option>
                ))}
              </select>
            </label>
            {!term.last && (
              <>
                <label>
                  {t('tagging.term.op')}
                  <select className="input" value={term.op} onChange={(event) => onTerm({ ...term, op: event.target.value as TagTerm['op'] })}>
                    {ops.map((op) => (
                      <option key={op} value={op}>
                        {t(`tagging.ops.${op}`)}
                      </option>
                    ))}
                  </select>
                </label>
                <label>
                  {t('tagging.term.value')}
                  <input className="input num" inputMode="decimal" required value={term.value ?? ''} onChange={(event) => onTerm({ ...term, value: event.target.value.trim() })} />
                </label>
              </>
            )}
            {sum?.type === 'money' && (
              <label>
                {t('tagging.term.currency')}
                <select className="input" value={term.currency} onChange={(event) => onTerm({ ...term, currency: event.target.value })}>
                  {currencies.map((c) => (
                    <option key={c.code} value={c.code}>
                      {pick(c.label)}
                    </option>
                  ))}
                </select>
              </label>
            )}
          </>
        )}
        <button type="button" className="quiet icon-only" aria-label={t('tagging.term.remove', { n })} onClick={onRemove}>
          <Icon name="close" />
        </button>
      </div>
      <WindowForm one={!relation || term.last === true} dates={dates} term={term} onTerm={onTerm} />
      {relation && narrowed && (
        <ConditionEditor
          kind={on.name}
          kinds={kinds.map((k) => ({ ...k, relations: [] }))}
          value={term.where}
          rule
          onChange={(where, ok) => {
            if (ok) onTerm({ ...term, where })
          }}
        />
      )}
      {relation && !narrowed && (
        <button type="button" className="quiet" onClick={() => setNarrowed(true)}>
          <Icon name="filter" />
          {t('tagging.term.narrow', { relation: pick(relation.label) })}
        </button>
      )}
    </div>
  )
}
