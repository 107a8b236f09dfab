import { useState } from 'react'
import { chooseDraft } from '@/api/draftedit'
import { useConfirm, usePublish, useRefuse } from '@/api/drafts'
import type { Draft } from '@/api/policytypes'
import { problemOf } from '@/api/problem'
import { useText } from '@/lib/usetext'
import { useProblemText } from '@/permission/problemtext'
import { Icon } from '@/ui/icons'
import { toast } from '@/ui/toast'

/** The words for what the server refused. */
export function useRefusal() {
  const { t } = useText()
  const say = useProblemText()
  return (error: unknown): string => {
    const problem = problemOf(error)
    const own = t('rules.refusals', { returnObjects: true }) as Record<string, string>
    return own[problem.code] ?? say(error)
  }
}

/** Where a draft comes into force: publish, or confirm and refuse by a second person. */
export function PublishPart({ draft }: { draft: Draft }) {
  const { t } = useText()
  return (
    <section id="publish" className="draft-part" aria-labelledby="publish-title">
      <h2 id="publish-title">{t(draft.state === 'waiting' ? 'rules.publish.waiting' : 'rules.publish.title')}</h2>
      {draft.refused && draft.state === 'open' && (
        <p className="note bad">
          <Icon name="warn" />
          {t('rules.publish.refused', { by: draft.refused.by.name, note: draft.refused.note })}
        </p>
      )}
      {draft.state === 'waiting' ? <Waiting draft={draft} /> : <Publish draft={draft} />}
    </section>
  )
}

function Publish({ draft }: { draft: Draft }) {
  const { t } = useText()
  const [note, setNote] = useState('')
  const publish = usePublish(draft.id)
  const refusal = useRefusal()
  const alone = draft.sensitive && draft.alone
  const blocked = draft.changes.length === 0 || draft.problems.length > 0 || draft.stale || !draft.can.includes('publish')
  return (
    <form
      className="edit-grid"
      onSubmit={(event) => {
        event.preventDefault()
        publish.mutate(
          { note: note.trim(), ...(alone ? { alone: true } : {}) },
          {
            onSuccess: (after) => {
              toast(t(after.state === 'waiting' ? 'rules.publish.asked' : 'rules.publish.done'))
              if (after.state === 'published') chooseDraft(null)
            },
          },
        )
      }}
    >
      {draft.sensitive && (
        <p className="note warn">
          <Icon name="shield" />
          {t(alone ? 'rules.publish.aloneHint' : 'rules.publish.sensitiveHint')}
        </p>
      )}
      {draft.changes.length === 0 && <p className="muted">{t('rules.publish.empty')}</p>}
      {draft.problems.length > 0 && <p className="note bad">{t('rules.publish.problems')}</p>}
      <label className="field-line tall">
        <span>{t('rules.publish.note')}</span>
        <textarea className="input" rows={2} maxLength={500} value={note} placeholder={t('rules.publish.example')} onChange={(event) => setNote(event.target.value)} />
      </label>
      {publish.error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {refusal(publish.error)}
        </p>
      )}
      <div className="part-foot">
        <button type="submit" className="btn primary" disabled={blocked || publish.isPending || note.trim() === ''}>
          {t(draft.sensitive && !alone ? 'rules.publish.ask' : 'rules.publish.go')}
        </button>
        {note.trim() === '' && !blocked && <span className="muted">{t('rules.publish.noteNeeded')}</span>}
      </div>
    </form>
  )
}

function Waiting({ draft }: { draft: Draft }) {
  const { t, format } = useText()
  const [note, setNote] = useState('')
  const confirm = useConfirm(draft.id)
  const refuse = useRefuse(draft.id)
  const refusal = useRefusal()
  const error = confirm.error ?? refuse.error
  const may = draft.can.includes('confirm')
  const busy = confirm.isPending || refuse.isPending
  return (
    <div className="edit-grid">
      {draft.asked && (
        <p className="note">
          <Icon name="info" />
          {t('rules.publish.askedBy', { by: draft.asked.by.name, at: format.moment(draft.asked.at), note: draft.asked.note })}
        </p>
      )}
      <p className="muted">{t(may ? 'rules.publish.look' : 'rules.publish.notYou')}</p>
      {draft.can.includes('refuse') && (
        <label className="field-line tall">
          <span>{t('rules.publish.refuseNote')}</span>
          <textarea className="input" rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
        </label>
      )}
      {error && (
        <p className="note bad" role="alert">
          <Icon name="warn" />
          {refusal(error)}
        </p>
      )}
      <div className="part-foot">
        {may && (
          <button type="button" className="btn primary" disabled={busy} onClick={() => confirm.mutate(undefined, { onSuccess: () => toast(t('rules.publish.done')) })}>
            {t('rules.publish.confirm')}
          </button>
        )}
        {draft.can.includes('refuse') && (
          <button
            type="button"
            className="btn danger"
            disabled={busy || note.trim() === ''}
            onClick={() => refuse.mutate(note.trim(), { onSuccess: () => toast(t('rules.publish.refusedDone')) })}
          >
            {t(may ? 'rules.publish.refuse' : 'rules.publish.takeBack')}
          </button>
        )}
      </div>
    </div>
  )
}
