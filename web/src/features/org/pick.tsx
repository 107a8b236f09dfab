import { type KeyboardEvent, useId, useState } from 'react'
import { useFinding } from '@/api/finding'
import { useUnits } from '@/api/org'
import { useRecordTitle } from '@/api/records'
import type { Unit } from '@/api/types'
import { useText } from '@/lib/usetext'
import { pathTo } from './tree'

interface Option {
  id: string
  text: string
  hint?: string
}

interface PickProps {
  label: string
  value?: string
  onPick: (id: string | undefined) => void
}

interface ListProps extends PickProps {
  shown?: string
  options: Option[]
  busy?: boolean
  onText: (text: string) => void
}

/** An input that finds as one types: arrows and Enter, or a press. */
function Combo({ label, value, shown, options, busy, onPick, onText }: ListProps) {
  const { t } = useText()
  const id = useId()
  const [text, setText] = useState<string>()
  const [at, setAt] = useState(0)
  const open = text !== undefined
  const take = (option: Option | undefined) => {
    if (option) onPick(option.id)
    setText(undefined)
    setAt(0)
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const keys: Record<string, () => void> = {
      ArrowDown: () => setAt(Math.min(at + 1, options.length - 1)),
      ArrowUp: () => setAt(Math.max(at - 1, 0)),
      Enter: () => take(options[at]),
    }
    if (!open && event.key === 'ArrowDown') setText('')
    const act = open ? keys[event.key] : undefined
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <div className="o-pick">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        role="combobox"
        autoComplete="off"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && options[at] ? `${id}-${at}` : undefined}
        placeholder={t('company.pick')}
        value={text ?? (value ? (shown ?? '') : '')}
        onChange={(event) => {
          setText(event.target.value)
          onText(event.target.value)
          setAt(0)
          if (event.target.value === '') onPick(undefined)
        }}
        onFocus={() => setText((now) => now ?? (value ? undefined : ''))}
        onBlur={() => setTimeout(() => setText(undefined), 150)}
        onKeyDown={press}
      />
      {open && (
        <ul className="o-pick-list" role="listbox" id={`${id}-list`} aria-label={label}>
          {options.length === 0 && <li className="muted">{t(busy ? 'app.loading' : 'company.nothing')}</li>}
          {options.map((option, index) => (
            <li
              key={option.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              onMouseDown={(event) => {
                event.preventDefault()
                take(option)
              }}
            >
              {option.text}
              {option.hint && <span className="muted">{option.hint}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

export const pathText = (units: Unit[], id: string) =>
  pathTo(units, id)
    .map((unit) => unit.name)
    .join(' / ')

/** Chooses a unit by any part of its path. */
export function UnitPick({ except, ...props }: PickProps & { except?: Set<string> }) {
  const units = useUnits()
  const [text, setText] = useState('')
  const all = units.data?.items ?? []
  const needle = text.trim().toLowerCase()
  const options: Option[] = []
  for (const unit of all) {
    if (options.length >= 30) break
    if (except?.has(unit.id) || !unit.name.toLowerCase().includes(needle)) continue
    options.push({ id: unit.id, text: unit.name, hint: pathText(all, unit.parent ?? '') })
  }
  return <Combo {...props} shown={props.value ? pathText(all, props.value) : ''} options={options} onText={setText} />
}

/** Chooses a person among those one may read. */
export function PersonPick({ except, ...props }: PickProps & { except?: string }) {
  const [text, setText] = useState('')
  const found = useFinding('person', text)
  const title = useRecordTitle('person', props.value)
  const options = found.items
    .filter((item) => item.id !== except && item.fields.stage !== 'left')
    .map((item) => ({ id: item.id, text: item.title, hint: typeof item.fields.login === 'string' ? item.fields.login : undefined }))
  return <Combo {...props} shown={title} options={options} busy={found.busy} onText={setText} />
}
