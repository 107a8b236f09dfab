import { useState } from 'react'
import type { Operand } from '@/api/policytypes'
import { useText } from '@/lib/usetext'
import { Chosen } from './chosen'
import { type ContextName, contextOf, contexts, operandOf, type Row, textOf } from './condrows'
import type { CondField } from './condtree'

interface Props {
  row: Row
  field: CondField | undefined
  label: string
  onChange: (row: Row) => void
}

/** The right side of a row, in the shape that its field and operator ask for. */
export function CondValue({ row, field, label, onChange }: Props) {
  const { t, pick } = useText()
  const context = contextOf(row.subject)
  const set = (operands: Operand[]) => onChange({ ...row, operands })
  if (context) return <ContextSelect name={context} row={row} label={label} onChange={onChange} />
  switch (row.op) {
    case 'has':
    case 'missing':
    case 'yes':
    case 'no':
    case 'me':
    case 'not_me':
    case 'mine':
    case 'not_mine':
    case 'exists':
    case 'not_exists':
      return null
    case 'recent':
    case 'older':
      return (
        <span className="cond-days">
          <NumberBox label={t('rules.cond.days')} value={row.days} onChange={(days) => onChange({ ...row, days })} />
          {t('rules.cond.daysUnit')}
        </span>
      )
    case 'within':
    case 'not_within':
      return <Circle row={row} onChange={onChange} />
  }
  if (field?.choices) {
    const codes = row.operands.map(textOf)
    return (
      <ChoiceBoxes
        label={label}
        single={row.op !== 'in' && row.op !== 'not_in'}
        options={field.choices.map((c) => ({ code: c.code, name: pick(c.label) }))}
        codes={codes}
        onChange={(next) => set(next.map((text) => ({ text })))}
      />
    )
  }
  if (field?.type === 'ref' && field.ref) {
    return (
      <Chosen target={field.ref} ids={row.operands.map(textOf).filter(Boolean)} label={label} onChange={(ids) => set(ids.map((ref) => ({ ref })))} />
    )
  }
  if (row.op === 'in' || row.op === 'not_in') return <ManyBox row={row} field={field} label={label} onChange={set} />
  return <OneBox key={field?.name} field={field} label={label} operand={row.operands[0]} onChange={(o) => set([o])} />
}

interface OneProps {
  field: CondField | undefined
  label: string
  operand: Operand | undefined
  onChange: (operand: Operand) => void
}

/** What is being written stays as it is written, also while it is no number yet. */
function OneBox({ field, label, operand, onChange }: OneProps) {
  const { t } = useText()
  const [text, setText] = useState(textOf(operand))
  const same = textOf(operandOf(field, text)) === textOf(operand)
  const shown = same ? text : textOf(operand)
  const day = field?.type === 'date' || field?.type === 'time'
  const numeric = field?.type === 'int' || field?.type === 'number' || field?.type === 'money'
  return (
    <input
      className="input cond-input"
      type={day ? 'date' : 'text'}
      inputMode={numeric ? 'decimal' : undefined}
      aria-label={label}
      placeholder={t('filter.value')}
      autoComplete="off"
      value={day ? shown.slice(0, 10) : shown}
      onChange={(event) => {
        setText(event.target.value)
        onChange(operandOf(field, event.target.value))
      }}
    />
  )
}

/** Several values, separated by commas. */
function ManyBox({ row, field, label, onChange }: { row: Row; field: CondField | undefined; label: string; onChange: (operands: Operand[]) => void }) {
  const { t } = useText()
  const written = row.operands.map(textOf).join(', ')
  const [text, setText] = useState(written)
  const read = (from: string) => from.split(/[,，;；、]/).map((part) => operandOf(field, part.trim())).filter((o) => textOf(o) !== '')
  const shown = read(text).map(textOf).join(', ') === written ? text : written
  return (
    <input
      className="input cond-input"
      aria-label={label}
      placeholder={t('rules.cond.several')}
      autoComplete="off"
      value={shown}
      onChange={(event) => {
        setText(event.target.value)
        onChange(read(event.target.value))
      }}
    />
  )
}

interface ChoiceProps {
  label: string
  single: boolean
  options: { code: string; name: string }[]
  codes: string[]
  onChange: (codes: string[]) => void
}

function ChoiceBoxes({ label, single, options, codes, onChange }: ChoiceProps) {
  const { t } = useText()
  if (single) {
    return (
      <select className="input cond-select" aria-label={label} value={codes[0] ?? ''} onChange={(event) => onChange([event.target.value])}>
        <option value="" disabled>
          {t('form.choose')}
        </option>
        {options.map((o) => (
          <option key={o.code} value={o.code}>
            {o.name}
          </option>
        ))}
      </select>
    )
  }
  return (
    <span className="cond-choices" role="group" aria-label={label}>
      {options.map((o) => {
        const on = codes.includes(o.code)
        return (
          <button
            key={o.code}
            type="button"
            className="pill"
            aria-pressed={on}
            onClick={() => onChange(on ? codes.filter((c) => c !== o.code) : [...codes, o.code])}
          >
            {o.name}
          </button>
        )
      })}
    </span>
  )
}

function ContextSelect({ name, row, label, onChange }: { name: ContextName; row: Row; label: string; onChange: (row: Row) => void }) {
  const { t } = useText()
  return (
    <select
      className="input cond-select"
      aria-label={label}
      value={row.operands[0]?.text ?? contexts[name][0]}
      onChange={(event) => onChange({ ...row, operands: [{ text: event.target.value }] })}
    >
      {contexts[name].map((value) => (
        <option key={value} value={value}>
          {t(`rules.cond.contextValues.${value}`)}
        </option>
      ))}
    </select>
  )
}

function NumberBox({ label, value, onChange }: { label: string; value: number | undefined; onChange: (value: number | undefined) => void }) {
  const [text, setText] = useState(value === undefined ? '' : String(value))
  const shown = text !== '' && Number(text) === value ? text : value === undefined ? text : String(value)
  return (
    <input
      className="input cond-number"
      inputMode="decimal"
      aria-label={label}
      placeholder={label}
      autoComplete="off"
      value={shown}
      onChange={(event) => {
        setText(event.target.value)
        const n = Number(event.target.value)
        onChange(event.target.value.trim() === '' || !Number.isFinite(n) ? undefined : n)
      }}
    />
  )
}

function Circle({ row, onChange }: { row: Row; onChange: (row: Row) => void }) {
  const { t } = useText()
  const point = row.point ?? {}
  return (
    <span className="cond-circle">
      <NumberBox label={t('filter.lat')} value={point.lat} onChange={(lat) => onChange({ ...row, point: { ...point, lat } })} />
      <NumberBox label={t('filter.lng')} value={point.lng} onChange={(lng) => onChange({ ...row, point: { ...point, lng } })} />
      <NumberBox label={t('rules.cond.meters')} value={row.meters} onChange={(meters) => onChange({ ...row, meters })} />
      {t('rules.cond.metersUnit')}
    </span>
  )
}
