import { type KeyboardEvent, useRef, useState } from 'react'
import { type Named, useAddComment } from '@/api/beneath'
import { usePeople } from '@/api/colleagues'
import { useDebounced } from '@/lib/hooks'
import { useText } from '@/lib/usetext'
import { toast } from '@/ui/toast'
import { useRecordProblem } from './words'

interface Props {
  kind: string
  id: string
}

/** Where a comment is written; @ offers colleagues, by name, pinyin or initials. */
export function Composer({ kind, id }: Props) {
  const { t } = useText()
  const [text, setText] = useState('')
  const [named, setNamed] = useState<Named[]>([])
  const add = useAddComment(kind, id)
  const problem = useRecordProblem()
  const send = () => {
    const mentions = named.filter((person) => text.includes(`@${person.name}`)).map((person) => person.id)
    add.mutate(
      { text, mentions },
      {
        onSuccess: (written) => {
          setText('')
          setNamed([])
          const missed = written.unreached?.map((person) => person.name) ?? []
          toast(missed.length > 0 ? t('record.comment.unreached', { names: missed.join(t('record.comma')) }) : t('record.comment.sent'))
        },
      },
    )
  }
  return (
    <form
      className="compose"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim()) send()
      }}
    >
      <MentionBox text={text} onText={setText} onName={(person) => setNamed([...named, person])} onSend={send} />
      {add.isError && (
        <p className="form-fault" role="alert">
          {problem(add.error)}
        </p>
      )}
      <div className="compose-foot">
        <button type="submit" className="btn primary" disabled={add.isPending || text.trim() === ''}>
          {add.isPending ? t('record.comment.sending') : t('record.comment.send')}
        </button>
      </div>
    </form>
  )
}

interface BoxProps {
  text: string
  onText: (text: string) => void
  onName: (person: Named) => void
  onSend: () => void
}

/** The @word that the caret stands in, with where it begins. */
function wordAt(text: string, caret: number): { from: number; word: string } | undefined {
  const match = /@([^\s@]{0,20})$/u.exec(text.slice(0, caret))
  return match ? { from: match.index, word: match[1] ?? '' } : undefined
}

function MentionBox({ text, onText, onName, onSend }: BoxProps) {
  const { t } = useText()
  const area = useRef<HTMLTextAreaElement>(null)
  const [at, setAt] = useState<{ from: number; word: string }>()
  const [active, setActive] = useState(0)
  const word = useDebounced(at?.word ?? '', 150)
  const found = usePeople(word)
  const offered = at && word !== '' && word === at.word ? (found.data ?? []) : []
  const chosen = Math.min(active, Math.max(0, offered.length - 1))

  const look = () => {
    const caret = area.current?.selectionStart ?? 0
    setAt(wordAt(area.current?.value ?? '', caret))
  }
  const take = (person: { id: string; title: string }) => {
    if (!at) return
    const after = `${text.slice(0, at.from)}@${person.title} ${text.slice(at.from + 1 + at.word.length)}`
    onText(after)
    onName({ id: person.id, name: person.title })
    setAt(undefined)
    const caret = at.from + person.title.length + 2
    requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.setSelectionRange(caret, caret)
    })
  }
  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const person = offered[chosen]
    if (person && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault()
      take(person)
    } else if (person && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      setActive((chosen + (event.key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length)
    } else if (at && event.key === 'Escape') {
      event.stopPropagation()
      setAt(undefined)
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      if (text.trim()) onSend()
    }
  }
  return (
    <div className="mention">
      <textarea
        ref={area}
        className="input"
        rows={2}
        maxLength={4000}
        value={text}
        aria-label={t('record.comment.label')}
        aria-controls={offered.length > 0 ? 'mention-list' : undefined}
        aria-autocomplete="list"
        aria-activedescendant={offered.length > 0 ? `mention-${offered[chosen]?.id}` : undefined}
        placeholder={t('record.comment.placeholder')}
        onChange={(event) => {
          onText(event.target.value)
          setActive(0)
          look()
        }}
        onClick={look}
        onKeyUp={(event) => event.key.startsWith('Arrow') && offered.length === 0 && look()}
        onKeyDown={key}
        onBlur={() => setTimeout(() => setAt(undefined), 150)}
      />
      {at && word !== '' && (offered.length > 0 || found.isSuccess) && (
        <ul id="mention-list" className="mention-list" role="listbox" aria-label={t('record.comment.people')}>
          {offered.map((person, index) => (
            <li
              key={person.id}
              id={`mention-${person.id}`}
              role="option"
              aria-selected={index === chosen}
              onPointerDown={(event) => {
                event.preventDefault()
                take(person)
              }}
            >
              {person.title}
              {person.subtitle && <span className="muted"> {person.subtitle}</span>}
            </li>
          ))}
          {offered.length === 0 && (
            <li className="muted" role="option" aria-selected="false" aria-disabled="true">
              {t('record.comment.nobody')}
            </li>
          )}
        </ul>
      )}
    </div>
  )
}
