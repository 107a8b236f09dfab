import { Select } from 'antd'
import { useState } from 'react'
import { useFinding } from '@/api/finding'
import { usePools, useUnits } from '@/api/org'
import { useRecordTitle } from '@/api/records'
import { useText } from '@/lib/usetext'

interface Props {
  /** What is chosen from: a kind, "unit" or "pool". */
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
  if (props.target === 'unit') return <UnitPicker {...props} />
  return props.target === 'pool' ? <PoolPicker {...props} /> : <RecordPicker {...props} />
}

interface Option {
  value: string
  label: string
}

function RecordPicker({ target, title, ...rest }: Props) {
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const found = useFinding(target, text, open)
  const options = found.items.map((item) => ({ value: item.id, label: item.title }))
  const known = useRecordTitle(target, title === undefined ? rest.value : undefined)
  return <Picker {...rest} title={title ?? known} options={options} busy={found.busy} onSearch={setText} onOpen={setOpen} />
}

function UnitPicker(props: Props) {
  const units = useUnits()
  return <NamePicker {...props} named={units.data?.items ?? []} busy={units.isFetching} />
}

function PoolPicker(props: Props) {
  const pools = usePools()
  return <NamePicker {...props} named={pools.data?.items ?? []} busy={pools.isFetching} />
}

interface NameProps extends Props {
  named: { id: string; name: string }[]
  busy: boolean
}

/** Chooses from a list that is there as a whole. */
function NamePicker({ named, busy, ...rest }: NameProps) {
  const [text, setText] = useState('')
  const options = named
    .filter((one) => one.name.toLowerCase().includes(text.trim().toLowerCase()))
    .map((one) => ({ value: one.id, label: one.name }))
  const title = named.find((one) => one.id === rest.value)?.name ?? rest.title
  return <Picker {...rest} title={title} options={options} busy={busy} onSearch={setText} onOpen={() => undefined} />
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
