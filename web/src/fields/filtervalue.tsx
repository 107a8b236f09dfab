import { DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import type { Field } from '@/api/types'
import type { Row } from '@/lib/conditions'
import { useText } from '@/lib/usetext'
import { RefPicker } from './refpicker'

interface Props {
  field: Field
  row: Row
  onChange: (row: Row) => void
}

/** The right side of one filter row, in the shape its field and operator ask for. */
export function FilterValue({ field, row, onChange }: Props) {
  const { t, pick } = useText()
  const first = row.values[0] ?? ''
  const set = (values: string[]) => onChange({ ...row, values })
  const options = field.choices?.map((c) => ({ value: c.code, label: pick(c.label) }))

  if (row.op === 'within') return <Within row={row} set={set} />
  if (row.op === 'in' || row.op === 'tag') {
    return (
      <Select
        aria-label={t('filter.values')}
        className="filter-value"
        mode={options ? 'multiple' : 'tags'}
        value={row.values.filter((v) => v !== '')}
        options={options}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('filter.values')}
        onChange={set}
      />
    )
  }
  if (options) {
    return (
      <Select
        aria-label={t('filter.value')}
        className="filter-value"
        value={first || undefined}
        options={options}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('filter.value')}
        onChange={(code: string) => set([code])}
      />
    )
  }
  if (field.type === 'ref' && field.ref) {
    return (
      <span className="filter-value">
        <RefPicker
          target={field.ref}
          label={t('filter.value')}
          value={first || undefined}
          onChange={(id) => set(id ? [id] : [])}
        />
      </span>
    )
  }
  if (field.type === 'date' || field.type === 'time') {
    return (
      <DatePicker
        aria-label={t('filter.value')}
        className="filter-value"
        value={first ? dayjs(first) : null}
        onChange={(day) => set(day ? [day.format('YYYY-MM-DD')] : [])}
      />
    )
  }
  const numeric = ['int', 'number', 'money'].includes(field.type)
  return (
    <Input
      aria-label={t('filter.value')}
      className="filter-value"
      inputMode={numeric ? 'decimal' : undefined}
      value={first}
      placeholder={t('filter.value')}
      onChange={(event) => set([event.target.value])}
    />
  )
}

function Within({ row, set }: { row: Row; set: (values: string[]) => void }) {
  const { t } = useText()
  const [lat = '', lng = '', meters = ''] = row.values
  return (
    <span className="filter-value filter-within">
      <Input
        aria-label={t('filter.lat')}
        placeholder={t('filter.lat')}
        inputMode="decimal"
        value={lat}
        onChange={(event) => set([event.target.value, lng, meters])}
      />
      <Input
        aria-label={t('filter.lng')}
        placeholder={t('filter.lng')}
        inputMode="decimal"
        value={lng}
        onChange={(event) => set([lat, event.target.value, meters])}
      />
      <Input
        aria-label={t('filter.meters')}
        placeholder={t('filter.meters')}
        inputMode="decimal"
        value={meters}
        onChange={(event) => set([lat, lng, event.target.value])}
      />
    </span>
  )
}
