import { lazy, Suspense, useRef, useState } from 'react'
import type { Field, Item, Kind } from '@/api/types'
import { FieldValue } from '@/fields/value'
import { usePhone } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { fieldState, isBlank, mayEdit, needsApproval } from '@/permission/access'
import { Icon } from '@/ui/icons'

const FieldEditor = lazy(() => import('./fieldeditor'))

interface Props {
  kind: Kind
  item: Item
  field: Field
}

const sensitive = new Set(['contact', 'identity', 'money'])

/** A field of the page: shown as its reader may see it, changed by a double click or the pencil. */
export function InPlace({ kind, item, field }: Props) {
  const { t, pick } = useText()
  const [editing, setEditing] = useState(false)
  const pencil = useRef<HTMLButtonElement>(null)
  const asks = needsApproval(item, field.name)
  if (!mayEdit(item, field.name)) return <Discreet kind={kind} item={item} field={field} />
  if (editing) {
    return (
      <Suspense fallback={<span className="bone" />}>
        <FieldEditor
          kind={kind}
          item={item}
          field={field}
          onClose={() => {
            setEditing(false)
            requestAnimationFrame(() => pencil.current?.focus())
          }}
        />
      </Suspense>
    )
  }
  return (
    <span className="inplace" onDoubleClick={() => setEditing(true)}>
      <Discreet kind={kind} item={item} field={field} />
      <button
        ref={pencil}
        type="button"
        className="icon-btn inplace-pencil"
        aria-label={t(asks ? 'record.changeAsks' : 'record.change', { field: pick(field.label) })}
        onClick={() => setEditing(true)}
      >
        <Icon name={asks ? 'shield' : 'edit'} />
      </button>
    </span>
  )
}

/** On a phone, which others see into, what is sensitive shows when it is tapped; a number can be called without. */
function Discreet({ kind, item, field }: Props) {
  const { t, pick } = useText()
  const phone = usePhone()
  const [open, setOpen] = useState(false)
  const state = fieldState(item, field.name)
  const covered = phone && !open && sensitive.has(field.class) && state.is === 'plain' && !isBlank(state.value)
  if (!covered) return <FieldValue kind={kind} item={item} field={field} />
  const label = pick(field.label)
  return (
    <span className="covered">
      <button type="button" className="covered-btn" onClick={() => setOpen(true)}>
        <span aria-hidden="true">{t('record.covered')}</span>
        <span className="sr-only">{t('record.reveal', { field: label })}</span>
      </button>
      {field.format === 'phone' && typeof state.value === 'string' && (
        <a className="icon-btn" href={telOf(state.value)} aria-label={t('record.callField', { field: label })}>
          <Icon name="phone" />
        </a>
      )}
    </span>
  )
}

/** What a telephone dials: the extension after a pause. */
export function telOf(number: string): string {
  const [line = '', extension] = number.split('#')
  return `tel:${line.replace(/[^\d+]/g, '')}${extension ? `,${extension.replace(/\D/g, '')}` : ''}`
}
