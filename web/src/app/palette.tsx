import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { signOut } from '@/api/session'
import { useSearch } from '@/api/shell'
import type { Kind, Me } from '@/api/types'
import { useDebounced } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Icon, isIcon, type IconName } from '@/ui/icons'
import { commandsOf, means } from './commands'
import { useEntries } from './navigation'
import { recent, visited } from './recent'
import type { Over } from './over'
import './palette.css'

interface Props {
  me: Me
  kinds: Kind[]
  onOver: (over: Over) => void
  onClose: () => void
}

interface Choice {
  id: string
  icon: IconName
  label: string
  note?: string
  group: string
  run: () => void
}

/** Finds records, pages and commands; everything is done by keys, and a tap does too. */
export function Palette({ me, kinds, onOver, onClose }: Props) {
  const text = useText()
  const { t, pick } = text
  const navigate = useNavigate()
  const problemText = useProblemText()
  const dialog = useRef<HTMLDialogElement>(null)
  const [typed, setTyped] = useState('')
  const [composing, setComposing] = useState(false)
  const [at, setAt] = useState(0)
  const q = useDebounced(composing ? '' : typed.trim(), 180)
  const found = useSearch(me.viewer ? '' : q)
  const pages = useEntries(me)

  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  const go = (path: string) => {
    onClose()
    void navigate({ to: path as '/' })
  }
  const open = (kind: string, id: string) => {
    visited(kind, id)
    onClose()
    void navigate({ to: '/records/$kind/$id', params: { kind, id } })
  }
  const leave = async () => {
    await signOut().catch(() => undefined)
    await navigate({ to: '/sign-in', search: { back: undefined, expired: undefined } })
  }
  const name = (kind: string) => {
    const known = kinds.find((k) => k.name === kind)
    return known ? pick(known.plural ?? known.label) : kind
  }
  const icon = (kind: string): IconName => (isIcon(kind) ? kind : 'other')

  const visits = useMemo(() => recent(), [])
  const records: Choice[] =
    typed.trim() === ''
      ? visits.map((v) => ({ id: `${v.kind} ${v.id}`, icon: icon(v.kind), label: v.title, note: name(v.kind), group: t('shell.palette.recent'), run: () => open(v.kind, v.id) }))
      : (found.data ?? []).map((f) => ({
          id: `${f.kind} ${f.id}`,
          icon: icon(f.kind),
          label: f.title || t('app.empty'),
          note: f.subtitle,
          group: name(f.kind),
          run: () => open(f.kind, f.id),
        }))
  const commands: Choice[] = commandsOf({ me, kinds, pages, text, go, onOver, leave: () => void leave() })
    .filter((command) => means(command, typed))
    .slice(0, typed.trim() === '' ? 40 : 8)
    .map((command) => ({
      ...command,
      group: t('shell.palette.commands'),
      run: () => {
        onClose()
        command.run()
      },
    }))
  const choices = q === '' || commands.length === 0 || records.length > 0 ? [...records, ...commands] : [...commands, ...records]
  const chosen = Math.min(at, choices.length - 1)
  const busy = typed.trim() !== '' && !me.viewer && (found.isFetching || q !== typed.trim())

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const by: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }
    const step = by[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const to = Math.abs(step) === 1 ? (chosen + step + choices.length) % choices.length : Math.max(0, Math.min(choices.length - 1, chosen + step))
      setAt(to)
      document.getElementById(`palette-${to}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      choices[chosen]?.run()
    }
  }

  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('shell.palette.title')}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className="palette-field">
        <Icon name="search" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={chosen >= 0 ? `palette-${chosen}` : undefined}
          aria-autocomplete="list"
          aria-label={t('shell.palette.title')}
          placeholder={t(me.viewer ? 'shell.palette.onlyCommands' : 'shell.palette.placeholder')}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setAt(0)
          }}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
          onKeyDown={press}
        />
        {busy && <span className="palette-busy" role="status" aria-label={t('app.loading')} />}
        <button type="button" className="quiet palette-close" aria-label={t('app.close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className="palette-list" id="palette-list" role="listbox" aria-label={t('shell.palette.title')}>
        {choices.map((choice, i) => (
          <div key={choice.id} role="presentation">
            {choice.group !== choices[i - 1]?.group && (
              <div className="palette-group" role="presentation">
                {choice.group}
              </div>
            )}
            {/* The field keeps the focus and moves the choice: aria-activedescendant. */}
            <div
              id={`palette-${i}`}
              role="option"
              aria-selected={i === chosen}
              className="palette-choice"
              onPointerMove={() => i !== chosen && setAt(i)}
              onClick={choice.run}
            >
              <Icon name={choice.icon} />
              <span className="palette-label">{choice.label}</span>
              {choice.note && <span className="palette-note">{choice.note}</span>}
            </div>
          </div>
        ))}
      </div>
      {found.isError && q !== '' && <p className="palette-none">{problemText(found.error)}</p>}
      {choices.length === 0 && !busy && !found.isError && <p className="palette-none">{t('shell.palette.none', { q: typed.trim() })}</p>}
      <div className="palette-foot" aria-hidden="true">
        <kbd>↑</kbd>
        <kbd>↓</kbd> {t('shell.palette.move')} <kbd>↵</kbd> {t('shell.palette.open')} <kbd>{'Esc'}</kbd> {t('shell.palette.close')}
      </div>
    </dialog>
  )
}

export default Palette
