import { useState } from 'react'
import { fieldOf } from '@/api/kinds'
import { useCreate } from '@/api/records'
import type { Field, Item, Kind, Value } from '@/api/types'
import { useText } from '@/lib/usetext'
import { FormDialog } from '@/ui/formdialog'
import { Icon } from '@/ui/icons'
import { noon } from './dates'
import { useRefusal } from './gate'

/** Whether a title and a day are enough for a new record. */
export const quickKind = (kind: Kind, due: Field): boolean =>
  (due.create ?? false) &&
  (fieldOf(kind, kind.title)?.create ?? false) &&
  kind.fields.every((f) => !f.required || !f.create || f.name === kind.title || f.name === due.name)

interface Props {
  kind: Kind
  field: Field
  day: string
  onClose: () => void
  onMade: (item: Item) => void
}

/** A new record with a title, due on the day that was pressed. */
export function QuickCreate({ kind, field, day, onClose, onMade }: Props) {
  const { t, pick, lang } = useText()
  const [title, setTitle] = useState('')
  const [at, setAt] = useState('18:00')
  const create = useCreate(kind.name)
  const refusal = useRefusal(kind)
  const name = fieldOf(kind, kind.title)
  const submit = () => {
    if (!title.trim() || create.isPending) return
    const due: Value = field.type === 'date' ? day : new Date(`${day}T${at || '18:00'}:00`).toISOString()
    create.mutate({ [kind.title]: title.trim(), [field.name]: due }, { onSuccess: onMade })
  }
  return (
    <FormDialog
      title={t('form.create', { kind: pick(kind.label) })}
      act={t('app.save')}
      off={!title.trim() || create.isPending}
      onAct={submit}
      onCancel={onClose}
    >
      <form
        className="quick"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <p className="muted">{new Intl.DateTimeFormat(lang, { dateStyle: 'full' }).format(noon(day))}</p>
        <label htmlFor="quick-title">{name && pick(name.label)}</label>
        <input id="quick-title" className="input" autoFocus maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />
        {field.type === 'time' && (
          <>
            <label htmlFor="quick-time">{pick(field.label)}</label>
            <input id="quick-time" className="input" type="time" value={at} onChange={(event) => setAt(event.target.value)} />
          </>
        )}
      </form>
      {create.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {refusal(create.error)}
        </p>
      )}
    </FormDialog>
  )
}
