import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Field, Item, Kind } from '@/api/types'
import { Control } from '@/fields/control'
import { type Draft, same, toDraft, toWire } from '@/lib/draft'
import { useText } from '@/lib/usetext'
import { AntDesign } from '@/ui/antd'
import { Icon } from '@/ui/icons'
import { useFieldSave } from './saving'

interface Props {
  kind: Kind
  item: Item
  field: Field
  onClose: () => void
}

/** A field that is being changed where it stands: Enter saves, Esc leaves it as it was. */
export default function FieldEditor(props: Props) {
  return (
    <AntDesign>
      <Editor {...props} />
    </AntDesign>
  )
}

function Editor({ kind, item: now, field, onClose }: Props) {
  // The record as it stood when the change began: what is read meanwhile must not be written over.
  const [item] = useState(now)
  const { t, pick } = useText()
  const box = useRef<HTMLDivElement>(null)
  const given = item.fields[field.name] ?? null
  const [draft, setDraft] = useState<Draft>(() => toDraft(field, given))
  const { write, busy, fault, setFault, merge } = useFieldSave(kind, item, onClose)

  useEffect(() => {
    const control = box.current?.querySelector<HTMLElement>('input, textarea')
    control?.focus({ preventScroll: true })
    if (control instanceof HTMLInputElement && control.type === 'text') control.select()
  }, [])

  const commit = () => {
    if (busy) return
    const wire = toWire(field, draft)
    if ('fault' in wire) setFault(t(`form.${wire.fault}`, { field: pick(field.label) }))
    else if (same(wire.value, given)) onClose()
    else write({ [field.name]: wire.value })
  }

  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const choosing = box.current?.querySelector('[role=combobox][aria-expanded=true]')
    if (event.key === 'Escape' && !choosing) {
      event.stopPropagation()
      onClose()
    } else if (event.key === 'Enter' && !choosing && !(event.target instanceof HTMLButtonElement) && !(field.format === 'multiline' && event.shiftKey)) {
      event.preventDefault()
      commit()
    }
  }

  return (
    <div
      ref={box}
      className="inplace-editor"
      role="group"
      aria-label={t('record.editing', { field: pick(field.label) })}
      aria-busy={busy}
      onKeyDown={key}
    >
      <Control
        kind={kind}
        item={item}
        field={field}
        draft={draft}
        fault={fault !== undefined}
        onChange={(next) => {
          setFault(undefined)
          setDraft(next)
        }}
      />
      <button type="button" className="icon-btn" aria-label={t('record.keep')} title={t('record.keep')} disabled={busy} onClick={commit}>
        <Icon name="check" />
      </button>
      <button type="button" className="icon-btn" aria-label={t('app.cancel')} title={t('app.cancel')} onClick={onClose}>
        <Icon name="close" />
      </button>
      {fault && (
        <p id={`fault-${field.name}`} className="form-fault" role="alert">
          {fault}
        </p>
      )}
      {merge}
    </div>
  )
}
