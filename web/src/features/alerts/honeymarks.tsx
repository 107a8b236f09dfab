import { useId, useState } from 'react'
import { Link } from '@tanstack/react-router'
import { useHoney, useMarkHoney, useUnmarkHoney } from '@/api/alerts'
import { hasFailed } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { Failure } from '@/permission/failure'
import { useProblemText } from '@/permission/problemtext'
import { BoneRows, State } from '@/ui/states'
import { toast } from '@/ui/toast'

/** Takes a customer out of a pasted link to its page, or a number. */
const recordOf = (text: string) => {
  const found = /records\/([a-z_]+)\/(\d+)/.exec(text)
  if (found?.[1] && found[2]) return { kind: found[1], id: found[2] }
  return /^\d+$/.test(text.trim()) ? { kind: 'customer', id: text.trim() } : undefined
}

/** The records that nobody has a reason to open. */
export function HoneyMarks() {
  const { t, pick, format } = useText()
  const problem = useProblemText()
  const marks = useHoney()
  const mark = useMarkHoney()
  const unmark = useUnmarkHoney()
  const [link, setLink] = useState('')
  const [note, setNote] = useState('')
  const field = useId()
  const record = recordOf(link)
  return (
    <section className="alerts-panel" aria-label={t('alerts.tabs.honey')}>
      <p className="muted">{t('alerts.honeyText')}</p>
      <form
        className="honey-form"
        aria-label={t('alerts.mark')}
        onSubmit={(event) => {
          event.preventDefault()
          if (!record) return
          const done = () => {
            setLink('')
            setNote('')
            toast(t('alerts.marked'))
          }
          mark.mutate({ ...record, note: note.trim() }, { onSuccess: done })
        }}
      >
        <label htmlFor={`${field}-link`}>{t('alerts.link')}</label>
        <input id={`${field}-link`} className="input" value={link} onChange={(event) => setLink(event.target.value)} />
        <label htmlFor={`${field}-note`}>{t('alerts.honeyNote')}</label>
        <input id={`${field}-note`} className="input" maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
        <button type="submit" className="btn primary" disabled={!record || mark.isPending}>
          {t('alerts.mark')}
        </button>
        {(mark.error ?? unmark.error) && (
          <p className="form-fault" role="alert">
            {problem(mark.error ?? unmark.error)}
          </p>
        )}
      </form>
      {marks.isPending && <BoneRows rows={3} />}
      {hasFailed(marks) && <Failure error={marks.error} onRetry={() => void marks.refetch()} />}
      {marks.data?.length === 0 && <State icon="empty" title={t('alerts.noMarks')} text={t('alerts.noMarksText')} />}
      <ul className="honey-list">
        {marks.data?.map((one) => (
          <li key={`${one.kind}/${one.record}`}>
            <span>
              <Link to="/records/$kind/$id" params={{ kind: one.kind, id: one.record }}>
                {pick(one.kind_label)} · {one.title ?? t('alerts.record', { id: one.record })}
              </Link>
              <span className="muted">
                {one.note && `${one.note} · `}
                {t('alerts.by', { name: one.by.name, at: format.moment(one.at) })}
              </span>
            </span>
            <button type="button" className="btn" disabled={unmark.isPending} onClick={() => unmark.mutate({ kind: one.kind, id: one.record }, { onSuccess: () => toast(t('alerts.unmarked')) })}>
              {t('alerts.unmark')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
