import { useState } from 'react'
import { useRecordTitle, useShortList } from '@/api/records'
import { useDebounced } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

interface Props {
  chosen?: string
  onChoose: (person: string) => void
}

/** Finds people by name, as far as the reader may read them. */
export function PersonSearch({ chosen, onChoose }: Props) {
  const { t } = useText()
  const [text, setText] = useState('')
  const q = useDebounced(text.trim())
  const found = useShortList('person', { q: q || undefined, limit: 30 })
  const title = useRecordTitle('person', chosen || undefined)
  const people = found.data?.items ?? []
  return (
    <div className="person-search">
      <div className="search-line">
        <Icon name="search" />
        <input
          className="input"
          type="search"
          autoComplete="off"
          value={text}
          aria-label={t('policy.people.search')}
          placeholder={t('policy.people.search')}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {chosen && title && (
        <p className="person-chosen">
          <Icon name="check" />
          {title}
        </p>
      )}
      {found.isSuccess && people.length === 0 && <p className="muted">{t('policy.people.none')}</p>}
      <ul className="person-list">
        {people.map((person) => (
          <li key={person.id}>
            <button type="button" aria-pressed={person.id === chosen} onClick={() => onChoose(person.id)}>
              {person.title}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
