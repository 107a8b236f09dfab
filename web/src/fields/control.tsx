import { DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useTags } from '@/api/tags'
import type { Field, Item, Kind } from '@/api/types'
import type { Draft } from '@/lib/draft'
import { useText } from '@/lib/usetext'
import { RefPicker } from './refpicker'

interface Props {
  kind: Kind
  item?: Item
  field: Field
  draft: Draft
  fault: boolean
  onChange: (draft: Draft) => void
}

const modes: Record<string, 'decimal' | 'tel' | 'email' | 'url'> = {
  int: 'decimal',
  number: 'decimal',
  money: 'decimal',
  phone: 'tel',
  email: 'email',
  url: 'url',
}

/** What can be chosen: nothing that is retired, and of stages only those to which a way leads; but always what stands there. */
function offered(kind: Kind, field: Field, item: Item | undefined) {
  const has = item?.fields[field.name]
  const here = (code: string) => (Array.isArray(has) ? has.includes(code) : has === code)
  const leads = (code: string) => {
    const gate = field.name === 'stage' && typeof has === 'string' ? kind.gates?.find((g) => g.stage === code) : undefined
    return !gate || (!gate.shut && (gate.from.length === 0 || gate.from.includes(String(has))))
  }
  const choices = field.choices ?? (field.name === 'stage' ? kind.stages : undefined)
  return choices?.filter((c) => here(c.code) || (!c.retired && leads(c.code)))
}

/** The control for one field, by its type. */
export function Control({ kind, item, field, draft, fault, onChange }: Props) {
  const { t, pick } = useText()
  const text = typeof draft === 'string' ? draft : ''
  const common = {
    id: `field-${field.name}`,
    status: fault ? ('error' as const) : undefined,
    'aria-invalid': fault || undefined,
    'aria-required': field.required || undefined,
    'aria-describedby': fault ? `fault-${field.name}` : undefined,
  }
  const choices = offered(kind, field, item)
  const options = choices?.map((c) => ({ value: c.code, label: pick(c.label) }))
  const tags = useTags(kind.name, field.name === 'tags' && !choices)

  switch (field.type) {
    case 'choice':
      return (
        <Select
          {...common}
          value={text || undefined}
          options={options}
          allowClear={!field.required}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('form.choose')}
          onChange={(code: string | undefined) => onChange(code)}
        />
      )
    case 'choices':
      return (
        <Select
          {...common}
          mode={options ? 'multiple' : 'tags'}
          value={Array.isArray(draft) ? draft : []}
          options={options ?? tags.map((tag) => ({ value: tag, label: tag }))}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={options ? t('form.choose') : undefined}
          onChange={(codes: string[]) => onChange(codes)}
        />
      )
    case 'bool':
      return (
        <Select
          {...common}
          value={typeof draft === 'boolean' ? String(draft) : undefined}
          allowClear={!field.required}
          placeholder={t('form.choose')}
          options={[
            { value: 'true', label: t('app.yes') },
            { value: 'false', label: t('app.no') },
          ]}
          onChange={(code: string | undefined) => onChange(code === undefined ? undefined : code === 'true')}
        />
      )
    case 'ref':
      if (!field.ref) break
      return (
        <RefPicker
          id={common.id}
          target={field.ref}
          value={text || undefined}
          title={item?.refs?.[field.name]?.title}
          invalid={fault}
          onChange={onChange}
        />
      )
    case 'date':
    case 'time': {
      const time = field.type === 'time'
      return (
        <DatePicker
          {...common}
          showTime={time && { format: 'HH:mm' }}
          value={text ? dayjs(text) : null}
          onChange={(at) => onChange(at ? (time ? at.toISOString() : at.format('YYYY-MM-DD')) : undefined)}
        />
      )
    }
    case 'place':
      return <PlaceControl field={field} draft={draft} fault={fault} onChange={onChange} />
  }
  if (field.format === 'multiline') {
    return (
      <Input.TextArea
        {...common}
        value={text}
        rows={3}
        onChange={(event) => onChange(event.target.value)}
      />
    )
  }
  return (
    <Input
      {...common}
      value={text}
      autoComplete="off"
      inputMode={modes[field.format ?? ''] ?? modes[field.type]}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

type PlaceProps = Pick<Props, 'field' | 'draft' | 'fault' | 'onChange'>

function PlaceControl({ field, draft, fault, onChange }: PlaceProps) {
  const { t } = useText()
  const { lat, lng } =
    typeof draft === 'object' && !Array.isArray(draft) ? draft : { lat: '', lng: '' }
  return (
    <div className="form-place">
      <Input
        id={`field-${field.name}`}
        aria-label={t('form.lat')}
        placeholder={t('form.lat')}
        inputMode="decimal"
        status={fault ? 'error' : undefined}
        value={lat}
        onChange={(event) => onChange({ lat: event.target.value, lng })}
      />
      <Input
        aria-label={t('form.lng')}
        placeholder={t('form.lng')}
        inputMode="decimal"
        status={fault ? 'error' : undefined}
        value={lng}
        onChange={(event) => onChange({ lat, lng: event.target.value })}
      />
    </div>
  )
}
