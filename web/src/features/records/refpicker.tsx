import { Select } from 'antd'
import { useState } from 'react'
import { useUnits } from '@/api/org'
import { useRecordTitle, useShortList } from '@/api/records'
import { useDebounced } from '@/lib/hooks'
import { useText } from '@/lib/usetext'

interface Props {
  /** What is chosen from: a kind, or "unit". */
  target: string
  value: string | undefined
  /** The title of the present value, where it is known. */
  title?: string
  onChange: (id: string | undefined) => void
  id?: string
  label?: string
  invalid?: boolean
}

/** Chooses a record by searching among those the caller may read. */
export function RefPicker(props: Props) {
  return props.target === 'unit' ? <UnitPicker {...props} /> : <RecordPicker {...props} />
}

interface Option {
  value: string
  label: string
}

function RecordPicker({ target, title, ...rest }: Props) {
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const q = useDebounced(text.trim())
  const found = useShortList(target, { q: q || undefined, limit: 20 }, open)
  const options = (found.data?.items ?? []).map((item) => ({ value: item.id, label: item.title }))
  const known = useRecordTitle(target, title === undefined ? rest.value : undefined)
  return <Picker {...rest} title={title ?? known} options={options} busy={found.isFetching} onSearch={setText} onOpen={setOpen} />
}

function UnitPicker(props: Props) {
  const [text, setText] = useState('')
  const units = useUnits()
  const options = (units.data?.items ?? [])
    .filter((unit) => unit.name.toLowerCase().includes(text.trim().toLowerCase()))
    .map((unit) => ({ value: unit.id, label: unit.name }))
  return <Picker {...props} options={options} busy={units.isFetching} onSearch={setText} onOpen={() => undefined} />
}

interface PickerProps extends Omit<Props, 'target'> {
  options: Option[]
  busy: boolean
  onSearch: (text: string) => void
  onOpen: (open: boolean) => void
}

function Picker({ value, title, onChange, id, label, invalid, options, busy, onSearch, onOpen }: PickerProps) {
  const { t } = useText()
  const [picked, setPicked] = useState<Option>()
  const known = [picked, ...options].find((o) => o?.value === value)?.label ?? title ?? value
  const all =
    value && !options.some((o) => o.value === value) ? [{ value, label: known ?? value }, ...options] : options
  return (
    <Select
      id={id}
      aria-label={label}
      status={invalid ? 'error' : undefined}
      className="wide-select"
      showSearch={{ filterOption: false, onSearch }}
      allowClear
      value={value}
      options={all}
      loading={busy}
      placeholder={t('form.search')}
      notFoundContent={busy ? t('app.loading') : t('form.noOption')}
      onOpenChange={onOpen}
      onChange={(next: string | undefined, option) => {
        setPicked(Array.isArray(option) ? undefined : (option as Option | undefined))
        onChange(next)
      }}
    />
  )
}
