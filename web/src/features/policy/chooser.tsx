import { useState } from 'react'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'

interface Option {
  id: string
  name: string
  depth: number
}

interface Props {
  label: string
  options: Option[]
  /** None stands for all. */
  chosen: string[]
  onChange: (ids: string[]) => void
}

/** Chooses several of a list, with a search when it is long. */
export function Chooser({ label, options, chosen, onChange }: Props) {
  const { t } = useText()
  const [text, setText] = useState('')
  const needle = text.trim().toLowerCase()
  const shown = options.filter((o) => o.name.toLowerCase().includes(needle))
  return (
    <div className="chooser">
      {options.length > 8 && (
        <div className="search-line">
          <Icon name="search" />
          <input
            className="input"
            type="search"
            autoComplete="off"
            value={text}
            aria-label={t('policy.chooser.search')}
            placeholder={t('policy.chooser.search')}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      )}
      <fieldset className="chooser-list">
        <legend className="sr-only">{label}</legend>
        {shown.map((option) => (
          <label key={option.id} className="check" style={{ paddingInlineStart: needle ? 0 : option.depth * 14 }}>
            <input
              type="checkbox"
              checked={chosen.includes(option.id)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, option.id] : chosen.filter((id) => id !== option.id))
              }
            />
            {option.name}
          </label>
        ))}
      </fieldset>
      {chosen.length > 0 && (
        <button type="button" className="quiet" onClick={() => onChange([])}>
          {t('policy.chooser.all')}
        </button>
      )}
    </div>
  )
}
