import { useId, useState } from 'react'
import { usePeople } from '@/api/colleagues'
import { useDebounced } from '@/lib/hooks'
import { useText } from '@/lib/usetext'

export interface Person {
  id: string
  name: string
}

/** Finds a colleague by name, pinyin or initials. */
export function PersonField({ person, onPerson }: { person?: Person; onPerson: (person: Person | undefined) => void }) {
  const { t } = useText()
  const id = useId()
  const [text, setText] = useState('')
  const found = usePeople(useDebounced(text, 150))
  const offered = person ? [] : (found.data ?? [])
  const none = !person && text.trim() !== '' && found.isSuccess && offered.length === 0
  return (
    <div className="pool-person">
      <label htmlFor={id}>{t('pools.act.person')}</label>
      <input
        id={id}
        className="input"
        autoFocus
        autoComplete="off"
        role="combobox"
        aria-expanded={offered.length > 0}
        aria-controls={`${id}-list`}
        placeholder={t('pools.act.personHint')}
        value={person?.name ?? text}
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
        <ul id={`${id}-list`} className="pool-people" role="listbox" aria-label={t('pools.act.person')}>
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
      {none && <p className="muted">{t('pools.act.personNone')}</p>}
    </div>
  )
}
