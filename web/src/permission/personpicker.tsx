import { useId, useState } from 'react'
import type { Named } from '@/api/beneath'
import { usePeople } from '@/api/colleagues'
import { useDebounced } from '@/lib/hooks'
import './personpicker.css'

interface Props {
  person?: Named
  onPerson: (person: Named | undefined) => void
  label: string
  /** What can be typed, as a placeholder. */
  hint: string
  /** The label stands beside it already. */
  labelled?: boolean
  /** What is said when nobody is called like this. */
  none?: string
  /** One among other things on a page: the focus stays where it is. */
  quiet?: boolean
}

/** One colleague, by name, pinyin or initials. */
export function PersonPicker({ person, onPerson, label, hint, quiet, labelled, none }: Props) {
  const id = useId()
  const [text, setText] = useState('')
  const asked = useDebounced(text, 150)
  const found = usePeople(asked)
  // Who was found for what stood there before is not offered for what stands there now.
  const offered = person || asked !== text ? [] : (found.data ?? [])
  return (
    <>
      {!labelled && <label htmlFor={id}>{label}</label>}
      <div className="picker">
        <input
          id={id}
          className="input"
          aria-label={labelled ? label : undefined}
          autoFocus={!quiet}
          autoComplete="off"
          value={person?.name ?? text}
          placeholder={hint}
          role="combobox"
          aria-expanded={offered.length > 0}
          aria-controls={`${id}-list`}
          onChange={(event) => {
            onPerson(undefined)
            setText(event.target.value)
          }}
          onKeyDown={(event) => {
            const first = offered[0]
            if (event.key === 'Enter' && !event.nativeEvent.isComposing && first) {
              event.preventDefault()
              onPerson({ id: first.id, name: first.title })
            }
          }}
        />
        {offered.length > 0 && (
          <ul id={`${id}-list`} className="picker-list" role="listbox" aria-label={label}>
            {offered.map((one) => (
              <li
                key={one.id}
                role="option"
                aria-selected="false"
                onPointerDown={(event) => {
                  event.preventDefault()
                  onPerson({ id: one.id, name: one.title })
                }}
              >
                {one.title}
                {one.subtitle && <span className="muted"> {one.subtitle}</span>}
              </li>
            ))}
          </ul>
        )}
        {none && !person && text.trim() !== '' && found.isSuccess && offered.length === 0 && <p className="muted">{none}</p>}
      </div>
    </>
  )
}
