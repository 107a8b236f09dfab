import { useId, useState } from 'react'
import { usePeople } from '@/api/colleagues'
import { useDebounced } from '@/lib/hooks'
import './personpicker.css'

interface Named {
  id: string
  name: string
}

interface Props {
  label: string
  placeholder: string
  person?: Named
  onPerson: (person: Named | undefined) => void
}

/** Finds a colleague by name, pinyin or initials: who works in the company everybody may know. */
export function PersonPicker({ label, placeholder, person, onPerson }: Props) {
  const id = useId()
  const [text, setText] = useState('')
  const found = usePeople(useDebounced(text, 150))
  const offered = person ? [] : (found.data ?? [])
  return (
    <div className="person-picker">
      <input
        id={id}
        className="input"
        autoComplete="off"
        aria-label={label}
        value={person?.name ?? text}
        placeholder={placeholder}
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
        <ul id={`${id}-list`} role="listbox" aria-label={label}>
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
    </div>
  )
}
