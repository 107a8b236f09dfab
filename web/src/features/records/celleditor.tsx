import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useCellSave } from '@/api/celledit'
import { isStale } from '@/api/problem'
import { readRecord } from '@/api/records'
import type { Field, Item, Kind, Value } from '@/api/types'
import { Control } from '@/fields/control'
import { compare, type Draft, same, toDraft, toWire } from '@/lib/draft'
import { useText } from '@/lib/usetext'
import { mayEdit } from '@/permission/access'
import { AntDesign } from '@/ui/antd'
import { toast } from '@/ui/toast'
import { useUndo } from '@/ui/undo'
import { useRefusal } from './gate'
import { Merge } from '@/fields/merge'
import { WhyNot } from './whynot'
import './celleditor.css'

interface Props {
  kind: Kind
  item: Item
  field: Field
  /** Goes on to the cell after (1) or before (-1), or to none (0). */
  onLeave: (step: number) => void
}

/** A cell that is being changed, or says why it cannot be. */
export default function CellEditor(props: Props) {
  if (!mayEdit(props.item, props.field.name)) {
    return <WhyNot kind={props.kind} item={props.item} field={props.field} onClose={() => props.onLeave(0)} />
  }
  return (
    <AntDesign>
      <Editor {...props} />
    </AntDesign>
  )
}

const elsewhere = '.ant-select-dropdown, .ant-picker-dropdown, .toasts, .popover, dialog'

function Editor({ kind, item, field, onLeave }: Props) {
  const { t, pick } = useText()
  const box = useRef<HTMLDivElement>(null)
  const given = item.fields[field.name] ?? null
  const [draft, setDraft] = useState<Draft>(() => toDraft(field, given))
  const [fault, setFault] = useState<string>()
  const [conflict, setConflict] = useState<{ mine: Record<string, Value>; theirs: Item }>()
  const save = useCellSave(kind.name)
  const done = useUndo()
  const refusal = useRefusal(kind)

  useEffect(() => {
    const control = box.current?.querySelector<HTMLElement>('input, textarea')
    control?.focus({ preventScroll: true })
    if (field.type === 'choice' || field.type === 'bool') {
      // What is chosen from a list shows the list at once.
      control?.closest('.ant-select')?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }))
    } else if (control instanceof HTMLInputElement && control.type === 'text') control.select()
  }, [field.type])

  const write = (base: Item, fields: Record<string, Value>, step: number) => {
    const before = { [field.name]: base.fields[field.name] ?? null }
    save.mutate(
      { id: item.id, version: base.version, fields },
      {
        onSuccess: (saved) => {
          done(t('lists.cell.saved', { field: pick(field.label), title: saved.title || item.title }), () =>
            save.mutateAsync({ id: saved.id, version: saved.version, fields: before }),
          )
          onLeave(step)
        },
        onError: (error) => {
          if (!isStale(error)) {
            setFault(refusal(error))
            return
          }
          void readRecord(kind.name, item.id).then((theirs) => {
            if (compare(base.fields, fields, theirs.fields).clash.length > 0) setConflict({ mine: fields, theirs })
            else {
              toast(t('lists.cell.merged'))
              write(theirs, fields, step)
            }
          })
        },
      },
    )
  }

  const commit = (next: Draft, step: number) => {
    if (save.isPending) return
    const wire = toWire(field, next)
    if ('fault' in wire) {
      setFault(t(`form.${wire.fault}`, { field: pick(field.label) }))
      return
    }
    if (same(wire.value, given)) onLeave(step)
    else write(item, { [field.name]: wire.value }, step)
  }

  // A press elsewhere keeps what was typed, as leaving a cell does everywhere.
  const latest = useRef<() => void>(() => undefined)
  useEffect(() => {
    latest.current = () => commit(draft, 0)
  })
  useEffect(() => {
    const press = (event: PointerEvent) => {
      const target = event.target as Element
      if (box.current?.contains(target) || target.closest(elsewhere)) return
      latest.current()
    }
    document.addEventListener('pointerdown', press, true)
    return () => document.removeEventListener('pointerdown', press, true)
  }, [])

  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    event.stopPropagation()
    const choosing = box.current?.querySelector('[role=combobox][aria-expanded=true]')
    if (event.key === 'Escape') onLeave(0)
    else if (event.key === 'Tab') {
      event.preventDefault()
      commit(draft, event.shiftKey ? -1 : 1)
    } else if (event.key === 'Enter' && !choosing && !(field.format === 'multiline' && event.shiftKey)) {
      event.preventDefault()
      commit(draft, 0)
    }
  }

  const change = (next: Draft) => {
    setFault(undefined)
    setDraft(next)
    // What is chosen, not typed, is done with choosing.
    if (['choice', 'bool', 'ref', 'date'].includes(field.type)) commit(next, 0)
  }

  return (
    <div
      ref={box}
      className={`cell-editor type-${field.type}`}
      role="group"
      aria-label={t('lists.cell.edit', { field: pick(field.label), title: item.title })}
      aria-busy={save.isPending}
      onKeyDown={key}
    >
      <Control kind={kind} item={item} field={field} draft={draft} fault={fault !== undefined} onChange={change} />
      {fault && (
        <p id={`fault-${field.name}`} className="cell-fault" role="alert">
          {fault}
        </p>
      )}
      {conflict && (
        <Merge
          kind={kind}
          base={item}
          mine={conflict.mine}
          theirs={conflict.theirs}
          result={compare(item.fields, conflict.mine, conflict.theirs.fields)}
          onCancel={() => onLeave(0)}
          onSave={(fields) => {
            setConflict(undefined)
            if (Object.keys(fields).length === 0) onLeave(0)
            else write(conflict.theirs, fields, 0)
          }}
        />
      )}
    </div>
  )
}
