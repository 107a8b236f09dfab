import { useId, useState } from 'react'
import { useFound } from '@/api/sandboxes'
import type { Kind } from '@/api/types'
import { useDebounced } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import '@/permission/personpicker.css'

export interface PickedRecord {
  id: string
  title: string
}

interface Props {
  kind: Kind
  picked: PickedRecord[]
  onPicked: (picked: PickedRecord[]) => void
}

/** Chooses single records of a kind by their words. */
export function PickRecords({ kind, picked, onPicked }: Props) {
  const { t } = useText()
  const id = useId()
  const [text, setText] = useState('')
  const asked = useDebounced(text, 150)
  const found = useFound(kind.name, asked)
  const offered = asked === text ? (found.data ?? []).filter((one) => !picked.some((other) => other.id === one.id)) : []
  const take = (one: PickedRecord) => {
    onPicked([...picked, { id: one.id, title: one.title }])
    setText('')
  }
  return (
    <>
      <label htmlFor={id}>{t('sandboxes.new.find')}</label>
      <div className="picker">
        <input
          id={id}
          className="input"
          autoComplete="off"
          value={text}
          placeholder={t('sandboxes.new.findHint')}
          role="combobox"
          aria-expanded={offered.length > 0}
          aria-controls={`${id}-list`}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            const first = offered[0]
            if (event.key === 'Enter' && !event.nativeEvent.isComposing && first) {
              event.preventDefault()
              take(first)
            }
          }}
        />
        {offered.length > 0 && (
          <ul id={`${id}-list`} className="picker-list" role="listbox" aria-label={t('sandboxes.new.find')}>
            {offered.map((one) => (
              <li
                key={one.id}
                role="option"
                aria-selected="false"
                onPointerDown={(event) => {
                  event.preventDefault()
                  take(one)
                }}
              >
                {one.title}
                {one.subtitle && <span className="muted"> {one.subtitle}</span>}
              </li>
            ))}
          </ul>
        )}
      </div>
      <p className="muted">{picked.length === 0 ? t('sandboxes.new.noneChosen') : t('sandboxes.new.chosen')}</p>
      {picked.length > 0 && (
        <ul className="box-chips">
          {picked.map((one) => (
            <li key={one.id} className="tag">
              {one.title}
              <button type="button" className="box-x" aria-label={t('sandboxes.new.unpick', { title: one.title })} onClick={() => onPicked(picked.filter((other) => other.id !== one.id))}>
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
