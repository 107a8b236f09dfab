import { useId, useRef, useState } from 'react'
import { fieldOf } from '@/api/kinds'
import type { Item, Kind } from '@/api/types'
import { FieldValue } from '@/fields/value'
import { useText } from '@/lib/usetext'
import { fieldState, mayEdit } from '@/permission/access'
import { Icon } from '@/ui/icons'
import { useFieldSave } from './saving'
import '@/ui/tagoff.css'

interface Props {
  kind: Kind
  item: Item
  /** Tags that are in use elsewhere, to choose from; any other can be typed. */
  known: string[]
  onTagging?: () => void
}

/** The tags of a record: added and taken off where they stand. */
export function TagLine({ kind, item, known, onTagging }: Props) {
  const { t, pick } = useText()
  const field = fieldOf(kind, 'tags')
  const state = fieldState(item, 'tags')
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const [adding, setAdding] = useState(false)
  const { write, busy, fault, merge } = useFieldSave(kind, item)
  if (!field || state.is === 'absent') return null
  if (state.is !== 'plain' || !mayEdit(item, 'tags')) {
    const none = state.is === 'plain' && (!Array.isArray(state.value) || state.value.length === 0)
    return none ? null : <FieldValue kind={kind} item={item} field={field} />
  }
  const tags = Array.isArray(state.value) ? state.value : []
  const label = (code: string) => {
    const choice = field.choices?.find((c) => c.code === code)
    return choice ? pick(choice.label) : code
  }
  const add = () => {
    const text = input.current?.value.trim() ?? ''
    const code = field.choices?.find((c) => pick(c.label) === text || c.code === text)?.code ?? text
    setAdding(false)
    if (code && !tags.includes(code)) write({ tags: [...tags, code] })
  }
  const offered = [...(field.choices?.map((c) => pick(c.label)) ?? []), ...known].filter((tag) => !tags.includes(tag))
  return (
    <span className="tagline" aria-busy={busy}>
      {tags.map((tag) => (
        <span key={tag} className="tag">
          {label(tag)}
          <button
            type="button"
            className="tag-off"
            disabled={busy}
            aria-label={t('record.removeTag', { tag: label(tag) })}
            onClick={() => write({ tags: tags.filter((one) => one !== tag) })}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
      {adding ? (
        <>
          <input
            ref={input}
            autoFocus
            className="tag-input"
            maxLength={40}
            list={id}
            aria-label={t('record.newTag')}
            onBlur={add}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return
              if (event.key === 'Enter') add()
              if (event.key === 'Escape') {
                if (input.current) input.current.value = ''
                setAdding(false)
              }
            }}
          />
          <datalist id={id}>
            {[...new Set(offered)].map((tag) => (
              <option key={tag} value={tag} />
            ))}
          </datalist>
        </>
      ) : (
        <button type="button" className="tag-add" disabled={busy} onClick={() => (setAdding(true), onTagging?.())}>
          <Icon name="plus" />
          {t('record.addTag')}
        </button>
      )}
      {fault && (
        <span className="form-fault" role="alert">
          {fault}
        </span>
      )}
      {merge}
    </span>
  )
}
