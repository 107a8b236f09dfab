import { useState } from 'react'
import { type Comment, useChangeComment, useDeleteComment } from '@/api/beneath'
import { useText } from '@/lib/usetext'
import { toast } from '@/ui/toast'
import { useRecordProblem } from './words'

interface Props {
  kind: string
  id: string
  comment: Comment
}

/** A comment, with what its reader may do with it. */
export function CommentEntry({ kind, id, comment }: Props) {
  const { t } = useText()
  const [draft, setDraft] = useState<string>()
  const [asking, setAsking] = useState(false)
  const change = useChangeComment(kind, id)
  const remove = useDeleteComment(kind, id)
  const problem = useRecordProblem()
  const failed = change.error ?? remove.error
  if (draft !== undefined) {
    return (
      <form
        className="compose"
        onSubmit={(event) => {
          event.preventDefault()
          const mentions = comment.mentions.filter((m) => draft.includes(`@${m.name}`)).map((m) => m.id)
          change.mutate({ comment: comment.id, text: draft, mentions }, { onSuccess: () => setDraft(undefined) })
        }}
      >
        <textarea
          className="input"
          rows={2}
          autoFocus
          maxLength={4000}
          value={draft}
          aria-label={t('record.comment.edit')}
          onChange={(event) => setDraft(event.target.value)}
        />
        {change.isError && (
          <p className="form-fault" role="alert">
            {problem(change.error)}
          </p>
        )}
        <div className="compose-foot">
          <button type="button" className="btn" onClick={() => setDraft(undefined)}>
            {t('app.cancel')}
          </button>
          <button type="submit" className="btn primary" disabled={change.isPending || draft.trim() === ''}>
            {t('app.save')}
          </button>
        </div>
      </form>
    )
  }
  return (
    <>
      <p className="entry-text multiline">
        <Mentions comment={comment} />
        {comment.edited_at && <span className="muted"> ({t('record.comment.edited')})</span>}
      </p>
      {failed && (
        <p className="form-fault" role="alert">
          {problem(failed)}
        </p>
      )}
      {comment.can.length > 0 && (
        <p className="entry-acts">
          {comment.can.includes('edit') && (
            <button type="button" className="quiet" onClick={() => setDraft(comment.text)}>
              {t('record.comment.edit')}
            </button>
          )}
          {comment.can.includes('delete') &&
            (asking ? (
              <>
                <span>{t('record.comment.gone')}</span>
                <button
                  type="button"
                  className="quiet bad"
                  autoFocus
                  disabled={remove.isPending}
                  onClick={() => remove.mutate(comment.id, { onSuccess: () => toast(t('record.comment.deleted')) })}
                >
                  {t('record.comment.delete')}
                </button>
                <button type="button" className="quiet" onClick={() => setAsking(false)}>
                  {t('app.cancel')}
                </button>
              </>
            ) : (
              <button type="button" className="quiet" onClick={() => setAsking(true)}>
                {t('record.comment.delete')}
              </button>
            ))}
        </p>
      )}
    </>
  )
}

/** The text, with the people it names set apart. */
function Mentions({ comment }: { comment: Comment }) {
  const names = comment.mentions.map((m) => `@${m.name}`).sort((a, b) => b.length - a.length)
  if (names.length === 0) return comment.text
  const pattern = new RegExp(`(${names.map((n) => n.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'gu')
  return comment.text.split(pattern).map((part, index) =>
    names.includes(part) ? (
      <span key={index} className="mentioned">
        {part}
      </span>
    ) : (
      part
    ),
  )
}
