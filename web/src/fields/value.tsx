import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { Revealed } from '@/api/reveal'
import type { Field, Item, Kind, Value as Wire } from '@/api/types'
import { withTexts } from '@/lib/i18n'
import { type Text, useText } from '@/lib/usetext'
import { fieldState, isBlank, mayReveal } from '@/permission/access'
import { Hidden, Masked } from '@/permission/marks'

const Reveal = lazy(() => withTexts(['reveal'], import('./reveal')))

interface Props {
  kind: Kind
  item: Item
  field: Field
  /** In a line of a list: no links, one line. */
  short?: boolean
}

/** One field of a record as its reader may see it: plain, masked, hidden or empty. */
export function FieldValue(props: Props) {
  const drawn = fieldValue(props, useText())
  return typeof drawn === 'string' ? <span>{drawn}</span> : drawn
}

/** The same without a component: a list draws hundreds of them while it scrolls. Words alone are bare text. */
export function fieldValue({ kind, item, field, short }: Props, text: Text): ReactNode {
  const state = fieldState(item, field.name)
  switch (state.is) {
    case 'masked':
      return masked({ kind, item, field, short }, state.preview, text)
    case 'hidden':
      return <Hidden {...markOf(kind, item, field, text)} short={short} />
    case 'absent':
      return <span className="muted">{text.t('app.empty')}</span>
    case 'plain':
      if (isBlank(state.value)) return <span className="muted">{text.t('app.empty')}</span>
      return plain(item, field, state.value, short, text)
  }
}

/** The mask, with the eye where it may be lifted for a moment. */
function masked(props: Props, preview: string, text: Text): ReactNode {
  const { kind, item, field } = props
  const mark = <Masked {...markOf(kind, item, field, text)} preview={preview} />
  if (!mayReveal(item, field.name)) return mark
  return (
    <Revealable key={item.id} {...props}>
      {mark}
    </Revealable>
  )
}

/** The mask stands from the first moment and stays when the eye comes: somebody may be reading why by then. */
function Revealable({ children, ...props }: Props & { children: ReactNode }) {
  const [shown, setShown] = useState<Revealed>()
  return (
    <span className="reveal">
      {(!shown || props.short) && children}
      <Suspense fallback={null}>
        <Reveal {...props} shown={shown} onShown={setShown} />
      </Suspense>
    </span>
  )
}

const markOf = (kind: Kind, item: Item, field: Field, { pick }: Text) => ({
  kind: kind.name,
  id: item.id,
  field: field.name,
  label: pick(field.label),
})

function plain(item: Item, field: Field, value: Wire, short: boolean | undefined, text: Text): ReactNode {
  if (field.type === 'ref') {
    const title = item.refs?.[field.name]?.title
    if (title === undefined) return <span className="muted">{text.t('record.unreadable')}</span>
    return short ? title : <Ref field={field} id={String(value)} title={title} />
  }
  if (field.type === 'choice') {
    const written = valueText(text, field, value, item)
    if (field.name === 'stage') return <span className="tag stage">{written}</span>
    if (field.colour) return <span className={`tag tag-${field.colour}`}>{written}</span>
    return written
  }
  if (Array.isArray(value)) {
    return (
      <span className="tags">
        {value.map((code) => (
          <span key={code} className={field.colour ? `tag tag-${field.colour}` : 'tag'}>
            {valueText(text, field, [code], item)}
          </span>
        ))}
      </span>
    )
  }
  const written = valueText(text, field, value, item)
  if (['int', 'number', 'money'].includes(field.type)) return <span className="num">{written}</span>
  if (short || typeof value !== 'string') return written
  if (field.format === 'phone') return <a href={`tel:${value.replace(/[^\d+]/g, '')}`}>{written}</a>
  if (field.format === 'email') return <a href={`mailto:${value}`}>{written}</a>
  if (field.format === 'url' && /^https?:\/\//.test(value)) {
    return (
      <a href={value} target="_blank" rel="noopener noreferrer">
        {written}
      </a>
    )
  }
  return field.format === 'multiline' ? <span className="multiline">{written}</span> : written
}

function Ref({ field, id, title }: { field: Field; id: string; title: string }) {
  if (!field.ref || field.ref === 'pool') return <span>{title}</span>
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
  const text = useText()
  return (field: Field, value: Wire, item?: Item): string => valueText(text, field, value, item)
}

function valueText({ t, pick, format }: Text, field: Field, value: Wire, item?: Item): string {
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
