import { Input, Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { Field, Kind } from '@/api/types'
import { arity, operatorsOf, type Row, rowText, type Simple } from '@/lib/conditions'
import { withTexts } from '@/lib/i18n'
import { useText } from '@/lib/usetext'
import { AntDesign } from '@/ui/antd'
import { Icon } from '@/ui/icons'
import { FilterValue } from '@/fields/filtervalue'
import { fromSimple, type ListSearch, toSimple } from './search'

const NestedFilter = lazy(() => withTexts(['rules'], import('./nestedfilter')))

interface Props {
  kind: Kind
  search: ListSearch
  error?: string
  onApply: (search: ListSearch) => void
}

const empty: Row = { field: '', op: 'has', values: [] }

/** The filter of a list: rows of field, comparison and value, and CEL text beside them. */
export default function FilterPanel(props: Props) {
  return (
    <AntDesign>
      <Panel {...props} />
    </AntDesign>
  )
}

function Panel({ kind, search, error, onApply }: Props) {
  const { t } = useText()
  const [simple, setSimple] = useState<Simple>(() => {
    const given = toSimple(search)
    return given.rows.length > 0 ? given : { ...given, rows: [empty] }
  })
  const [cel, setCel] = useState(search.cel ?? '')
  const [writing, setWriting] = useState(Boolean(search.cel))
  const [nesting, setNesting] = useState(false)

  const setRow = (index: number, row: Row) =>
    setSimple({ ...simple, rows: simple.rows.map((r, i) => (i === index ? row : r)) })
  const drop = (index: number) => setSimple({ ...simple, rows: simple.rows.filter((_, i) => i !== index) })
  const apply = () => onApply({ ...search, ...fromSimple(simple), cel: cel.trim() || undefined })
  const unfinished = simple.rows.some((row) => {
    const field = kind.fields.find((f) => f.name === row.field)
    return field && rowText(row, field) === undefined
  })

  return (
    <form
      className="filter-panel"
      aria-label={t('filter.title')}
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <div className="filter-join">
        {t('filter.join')}
        <Select
          size="small"
          aria-label={t('filter.join')}
          value={simple.join}
          onChange={(join) => setSimple({ ...simple, join })}
          options={[
            { value: 'and', label: t('filter.and') },
            { value: 'or', label: t('filter.or') },
          ]}
          popupMatchSelectWidth={false}
        />
      </div>
      <ul className="filter-rows">
        {simple.rows.map((row, index) => (
          <li key={index}>
            {lockedIn(kind, row) ? (
              <LockedRow kind={kind} name={row.field} />
            ) : (
              <FilterRow kind={kind} row={row} onChange={(next) => setRow(index, next)} />
            )}
            <button type="button" className="quiet icon-only" aria-label={t('filter.remove')} onClick={() => drop(index)}>
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      {nesting && (
        <Suspense fallback={<span className="bone" />}>
          <NestedFilter kind={kind} cel={search.cel ?? ''} onChange={setCel} />
        </Suspense>
      )}
      {writing && (
        <div className="filter-raw">
          <label htmlFor="filter-cel">{t('filter.rawLabel')}</label>
          <Input.TextArea
            id="filter-cel"
            value={cel}
            onChange={(event) => setCel(event.target.value)}
            rows={1}
            spellCheck={false}
            status={error ? 'error' : undefined}
            aria-invalid={Boolean(error)}
            aria-describedby={error ? 'filter-error filter-hint' : 'filter-hint'}
          />
          <p id="filter-hint" className="muted">
            {t('filter.rawHint')}
          </p>
        </div>
      )}
      {error && (
        <p id="filter-error" className="note bad" role="alert">
          <Icon name="warn" />
          {t('filter.error', { text: error })}
        </p>
      )}
      <div className="filter-acts">
        <button
          type="button"
          className="quiet"
          onClick={() => setSimple({ ...simple, rows: [...simple.rows, empty] })}
        >
          <Icon name="plus" />
          {t('filter.add')}
        </button>
        <button type="button" className="quiet" aria-expanded={nesting} onClick={() => setNesting(!nesting)}>
          {t('lists.filter.nested')}
        </button>
        <button type="button" className="quiet" aria-expanded={writing} onClick={() => setWriting(!writing)}>
          {t('filter.raw')}
        </button>
        {unfinished && <span className="muted">{t('filter.unfinished')}</span>}
        <span className="filter-go">
          <button
            type="button"
            className="btn"
            onClick={() => {
              setSimple({ join: 'and', rows: [empty] })
              setCel('')
              onApply({ ...search, f: undefined, any: undefined, cel: undefined })
            }}
          >
            {t('filter.clear')}
          </button>
          <button type="submit" className="btn primary">
            {t('filter.apply')}
          </button>
        </span>
      </div>
    </form>
  )
}

function FilterRow({ kind, row, onChange }: { kind: Kind; row: Row; onChange: (row: Row) => void }) {
  const { t, pick } = useText()
  const field = kind.fields.find((f) => f.name === row.field)
  // A field that is locked for this reader is shown so: its value must not be derivable.
  const options = kind.fields
    .filter((f) => f.filter || isLocked(f))
    .map((f) => ({
      value: f.name,
      label: isLocked(f) ? t('filter.locked', { field: pick(f.label) }) : pick(f.label),
      disabled: isLocked(f),
    }))
  const choose = (name: string) => {
    const next = kind.fields.find((f) => f.name === name)
    onChange({ field: name, op: (next && operatorsOf(next)[0]) ?? 'has', values: [] })
  }
  return (
    <div className="filter-row">
      <Select
        aria-label={t('filter.field')}
        className="filter-field"
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('filter.field')}
        value={row.field || undefined}
        options={options}
        onChange={choose}
        popupMatchSelectWidth={false}
      />
      {field && (
        <Select
          aria-label={t('filter.operator')}
          className="filter-op"
          value={row.op}
          options={operatorsOf(field).map((op) => ({ value: op, label: t(`filter.ops.${op}`) }))}
          onChange={(op) => onChange({ ...row, op, values: sameShape(row, op) ? row.values : [] })}
          popupMatchSelectWidth={false}
        />
      )}
      {field && arity(row.op) !== 0 && <FilterValue field={withStages(kind, field)} row={row} onChange={onChange} />}
    </div>
  )
}

const lockedIn = (kind: Kind, row: Row) => {
  const field = kind.fields.find((f) => f.name === row.field)
  return row.field !== '' && (field === undefined || isLocked(field))
}

/** A condition of a link or a view over a field that this reader sees nowhere: it says so, and that nothing matches it. */
function LockedRow({ kind, name }: { kind: Kind; name: string }) {
  const { t, pick } = useText()
  const field = kind.fields.find((f) => f.name === name)
  return (
    <p className="filter-locked">
      <Icon name="lock" />
      {field ? t('lists.filter.locked', { field: pick(field.label) }) : t('lists.filter.unknown')}
    </p>
  )
}

/** Not plain anywhere: a filter on it would let its value be guessed. */
const isLocked = (field: Field) => field.level === 'masked' || field.level === 'hidden'

const sameShape = (row: Row, op: Row['op']) => arity(row.op) === arity(op)

/** The stage field has the kind's stages as its choices. */
const withStages = (kind: Kind, field: Field): Field =>
  field.name === 'stage' && !field.choices ? { ...field, choices: kind.stages } : field
