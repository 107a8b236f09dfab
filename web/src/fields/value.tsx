import { Link } from '@tanstack/react-router'
import type { Field, Item, Kind, Value as Wire } from '@/api/types'
import { useText } from '@/lib/usetext'
import { fieldState, isBlank } from '@/permission/access'
import { Hidden, Masked } from '@/permission/marks'

interface Props {
  kind: Kind
  item: Item
  field: Field
  /** In a line of a list: no links, one line. */
  short?: boolean
}

/** One field of a record as its reader may see it: plain, masked, hidden or empty. */
export function FieldValue({ kind, item, field, short }: Props) {
  const { pick } = useText()
  const state = fieldState(item, field.name)
  const mark = { kind: kind.name, id: item.id, field: field.name, label: pick(field.label) }
  switch (state.is) {
    case 'masked':
      return <Masked {...mark} preview={state.preview} />
    case 'hidden':
      return <Hidden {...mark} short={short} />
    case 'absent':
      return <Nothing />
    case 'plain':
      return isBlank(state.value) ? <Nothing /> : <Plain item={item} field={field} value={state.value} short={short} />
  }
}

function Nothing() {
  const { t } = useText()
  return <span className="muted">{t('app.empty')}</span>
}

function Plain({ item, field, value, short }: { item: Item; field: Field; value: Wire; short?: boolean }) {
  const text = useValueText()
  if (field.type === 'ref') return <Ref item={item} field={field} id={String(value)} short={short} />
  if (field.type === 'choice') {
    return <span className={field.name === 'stage' ? 'tag stage' : undefined}>{text(field, value, item)}</span>
  }
  if (Array.isArray(value)) {
    return (
      <span className="tags">
        {value.map((code) => (
          <span key={code} className="tag">
            {text(field, [code], item)}
          </span>
        ))}
      </span>
    )
  }
  const written = text(field, value, item)
  if (['int', 'number', 'money'].includes(field.type)) return <span className="num">{written}</span>
  if (short || typeof value !== 'string') return <span>{written}</span>
  if (field.format === 'phone') return <a href={`tel:${value.replace(/[^\d+]/g, '')}`}>{written}</a>
  if (field.format === 'email') return <a href={`mailto:${value}`}>{written}</a>
  if (field.format === 'url' && /^https?:\/\//.test(value)) {
    return (
      <a href={value} target="_blank" rel="noopener noreferrer">
        {written}
      </a>
    )
  }
  return <span className={field.format === 'multiline' ? 'multiline' : undefined}>{written}</span>
}

function Ref({ item, field, id, short }: { item: Item; field: Field; id: string; short?: boolean }) {
  const { t } = useText()
  const title = item.refs?.[field.name]?.title
  if (title === undefined) return <span className="muted">{t('record.unreadable')}</span>
  if (short || !field.ref || field.ref === 'pool') return <span>{title}</span>
  if (field.ref === 'unit') {
    return (
      <Link to="/org" search={{ unit: id }}>
        {title}
      </Link>
    )
  }
  return (
    <Link to="/records/$kind/$id" params={{ kind: field.ref, id }}>
      {title}
    </Link>
  )
}

/** Writes a plain value as words. */
export function useValueText() {
  const { t, pick, format } = useText()
  return (field: Field, value: Wire, item?: Item): string => {
    if (isBlank(value)) return t('app.empty')
    const label = (code: string) => {
      const choice = field.choices?.find((c) => c.code === code)
      return choice ? pick(choice.label) : code
    }
    if (Array.isArray(value)) return value.map(label).join(', ')
    if (typeof value === 'object') return value ? format.place(value.lat, value.lng) : t('app.empty')
    if (typeof value === 'boolean') return value ? t('app.yes') : t('app.no')
    switch (field.type) {
      case 'choice':
        return label(String(value))
      case 'money': {
        const currency = item?.fields.currency
        return format.money(String(value), typeof currency === 'string' ? currency : undefined)
      }
      case 'int':
        return format.integer(Number(value)) + (field.format === 'percent' ? '%' : '')
      case 'number':
        return format.number(Number(value)) + (field.format === 'percent' ? '%' : '')
      case 'date':
        return format.day(String(value))
      case 'time':
        return format.moment(String(value))
      case 'ref':
        return item?.refs?.[field.name]?.title ?? String(value)
      default:
        return String(value)
    }
  }
}
