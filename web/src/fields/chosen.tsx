import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useFinding } from '@/api/finding'
import { usePools, useUnits } from '@/api/org'
import { useRecordTitle } from '@/api/records'
import { useText } from '@/lib/usetext'
import { Icon } from '@/ui/icons'
import './chosen.css'

interface Props {
  /** What is chosen from: a kind, "unit" or "pool". */
  target: string
  ids: string[]
  label: string
  single?: boolean
  onChange: (ids: string[]) => void
}

/** Several records, people or units as chips, and a box that finds more by searching. */
export function Chosen({ target, ids, label, single, onChange }: Props) {
  return (
    <span className="chosen">
      {ids.map((id) => (
        <Chip key={id} target={target} id={id} onRemove={() => onChange(ids.filter((one) => one !== id))} />
      ))}
      {(!single || ids.length === 0) && (
        <FindBox target={target} label={label} taken={ids} onPick={(id) => onChange(single ? [id] : [...ids, id])} />
      )}
    </span>
  )
}

function Chip({ target, id, onRemove }: { target: string; id: string; onRemove: () => void }) {
  const { t } = useText()
  const title = useTitleOf(target, id)
  return (
    <span className="chip">
      {title}
      <button type="button" aria-label={t('rules.remove', { what: title })} onClick={onRemove}>
        <Icon name="close" />
      </button>
    </span>
  )
}

/** The words for something that was chosen by id. */
export function useTitleOf(target: string, id: string): string {
  const named = target === 'unit' || target === 'pool'
  const units = useUnits()
  const pools = usePools()
  const title = useRecordTitle(target, named ? undefined : id)
  const found = target === 'unit' ? units.data?.items : pools.data?.items
  return (named ? found?.find((one) => one.id === id)?.name : title) ?? `#${id}`
}

interface FindProps {
  target: string
  label: string
  taken: string[]
  onPick: (id: string) => void
}

function useFound(target: string, text: string, open: boolean) {
  const named = target === 'unit' || target === 'pool'
  const records = useFinding(target, text, open && !named)
  const units = useUnits()
  const pools = usePools()
  if (!named) {
    return { busy: records.busy, options: records.items.map((i) => ({ id: i.id, name: i.title })) }
  }
  const all: { id: string; name: string }[] = (target === 'unit' ? units.data?.items : pools.data?.items) ?? []
  const wanted = text.trim().toLowerCase()
  return { busy: false, options: all.filter((o) => o.name.toLowerCase().includes(wanted)).slice(0, 50) }
}

function FindBox({ target, label, taken, onPick }: FindProps) {
  const { t } = useText()
  const id = useId()
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const found = useFound(target, text, open)
  const options = found.options.filter((o) => !taken.includes(o.id))
  const active = options[Math.min(at, options.length - 1)]

  const pick = (one: { id: string } | undefined) => {
    if (!one) return
    onPick(one.id)
    setText('')
    setAt(0)
    setOpen(false)
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      event.stopPropagation()
      setOpen(true)
      setAt((now) => Math.max(0, Math.min(options.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))))
      list.current?.children[at]?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter' && open) {
      event.preventDefault()
      pick(active)
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation()
      setOpen(false)
    }
  }
  return (
    <span className="find-box">
      <input
        className="input"
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={open && active ? `${id}-${active.id}` : undefined}
        autoComplete="off"
        placeholder={label}
        value={text}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
          setOpen(true)
        }}
        onKeyDown={press}
      />
      {open && (
        <ul ref={list} id={id} role="listbox" aria-label={label} className="find-list">
          {options.map((o) => (
            <li
              key={o.id}
              id={`${id}-${o.id}`}
              role="option"
              aria-selected={o.id === active?.id}
              onPointerDown={(event) => {
                event.preventDefault()
                pick(o)
              }}
            >
              {o.name}
            </li>
          ))}
          {options.length === 0 && (
            <li role="option" aria-selected={false} aria-disabled="true" className="muted">
              {found.busy ? t('app.loading') : t('form.noOption')}
            </li>
          )}
        </ul>
      )}
    </span>
  )
}
