import type { Asked } from '@/api/requests'
import { useText } from '@/lib/usetext'
import { StateTag } from './statetag'
import { titleText } from './words'
import '@/ui/picklist.css'

interface Props {
  items: Asked[]
  now: number
  open?: string
  onOpen: (id: string) => void
}

export function RequestList({ items, now, open, onOpen }: Props) {
  const text = useText()
  const { t, format } = text
  return (
    <ul className="pick-list">
      {items.map((r) => (
        <li key={r.id}>
          <button type="button" aria-current={open === r.id ? 'true' : undefined} onClick={() => onOpen(r.id)}>
            <span className="pick-line">
              <strong>{titleText(text, r)}</strong>
              <StateTag state={r.state} />
            </span>
            <span className="pick-words">{r.purpose}</span>
            <span className="pick-line muted">
              <span>{t('requests.by', { who: r.asker.name, when: format.ago(r.asked_at, now) })}</span>
              {r.due_at && <DueText due={r.due_at} now={now} />}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Until when it should be decided, in red once it is late. */
export function DueText({ due, now }: { due: string; now: number }) {
  const { t, format } = useText()
  const late = new Date(due).getTime() <= now
  return <span className={late ? 'request-late' : undefined}>{late ? t('requests.late') : t('requests.due', { when: format.moment(due) })}</span>
}
